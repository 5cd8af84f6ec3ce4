"""Mails that came to the inbox: which were read already, and a copy of each for some weeks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, or_, select, update

from newsroom.database.overwriting import write_over
from newsroom.database.tables import inbox_mark, incoming

KEPT = timedelta(days=30)  # how long a copy stays, for somebody who doubts a verdict


@dataclass(frozen=True, slots=True)
class InboxMark:
    """How far a mailbox was read; its numbers mean something while `validity` is the same."""

    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail that came back."""

    digest: str  # SHA-256
    kind: str
    raw: bytes | None
    known_by: str | None = None
    email: str | None = None


def known_kind(connection: Connection, digest: str) -> tuple[str, str | None] | None:
    """What a mail that is on record was, and how it was known; None for a new one."""
    row = connection.execute(
        select(incoming.c.kind, incoming.c.known_by).where(incoming.c.digest == digest)
    ).first()
    return (row.kind, row.known_by) if row else None


def keep(connection: Connection, mail: Incoming, now: datetime) -> None:
    """Put a mail on record with a copy of it."""
    connection.execute(
        insert(incoming).values(
            digest=mail.digest,
            at=now,
            kind=mail.kind,
            known_by=mail.known_by,
            email=mail.email,
            raw=mail.raw,
        )
    )


def drop_copies(connection: Connection, now: datetime) -> int:
    """Throw away the copies that have been kept long enough, and whom they named; how many."""
    old = incoming.c.at < now - KEPT
    holds = or_(incoming.c.raw.is_not(None), incoming.c.email.is_not(None))
    return connection.execute(
        update(incoming).where(old, holds).values(raw=None, email=None)
    ).rowcount


def read_mark(connection: Connection, mailbox: str) -> InboxMark | None:
    """How far a mailbox was read, None when it never was."""
    row = connection.execute(select(inbox_mark).where(inbox_mark.c.mailbox == mailbox)).first()
    return InboxMark(row.validity, row.uid) if row else None


def write_mark(connection: Connection, mailbox: str, mark: InboxMark) -> None:
    """Remember how far a mailbox was read."""
    row = {"mailbox": mailbox, "validity": mark.validity, "uid": mark.uid}
    write_over(connection, inbox_mark, [row])
