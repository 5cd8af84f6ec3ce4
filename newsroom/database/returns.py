"""Bounces and complaints on record, and which of them shut a reader's address out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, distinct, func, insert, select, update

from newsroom.database.tables import bounce, delivery
from newsroom.model.delivery import BounceSeverity

_SOFT_ISSUES = 3  # twice a year each: a mailbox that nobody has emptied for long


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A copy that came back: as a mail, in a server's reply, or by a provider's word."""

    digest: str  # SHA-256, of what told us: each counts once
    kind: str  # bounce or complaint
    issue: str
    email: str
    severity: BounceSeverity
    cause: str | None = None  # newsroom.bounces.cause
    status: str | None = None
    diagnostic: str | None = None


def put_on_record(
    connection: Connection, came: ReturnedRow, now: datetime, undone: datetime | None = None
) -> None:
    """Write down what came back; it is held against nobody yet, and not at all when `undone`."""
    connection.execute(
        insert(bounce).values(
            digest=came.digest,
            kind=came.kind,
            issue=came.issue,
            email=came.email,
            severity=came.severity,
            cause=came.cause,
            status=came.status,
            diagnostic=came.diagnostic,
            suppressed=False,
            at=now,
            undone=undone,
        )
    )


def taken_back(connection: Connection, came: ReturnedRow) -> datetime | None:
    """When it was said that this very copy's bounce was not to count; None when it never was.

    One copy may be told of by a reply, a provider and a mail: what somebody knew better once holds
    for all of them, until the copy is handed over again.
    """
    undone: datetime | None = connection.scalar(
        select(func.max(bounce.c.undone))
        .join(
            delivery,
            and_(delivery.c.issue == bounce.c.issue, delivery.c.email == bounce.c.email),
        )
        .where(
            bounce.c.issue == came.issue,
            bounce.c.email == came.email,
            bounce.c.kind == came.kind,
            bounce.c.undone >= delivery.c.updated,
        )
    )
    return undone


def hold_against(connection: Connection, digest: str) -> None:
    """Note that a reader gets no more mail for what came back."""
    connection.execute(update(bounce).where(bounce.c.digest == digest).values(suppressed=True))


def is_worn_out(connection: Connection, email: str) -> bool:
    """Whether something that passes has kept three issues from an address; what was undone apart.

    Counted by issue: at two a year a score that fades with the weeks would never say anything.
    """
    issues = connection.scalar(
        select(func.count(distinct(bounce.c.issue))).where(
            bounce.c.email == email,
            bounce.c.severity == BounceSeverity.SOFT,
            bounce.c.undone.is_(None),
        )
    )
    return (issues or 0) >= _SOFT_ISSUES
