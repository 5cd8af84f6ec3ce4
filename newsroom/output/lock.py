"""One build at a time: the second waits, and says who holds the first."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from newsroom.errors import StateError
from newsroom.model.saying import say


@contextmanager
def only_build(lock: Path, wait: float) -> Iterator[None]:
    """Hold the lock file while building; it is free again when the process ends, however it ends.

    Raises StateError, naming the process, when another build still holds it after `wait` seconds.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    holder = lock.with_suffix(".holder")
    try:
        with FileLock(lock, timeout=wait):
            holder.write_text(f"process {os.getpid()}\n", encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as fault:
        raise StateError(
            say(
                "{lock}: another build is running ({named}); wait for it, or end it",
                lock=lock,
                named=_named(holder),
            )
        ) from fault


def _named(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8").strip()
    except OSError:
        return "it has not said who it is"
