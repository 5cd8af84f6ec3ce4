"""A lock on a file, which one process has at a time: it goes when that goes, however it goes."""

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
