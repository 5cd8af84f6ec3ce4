"""A process as it is measured: wall time, memory, and the files it wrote."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from benchmarks.memory import watched

SAID = "said.txt"  # what a process printed, in the folder it ran in
# A file that was written anew differs in one of: mtime, ctime, inode, size.
State = tuple[int, int, int, int]


class ToolFailedError(Exception):
    """A tool stopped with an error, took too long, or made something else than the site."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a process cost."""

    seconds: float
    memory: int  # bytes, all its processes together, at the highest moment
    written: int  # files below the output, new or written again


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a process runs, and how long it may."""

    folder: Path
    environment: Mapping[str, str]
    patience: float  # seconds


def run(command: Sequence[str], where: Surroundings, out: Path) -> Cost:
    """Run it to its end. Raises ToolFailedError with its last words when it does not succeed."""
    before = states(out)
    started = time.perf_counter()
    process = _start(command, where)
    impatience = Timer(where.patience, _end, [process])
    impatience.start()
    with watched(process.pid) as memory:
        process.wait()  # blocks until the very end; with a time limit it would look now and then
        seconds = time.perf_counter() - started
    impatience.cancel()
    if process.returncode != 0:
        raise ToolFailedError(f"exit status {process.returncode} after {last_words(where)}")
    after = states(out)
    written = sum(before.get(path) != state for path, state in after.items())
    return Cost(seconds, memory.highest, written)


@contextmanager
def running(command: Sequence[str], where: Surroundings) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is left running, and ended with all it started."""
    process = _start(command, where)
    try:
        yield process
    finally:
        _end(process)
        process.wait()


def last_words(where: Surroundings) -> str:
    """The end of what the last process in this place printed."""
    return (where.folder / SAID).read_text(encoding="utf-8", errors="replace")[-600:].strip()


def states(folder: Path) -> dict[str, State]:
    """Each file below a folder, with what tells that it was written."""
    found: dict[str, State] = {}
    for entry in _files(folder):
        stat = entry.stat(follow_symlinks=False)
        found[entry.path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_size)
    return found


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    waiting = [str(folder)] if folder.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry


def _start(command: Sequence[str], where: Surroundings) -> "subprocess.Popen[bytes]":
    """Start it in a group of its own, so that all it starts can be ended with it."""
    with (where.folder / SAID).open("wb") as said:
        return subprocess.Popen(
            command,
            cwd=where.folder,
            env=where.environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
