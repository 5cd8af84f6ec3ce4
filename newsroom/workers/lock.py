"""A file lock (flock) for one process at a time; it is gone when that process is."""

import fcntl
from typing import IO, Any


def lock(file: IO[Any]) -> bool:
    """Whether the lock is ours now; it lasts as long as the file is open."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(file: IO[Any]) -> None:
    """Have the lock, once whoever has it is done; it lasts as long as the file is open."""
    fcntl.flock(file, fcntl.LOCK_EX)
