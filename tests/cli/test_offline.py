"""What needs no network opens no way to it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.newsrooms import NOW, put, write_newsroom
from tests.processes import environment

# The interpreter tells of each socket and each name that is looked up; telling becomes refusing.
GUARD = """
import runpy, socket, sys

def guard(event, arguments):
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        raise SystemExit(f"asked for the address of {arguments[0]}")
    if event == "socket.__new__" and arguments[1] in {socket.AF_INET, socket.AF_INET6}:
        raise SystemExit("opened a socket to the network")

sys.addaudithook(guard)
if sys.argv[1] == "itself":
    socket.socket()
runpy.run_module("newsroom", run_name="__main__")
"""


def guarded(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`newsroom …` in a process that ends when it turns to the network."""
    return subprocess.run(
        [sys.executable, "-c", GUARD, *arguments],
        cwd=root,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--now", NOW),
        ("check",),
        ("explain", "posts/news/2026-11-10-host.md"),
        ("new", "news", "Vi har öppnat"),
        ("issue", "export", "2026-var", "--out", "brev"),
    ],
    ids=" ".join,
)
def test_writing_and_building_need_no_network(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Whatever links and pictures the texts name, no host is looked up and no socket opened."""
    root = write_newsroom(tmp_path)
    put(
        root,
        "posts/news/2026-11-11-lankar.md",
        "---\nid: urn:x:lankar\ntitle: Länkar\ndate: 2026-11-11\n---\n\n"
        "[Dit](https://e.test/dit) ![Två bord](https://e.test/bord.jpg) //e.test/x\n",
    )

    done = guarded(root, *arguments)

    assert (done.returncode, done.stdout != "") == (0, True), done.stderr


def test_the_guard_is_awake(tmp_path: Path) -> None:
    """A socket that is opened all the same ends the process, with a word."""
    done = guarded(tmp_path, "itself")

    assert (done.returncode, done.stderr) == (1, "opened a socket to the network\n")
