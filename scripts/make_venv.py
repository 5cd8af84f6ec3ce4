"""Make a virtual environment, also where the system's Python comes without `venv`.

    python3 scripts/make_venv.py .venv

Debian keeps venv in a package of its own; as root it is installed, else the command is named.
"""

import os
import subprocess
import sys
from pathlib import Path

PACKAGES = ["python3-venv"]


def main(folder: Path) -> int:
    """Make the environment in `folder`; 1 with a message when that cannot be done."""
    if sys.version_info < (3, 11):
        print(f"Python {sys.version.split()[0]} is too old; install 3.11 or newer", file=sys.stderr)
        return 1
    if make(folder):
        return 0
    if os.geteuid() != 0:
        print(
            f"Python has no venv; run: sudo apt-get install {' '.join(PACKAGES)}", file=sys.stderr
        )
        return 1
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", *PACKAGES], check=True)
    return 0 if make(folder) else 1


def make(folder: Path) -> bool:
    """Whether the environment could be made with this Python."""
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
