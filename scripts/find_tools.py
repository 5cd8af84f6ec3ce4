"""Make sure that the tests have their programs: a browser, web servers, and a mail server.

    python scripts/find_tools.py

Those of the system are used. What is missing is installed when we are root on Debian; else
Playwright fetches a browser of its own, and the packages that are still missing are named.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = {  # with the programs of which any will do
    "chromium": ("chromium", "chromium-browser"),
    "nginx": ("nginx",),
    "apache2-bin": ("apache2",),
    "caddy": ("caddy",),
    "postfix": ("postfix",),  # a real relay for the tests, and the sinks of the benchmark
}
_POLICY = Path("/usr/sbin/policy-rc.d")  # asked by Debian before it starts what it has installed


def main() -> int:
    """0 when all stand ready, 1 with a message when one could not be had."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        with nothing_started():
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
            asks_nothing = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run([*install, *missing()], check=False, env=asks_nothing)
    if "chromium" in missing():
        fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(fetch, check=False).returncode == 0:
            return _verdict([package for package in missing() if package != "chromium"])
    return _verdict(missing())


def missing() -> list[str]:
    """The packages whose programs are not on this machine."""
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"  # not everybody's path has it
    return [
        package
        for package, programs in PACKAGES.items()
        if not any(shutil.which(program, path=path) for program in programs)
    ]


@contextmanager
def nothing_started() -> Iterator[None]:
    """Keep Debian from starting the servers that it installs: the tests start their own."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()


def _verdict(absent: list[str]) -> int:
    if not absent:
        return 0
    print(f"the tests need more: sudo apt-get install {' '.join(absent)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
