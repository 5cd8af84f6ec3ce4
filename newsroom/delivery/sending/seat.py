"""A name for each sending process that no other living process has.

The lock goes when the process goes, however it goes. So whoever sits down on a seat knows that
what was claimed from it before belongs to nobody: no need to wait for a lease to end.
"""

import secrets
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
    """The first free seat, as `4f1d6c02-0`, kept until the end of the context or the process.

    The word was drawn when the seat was made, since a host name says too little: machines may share
    one, and a container that is made anew gets another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(_SEATS):
        with (folder / f"sender-{number}.lock").open("a+") as file:
            if lock(file):
                yield f"{_own_word(file)}-{number}"
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
