"""A seat: the name a sending process has, which no other living process on the machine has.

The lock goes when the process goes, however it goes. So whoever sits down on a seat knows that
what was claimed from it before belongs to nobody: no need to wait for a lease to end.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from newsroom.errors import StateError

_SEATS = 64  # sending processes on one machine


@contextmanager
def take_seat(folder: Path) -> Iterator[str]:
    """The first free seat, as `host-0`, kept until the end of the context or of the process."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(_SEATS):
        with (folder / f"sender-{number}.lock").open("a+") as file:
            if _lock(file):
                yield f"{socket.gethostname()[:80]}-{number}"
                return
    raise StateError(f"{folder}: {_SEATS} processes are sending already")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        """Whether the lock is ours; it lasts as long as the file is open."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        """Whether the lock is ours; it lasts as long as the file is open."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
