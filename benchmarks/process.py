"""A process as it is measured: wall time, memory, and the files it wrote."""

import os
import resource
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from benchmarks.files import states, written
from benchmarks.memory import watched

SAID = "said.txt"  # what a process printed, in the folder it ran in


class ToolFailedError(Exception):
    """A tool stopped with an error, took too long, or made something else than the site."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a process cost."""

    seconds: float  # wall time
    cpu: float  # seconds of all its processes; steadier where others use the machine too
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
    used, started = _cpu(), time.perf_counter()
    with running(command, where) as process, watched(process.pid) as memory:
        with ended_after(where.patience, process):
            process.wait()  # until the very end; with a time limit it would look now and then
        seconds, cpu = time.perf_counter() - started, _cpu() - used
    if process.returncode != 0:
        raise ToolFailedError(f"exit status {process.returncode} after {last_words(where)}")
    return Cost(seconds, cpu, memory.highest, written(before, states(out)))


@contextmanager
def running(command: Sequence[str], where: Surroundings) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that is left running, and ended with all it started."""
    process = _start(command, where)
    try:
        yield process
    finally:
        _end(process)
        process.wait()


@contextmanager
def ended_after(patience: float, process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """End a process that is still running after so many seconds."""
    impatience = Timer(patience, _end, [process])
    impatience.start()
    try:
        yield
    finally:
        impatience.cancel()


def last_words(where: Surroundings) -> str:
    """The end of what the last process in this place printed."""
    return (where.folder / SAID).read_text(encoding="utf-8", errors="replace")[-600:].strip()


def _cpu() -> float:
    """Seconds of processor time of every process that this one has seen the end of."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
