"""Handing out batches: which may be worked on now, and who has which in hand.

A batch's attempt number is its fencing token: it grows each time the batch is handed out, and a
worker that holds an older one stops at its next look. What keeps a reader from getting two mails
is not this, but the claim in `ledger`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select, update

from newsroom.database.lease import Lease
from newsroom.database.tables import batch, delivery, issue, rate
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.ledger.statements import due_of_batch
from newsroom.delivery.pace.lanes import GLOBAL, keys_of
from newsroom.model.issue_state import IssueState

BATCH_LEASE = Lease(timedelta(minutes=2))  # renewed while somebody works


@dataclass(frozen=True, slots=True)
class Hold:
    """A batch in somebody's hands."""

    issue: str
    number: int
    attempt: int
    worker: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asks for batches, and on what terms."""

    worker: str
    at_once: int  # batches that one worker has in hand together
    only_canaries: bool = False  # the rest of the issue may not follow yet


def hand_out(connection: Connection, name: str, turn: Turn, now: datetime) -> tuple[Hold, ...]:
    """The batches to enqueue now. Each is given to one caller only.

    The canary batch goes first.
    """
    room = turn.at_once - in_hand(connection, turn.worker, now)
    if room <= 0:
        return ()
    ready = select(batch.c.number, batch.c.attempt).where(
        batch.c.issue == name, _is_free(now), _has_work(name, now), _is_open(now)
    )
    if turn.only_canaries:
        ready = ready.where(batch.c.number == CANARY)
    rows = connection.execute(ready.order_by(batch.c.number).limit(room)).all()
    holds = [Hold(name, row.number, row.attempt + 1, turn.worker) for row in rows]
    return tuple(hold for hold in holds if _take(connection, hold, now))


def renew(connection: Connection, hold: Hold, now: datetime) -> bool:
    """Keep a batch for one more lease; false when it was handed to somebody else since."""
    renewed = connection.execute(
        update(batch)
        .where(_same(hold))
        .values(lease_until=BATCH_LEASE.until(now), worker=hold.worker)
    )
    return renewed.rowcount == 1


def put_back(connection: Connection, hold: Hold) -> None:
    """Lay a batch down."""
    connection.execute(update(batch).where(_same(hold)).values(lease_until=None, worker=None))


def free_batches(connection: Connection, worker: str) -> None:
    """Take from a dead worker what it had in hand; call it before the new one begins."""
    connection.execute(
        update(batch).where(batch.c.worker == worker).values(lease_until=None, worker=None)
    )


def _same(hold: Hold) -> ColumnElement[bool]:
    return and_(
        batch.c.issue == hold.issue,
        batch.c.number == hold.number,
        batch.c.attempt == hold.attempt,
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    return BATCH_LEASE.is_free(batch.c.lease_until, now)


def in_hand(connection: Connection, worker: str, now: datetime) -> int:
    """How many batches a worker has."""
    return connection.execute(
        select(func.count()).where(batch.c.worker == worker, ~_is_free(now))
    ).scalar_one()


def is_any_in_hand(connection: Connection, now: datetime) -> bool:
    """Whether any worker has a batch of any issue."""
    held = select(batch.c.issue).where(~_is_free(now))
    return connection.execute(held.limit(1)).first() is not None


def has_batch_to_give(
    connection: Connection, name: str, now: datetime, *, only_canaries: bool = False
) -> bool:
    """Whether a batch of an issue, or that of its canaries, has work that nobody has in hand."""
    free = select(batch.c.number).where(
        batch.c.issue == name, _is_free(now), _has_work(name, now), _is_open(now)
    )
    if only_canaries:
        free = free.where(batch.c.number == CANARY)
    return connection.execute(free.limit(1)).first() is not None


def _has_work(name: str, now: datetime) -> ColumnElement[bool]:
    """Somebody in the batch waits whose turn may be now: due, and the lane not paused."""
    resting = exists().where(rate.c.key == keys_of(delivery.c.lane), rate.c.paused_until > now)
    return exists().where(due_of_batch(name, batch.c.number, now), ~resting)


def _is_open(now: datetime) -> ColumnElement[bool]:
    """The issue is being sent, its first mail may have left, and the relay is not resting."""
    sending = exists().where(
        issue.c.name == batch.c.issue,
        issue.c.state == IssueState.SENDING,
        issue.c.released.is_not(None),
    )
    return and_(sending, ~exists().where(rate.c.key == GLOBAL, rate.c.paused_until > now))


def _take(connection: Connection, hold: Hold, now: datetime) -> bool:
    taken = connection.execute(
        update(batch)
        .where(
            batch.c.issue == hold.issue,
            batch.c.number == hold.number,
            batch.c.attempt == hold.attempt - 1,
            _is_free(now),
        )
        .values(attempt=hold.attempt, lease_until=BATCH_LEASE.until(now), worker=hold.worker)
    )
    return taken.rowcount == 1
