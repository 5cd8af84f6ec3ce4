"""One build at a time: the second waits, and says who holds the first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.workers.lock import lock
from newsroom.workers.this_process import this_process

_PAUSE = 0.05  # seconds between two looks whether the lock is free


@contextmanager
def only_build(place: Path, wait: float) -> Iterator[None]:
    """Hold the lock file while building; it is free again when the process ends, however it ends.

    Raises StateError, naming the process, when another build still holds it after `wait` seconds.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    holder = place.with_suffix(".holder")
    with place.open("a") as file:
        if not _is_ours(file, wait):
            raise StateError(
                say(
                    "{lock}: another build is running ({named}); wait for it, or end it",
                    lock=place,
                    named=_named(holder),
                )
            )
        holder.write_text(f"process {this_process().number}\n", encoding="utf-8")
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)


def _is_ours(file: IO[str], wait: float) -> bool:
    """Whether the lock could be had within `wait` seconds."""
    ends = monotonic() + wait
    while not lock(file):
        if monotonic() >= ends:
            return False
        sleep(_PAUSE)
    return True


def _named(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8").strip()
    except OSError:
        return "it has not said who it is"
