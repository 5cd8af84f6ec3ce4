"""Whether the database was restored from a backup, and a person has confirmed it since.

It stands in the database, so that every machine that works with it knows.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select, update

from newsroom.database.tables import restoration


@dataclass(frozen=True, slots=True)
class Restoration:
    """One bringing back."""

    token: str  # of the restoring, which may have to be finished by another process
    taken: datetime  # when the backup was
    restored: datetime
    alone: bool  # only the machine that it was taken on can have sent anything


def note_restoration(connection: Connection, done: Restoration) -> None:
    """Write down that the database was brought back; from now on nothing is sent."""
    row = {
        "token": done.token,
        "taken": done.taken,
        "restored": done.restored,
        "alone": done.alone,
    }
    connection.execute(insert(restoration).values(row))


def unconfirmed(connection: Connection) -> Restoration | None:
    """The latest bringing back that nobody has confirmed; None when all is well."""
    waits = select(restoration).where(restoration.c.confirmed.is_(None))
    row = connection.execute(waits.order_by(restoration.c.restored.desc()).limit(1)).first()
    return None if row is None else Restoration(row.token, row.taken, row.restored, row.alone)


def keeps_restorations(connection: Connection) -> bool:
    """Whether the database has come to the version that knows of restorations."""
    return inspect(connection).has_table(restoration.name)


def is_from(connection: Connection, token: str) -> bool:
    """Whether the database is what the restoring of this token made of it."""
    known = select(restoration.c.token).where(restoration.c.token == token)
    return connection.scalar(known) is not None


def confirm_restorations(connection: Connection, now: datetime) -> None:
    """A person has said that this is the database to go on with."""
    connection.execute(
        update(restoration).where(restoration.c.confirmed.is_(None)).values(confirmed=now)
    )
