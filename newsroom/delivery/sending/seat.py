"""A seat: the name a sending process has, which no other living process has.

The lock goes when the process goes, however it goes. So whoever sits down on a seat knows that
what was claimed from it before belongs to nobody: no need to wait for a lease to end.
"""

import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.workers.lock import lock

_SEATS = 64  # sending processes on one machine


@contextmanager
def take_seat(folder: Path) -> Iterator[str]:
    """The first free seat, as `host-4f1d6c02-0`, kept until the end of the context or the process.

    The word in the middle was drawn when the seat was made: machines may share a host name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(_SEATS):
        with (folder / f"sender-{number}.lock").open("a+") as file:
            if lock(file):
                yield f"{socket.gethostname()[:80]}-{_own_word(file)}-{number}"
                return
    raise StateError(
        say("{folder}: {seats} processes are sending already", folder=folder, seats=_SEATS)
    )


def _own_word(file: IO[str]) -> str:
    """What is written on a seat; its holder alone may write."""
    file.seek(0)
    word = file.read()
    if not word:
        word = secrets.token_hex(4)
        file.write(word)
        file.flush()
    return word
