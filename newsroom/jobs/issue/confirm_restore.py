"""After the database was brought back from a backup: what may have left since is unknown."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.delivery.sending.guard import confirm
from newsroom.delivery.sending.marks import Marks


class Doubted(NamedTuple):
    """An issue of which copies may have left that the database did not know of."""

    issue: str
    copies: int


def confirm_restore(database: Engine, marks: Marks, now: datetime) -> tuple[Doubted, ...]:
    """Go on with an older database; what may have left after it was saved becomes unknown.

    Nobody is written to twice by it: a person settles the unknown copies. Doing it again, or when
    the database is not an older one, changes nothing.
    """
    doubted = []
    for name in marks.issues():
        with transaction(database) as connection:
            copies = confirm(connection, name, marks, now)
        if copies is not None:
            doubted.append(Doubted(name, copies))
    return tuple(doubted)
