"""After the database was brought back from a backup: what may have left since is unknown."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.restorations import confirm_restorations, unconfirmed
from newsroom.delivery.sending.guard import confirm, issues_in_doubt
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
    with transaction(database) as connection:
        restored = unconfirmed(connection)
        names = set(marks.issues()) | set(issues_in_doubt(connection) if restored else ())
        found = [(name, confirm(connection, name, marks, now, restored)) for name in sorted(names)]
        confirm_restorations(connection, now)
    return tuple(Doubted(name, copies) for name, copies in found if copies is not None)
