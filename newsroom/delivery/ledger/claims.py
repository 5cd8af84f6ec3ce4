"""The ledger's two statements: claim a copy before it is handed over, record how it went after.

Everything that must be true at that moment is asked in the claim's own UPDATE: the copy waits, the
issue is being sent, the reader is active, the address is not suppressed, the lane is open. Whoever
changes exactly one row owns that copy until the outcome is recorded under the claim's token. A
claim is committed before the first byte of the message leaves; a crash after that leaves a row
that says so.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, select, update

from newsroom.database.lease import Lease
from newsroom.database.tables import delivery, issue, subscriber, suppression
from newsroom.delivery.ledger.statements import (
    RECORD,
    claim_of_one,
    claim_values,
    due_of_batch,
    record_values,
)
from newsroom.model import SubscriberState
from newsroom.model.delivery import DeliveryState, Outcome, Recipient
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import say

Hashes = Callable[[str], Sequence[str]]  # what an address may be called in `suppression`

LEASE = Lease(timedelta(minutes=10))  # longer than a live transport can take over one message


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to hand over one copy and to write its outcome, once."""

    recipient: Recipient
    token: str
    at: datetime  # when it was claimed, as the ledger has it


def claim(
    connection: Connection, recipient: Recipient, hashes: Hashes, worker: str, now: datetime
) -> Claim | None:
    """The right to hand over a copy, or None when somebody or something forbids it."""
    token, known = secrets.token_hex(16), hashes(recipient.email)
    taken = connection.execute(
        claim_of_one(len(known)), claim_values(recipient, token, known, worker, now)
    )
    return Claim(recipient, token, now) if taken.rowcount == 1 else None


def exclude(
    connection: Connection, recipient: Recipient, hashes: Hashes, now: datetime
) -> str | None:
    """Take a reader out who left or was suppressed since the freeze: why, or None if neither."""
    reason = _why_not(connection, recipient, hashes)
    if reason is None:
        return None
    taken = connection.execute(
        update(delivery)
        .where(_row(recipient), _waits())
        .values(state=DeliveryState.EXCLUDED, reason=reason, next_at=None, updated=now)
    )
    return reason if taken.rowcount == 1 else None


def record(
    connection: Connection,
    held: Claim,
    outcome: Outcome,
    now: datetime,
    next_at: datetime | None = None,
) -> bool:
    """Write how a claimed copy went; false when the claim is no longer this caller's.

    A writer that comes late, after its claim was given up as `unknown`, still knows the truth and
    may say so.
    """
    written = connection.execute(
        RECORD, record_values(held.recipient, held.token, outcome, now, next_at)
    )
    if outcome.state is DeliveryState.DEFERRED:
        _call_off(connection, held.recipient)
    return written.rowcount == 1


def give_back(connection: Connection, held: Claim, now: datetime) -> bool:
    """Undo a claim whose message never left, as if it had not been made."""
    written = connection.execute(
        update(delivery)
        .where(
            _row(held.recipient),
            delivery.c.token == held.token,
            delivery.c.state == DeliveryState.CLAIMED,
        )
        .values(state=DeliveryState.PENDING, attempts=delivery.c.attempts - 1, updated=now)
    )
    _call_off(connection, held.recipient)
    return written.rowcount == 1


def waiting(connection: Connection, name: str, number: int, now: datetime) -> tuple[Recipient, ...]:
    """The copies of a batch that may be tried now, in order. Nothing is claimed by looking."""
    columns = [delivery.c[field.name] for field in fields(Recipient)]
    rows = connection.execute(
        select(*columns)
        .where(due_of_batch(name, number, now))
        .order_by(delivery.c.place, delivery.c.subscriber_id)
    )
    return tuple(Recipient(*row) for row in rows)


def give_up_claims(connection: Connection, worker: str) -> int:
    """Mark as unknown what a worker held when it died; call it before that worker's first claim.

    Whoever holds the worker's seat (see `seat`) knows that the process before is gone.
    """
    theirs = delivery.c.worker == worker
    return _doubt(connection, theirs, say("the program was stopped mid-send"))


def expire_claims(connection: Connection, name: str, now: datetime) -> int:
    """Mark as unknown what has been in somebody's hands for longer than a message can take."""
    too_long = and_(delivery.c.issue == name, delivery.c.updated <= LEASE.taken_before(now))
    return _doubt(connection, too_long, say("the sender went silent"))


def _call_off(connection: Connection, recipient: Recipient) -> None:
    """A copy that would wait again does not when its issue was cancelled in the meantime.

    The issue's row is held while we look, so that a cancellation comes either before or after.
    """
    state = connection.scalar(
        select(issue.c.state).where(issue.c.name == recipient.issue).with_for_update(read=True)
    )
    if state == IssueState.CANCELLED:
        connection.execute(
            update(delivery)
            .where(_row(recipient), _waits())
            .values(state=DeliveryState.CANCELLED, next_at=None)
        )


def _doubt(connection: Connection, condition: ColumnElement[bool], reason: str) -> int:
    """Call claimed copies unknown. When they were claimed stays: `guard` goes by it."""
    doubted = connection.execute(
        update(delivery)
        .where(delivery.c.state == DeliveryState.CLAIMED, condition)
        .values(state=DeliveryState.UNKNOWN, reason=reason)
    )
    return doubted.rowcount


def _row(recipient: Recipient) -> ColumnElement[bool]:
    return and_(
        delivery.c.issue == recipient.issue,
        delivery.c.subscriber_id == recipient.subscriber_id,
    )


def _waits() -> ColumnElement[bool]:
    return delivery.c.state.in_([DeliveryState.PENDING, DeliveryState.DEFERRED])


def _why_not(connection: Connection, recipient: Recipient, hashes: Hashes) -> str | None:
    state = connection.scalar(
        select(subscriber.c.state).where(subscriber.c.id == recipient.subscriber_id)
    )
    if state != SubscriberState.ACTIVE:
        return "erased" if state is None else str(state)
    return connection.scalar(
        select(suppression.c.reason).where(suppression.c.address_hash.in_(hashes(recipient.email)))
    )
