"""Stops sending from a database older than the mails that left (restored from a backup).

The time of an issue's last claim is known twice: in the ledger, and in a mark outside it (`marks`).
A ledger that is behind its mark was brought back from a backup, and readers it takes for waiting
may have the issue already.

A database that `restore` brought back says so itself (`database.restorations`), to every machine
that works with it, and nothing of it leaves before a person has said that it may.

`claimed_at` of a copy is therefore written by the claim, and by nobody who settles it afterwards;
but for who says that an older database is to be gone on with.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from newsroom.database.restorations import Restoration, unconfirmed
from newsroom.database.tables import batch, delivery, issue
from newsroom.delivery.ledger.chronicle import Step, note_step
from newsroom.delivery.ledger.noted import matter_of
from newsroom.delivery.sending.course import pause, resume
from newsroom.delivery.sending.marks import UNREADABLE, SendingMarks
from newsroom.errors import StateError
from newsroom.model.delivery import WAITING, DeliveryState
from newsroom.model.issue_state import ON_ITS_WAY, IssueState
from newsroom.model.matter import Matter
from newsroom.model.saying import Saying, say

BEHIND = say(
    "the database is older than the mails that left, so who has this issue is not known; "
    "go on with: newsroom restore --confirm"
)

_PASSED_OVER = 1_000  # attempts of a batch: more than any issue takes


def stop_if_behind(connection: Connection, name: str, last: datetime | None, now: datetime) -> bool:
    """Pause an issue whose ledger is behind its mark; whether it is.

    `last` is the mark, and must have been read before the transaction began: a claim is committed
    first and marked then.
    """
    if last is not None and _is_behind(connection, name, last):
        pause(connection, name, _reason(name, last), now, Matter.BEHIND)
        return True
    if unconfirmed(connection) is not None:
        pause(connection, name, BEHIND, now, Matter.BEHIND)
        return True
    return False


def stop_restored(connection: Connection, now: datetime) -> None:
    """Stop what was on its way in a database that was just brought back, and free its batches.

    The numbers of batches move on: an engine that still knows the lost database's batches may not
    take one of these for its own.
    """
    names = connection.scalars(select(issue.c.name).where(issue.c.state.in_(ON_ITS_WAY))).all()
    for name in names:
        pause(connection, name, BEHIND, now, Matter.BEHIND)
    connection.execute(
        update(batch).values(attempt=batch.c.attempt + _PASSED_OVER, lease_until=None, worker=None)
    )


def require_known(connection: Connection, name: str) -> None:
    """Pass when what is known of an issue can be gone by.

    Raises StateError while nobody has said that an older database is the one to go on with: there
    is one way out of that, and it is the same whatever was tried.
    """
    if unconfirmed(connection) is not None:
        raise StateError(say("{name}: {why}", name=name, why=BEHIND))
    row = connection.execute(select(issue).where(issue.c.name == name)).one_or_none()
    if row is not None and _stands_still(row):
        raise StateError(say("{name}: {why}", name=name, why=row.note))


def _stands_still(row: Row[Any]) -> bool:
    """Whether an issue is paused since the database is older than its mails."""
    return row.state == IssueState.PAUSED and matter_of(row) is Matter.BEHIND


def issues_in_doubt(connection: Connection) -> tuple[str, ...]:
    """The issues that have readers who wait, or stand still: a restoring may be the reason."""
    waiting = select(delivery.c.issue).where(delivery.c.state.in_(WAITING)).distinct()
    stopped = select(issue.c.name).where(issue.c.state == IssueState.PAUSED)
    return tuple(sorted({*connection.scalars(waiting), *connection.scalars(stopped)}))


def confirm(
    connection: Connection,
    name: str,
    marks: SendingMarks,
    now: datetime,
    restored: Restoration | None = None,
) -> int | None:
    """Call unknown what may have left since the backup, and go on; how many copies that are.

    None when the ledger is not behind, or does not have the issue's readers yet: when it is frozen
    it stops again. `restored` says that the whole database was brought back.
    """
    last = marks.last(name)
    frozen = connection.scalar(select(issue.c.frozen_at).where(issue.c.name == name))
    if frozen is None:
        return None
    is_behind = last is not None and _is_behind(connection, name, last)
    if not is_behind and (restored is None or _is_vouched_for(connection, name, last, restored)):
        _go_on(connection, name, now)
        return None
    at = now if last in {None, UNREADABLE} else max(last, now)
    number = _call_unknown(connection, name, at)
    note_step(connection, name, Step.RESTORED, now, say("{number} unknown", number=number))
    if number:
        with marks.opened(name) as mark:
            mark.set(at)
    else:  # nobody waits any more whom the mark could keep from a second mail
        marks.forget(name)
    _go_on(connection, name, now)
    return number


def _call_unknown(connection: Connection, name: str, at: datetime) -> int:
    """Call every copy unknown that waits, as of a moment; how many those are."""
    doubtful = connection.execute(
        update(delivery)
        .where(delivery.c.issue == name, delivery.c.state.in_(WAITING))
        .values(
            state=DeliveryState.UNKNOWN,
            reason=say("may have left after the backup was taken"),
            token=None,
            next_at=None,
            claimed_at=at,
        )
    )
    return doubtful.rowcount


def _go_on(connection: Connection, name: str, now: datetime) -> None:
    """Resume an issue that was stopped here, and for no other reason."""
    row = connection.execute(select(issue).where(issue.c.name == name)).one()
    if _stands_still(row):
        resume(connection, name, now)


def _is_vouched_for(
    connection: Connection, name: str, last: datetime | None, restored: Restoration
) -> bool:
    """Whether nothing of an issue can have left after the backup.

    The mark of the only machine that sent says so, or nobody waits, or it was frozen afterwards.
    """
    frozen, newest = connection.execute(
        select(issue.c.frozen_at, func.max(delivery.c.claimed_at))
        .join(delivery, delivery.c.issue == issue.c.name)
        .where(issue.c.name == name)
        .group_by(issue.c.name, issue.c.frozen_at)
    ).one()
    waits = select(delivery.c.issue).where(delivery.c.issue == name, delivery.c.state.in_(WAITING))
    if frozen > restored.restored or connection.execute(waits.limit(1)).first() is None:
        return True
    return restored.alone and last is not None and last == newest


def _reason(name: str, last: datetime) -> Saying:
    if last != UNREADABLE:
        return BEHIND
    return say(
        "var/marks/{issue} cannot be read, so who has this issue is not known; "
        "go on with: newsroom restore --confirm",
        issue=name,
    )


def _is_behind(connection: Connection, name: str, last: datetime) -> bool:
    """Whether a mail left that the ledger knows nothing of, or left before it froze the issue.

    One that it knows by its very time is proof: a clock may have been set back since the freeze.
    """
    its_own = delivery.c.issue == name
    known = select(delivery.c.issue).where(its_own, delivery.c.claimed_at == last)
    if connection.execute(known.limit(1)).first() is not None:
        return False
    frozen = connection.scalar(select(issue.c.frozen_at).where(issue.c.name == name))
    newest = connection.scalar(
        select(func.max(delivery.c.claimed_at)).where(delivery.c.issue == name)
    )
    return newest is None or newest < last or (frozen is not None and last < frozen)
