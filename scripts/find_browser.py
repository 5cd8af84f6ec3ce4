"""Make sure that the browser tests have a Chromium.

    python scripts/find_browser.py

The system's is used. Without one: as root on Debian it is installed, else Playwright fetches its
own, and where that fails too the missing package is named.
"""

import os
import shutil
import subprocess
import sys


def main() -> int:
    """0 when a browser stands ready, 1 with a message when none could be had."""
    if shutil.which("chromium") or shutil.which("chromium-browser"):
        return 0
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        return subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"], check=False
        ).returncode
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(fetch, check=False).returncode == 0:
        return 0
    print("no Chromium; install one: sudo apt-get install chromium", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
