"""Where all the mail goes: Postfix's own test server, and the same one far away."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.ports import free_port

HOST: Final = "127.0.0.1"
_PLACES: Final = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
_PATIENCE: Final = 10.0  # seconds for a server to be there


class NoSinkError(Exception):
    """Postfix's smtp-sink or smtp-source is not installed."""


def postfix_tool(name: str) -> str:
    """Where one of Postfix's test programs is. Raises NoSinkError when it is nowhere."""
    found = shutil.which(name, path=_PLACES)
    if found is None:
        raise NoSinkError(f"{name}: not found; apt-get install --no-install-recommends postfix")
    return found


@contextmanager
def sink() -> Iterator[int]:
    """The port of a server that takes every message and keeps none."""
    port = free_port()
    as_somebody = ["-u", "nobody"] if os.geteuid() == 0 else []  # it refuses to run as root
    command = [postfix_tool("smtp-sink"), *as_somebody, f"{HOST}:{port}", "1000"]
    with _serving(command, port):
        yield port


@contextmanager
def far_away(port: int, milliseconds: float) -> Iterator[int]:
    """The port of the same server at a distance: every byte there and back takes half the time."""
    near = free_port()
    script = str(Path(__file__).with_name("distance.py"))
    with _serving([sys.executable, script, str(near), str(port), str(milliseconds)], near):
        yield near


def round_trip(port: int) -> float:
    """Seconds from a command to its reply, the middle of several: what the distance really is."""
    with socket.create_connection((HOST, port)) as line, line.makefile("rb") as replies:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        replies.readline()
        taken = []
        for _ in range(15):
            asked = time.perf_counter()
            line.sendall(b"NOOP\r\n")
            replies.readline()
            taken.append(time.perf_counter() - asked)
    return sorted(taken)[len(taken) // 2]


@contextmanager
def _serving(command: Sequence[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
