"""The claim and the record as SQL, put together once: every message needs both.

They hold no lists of values, which SQLAlchemy would spell out anew each time.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Update, and_, bindparam, exists, false, or_, update

from newsroom.database.tables import Moment, delivery, issue, rate, subscriber, suppression
from newsroom.delivery.pace.lanes import GLOBAL, keys_of
from newsroom.model import SubscriberState
from newsroom.model.delivery import DeliveryState, Outcome, Recipient
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying

_REASON = 200  # characters kept of a server's words


def is_due(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """A copy's turn has come: it was never tried, or its wait is over."""
    return or_(
        delivery.c.state == DeliveryState.PENDING,
        and_(delivery.c.state == DeliveryState.DEFERRED, delivery.c.next_at <= now),
    )


def due_of_batch(name: str, number: ColumnElement[int] | int, now: datetime) -> ColumnElement[bool]:
    """The copies of a batch whose turn has come.

    The states are told apart from the rest: so they are found by the index, which spares SQLite
    going through the whole issue for each batch that is settled.
    """
    may_be_due = delivery.c.state.in_([DeliveryState.PENDING, DeliveryState.DEFERRED])
    return and_(delivery.c.issue == name, may_be_due, delivery.c.batch == number, is_due(now))


# Handed over, and no answer came. It was claimed then; what a person called unknown after the
# database was restored was not, and says nothing of the relay.
LOST = and_(delivery.c.state == DeliveryState.UNKNOWN, delivery.c.token.is_not(None))

# Put off because the receiver refuses us, not the reader: such a copy keeps its 5xx code.
REFUSED_FOR_POLICY = and_(
    delivery.c.state == DeliveryState.DEFERRED, delivery.c.code.startswith("5")
)

_NOW = bindparam("now", type_=Moment())
_ISSUE = delivery.c.issue == bindparam("of_issue")
_IS_SENT = exists().where(
    issue.c.name == delivery.c.issue,
    issue.c.state == IssueState.SENDING,
    issue.c.released.is_not(None),
)
_IS_READER = exists().where(
    subscriber.c.id == delivery.c.subscriber_id,
    subscriber.c.state == SubscriberState.ACTIVE,
)
_RESTS = exists().where(
    or_(rate.c.key == keys_of(delivery.c.lane), rate.c.key == GLOBAL),
    rate.c.paused_until > _NOW,
)

RECORD = (
    update(delivery)
    .where(
        _ISSUE,
        delivery.c.subscriber_id == bindparam("of_held"),
        delivery.c.token == bindparam("held_token"),
        or_(
            delivery.c.state == DeliveryState.CLAIMED,
            delivery.c.state == DeliveryState.UNKNOWN,
        ),
    )
    .values(
        state=bindparam("new_state"),
        code=bindparam("new_code"),
        reason=bindparam("new_reason"),
        next_at=bindparam("then", type_=Moment()),
        updated=_NOW,
    )
)


@cache
def claim_of_one(hashes: int) -> Update:
    """The claim of one copy, whose address may be suppressed under so many hashes."""
    known = (suppression.c.address_hash == bindparam(f"hash_{n}") for n in range(hashes))
    return (
        update(delivery)
        .where(
            _ISSUE,
            delivery.c.subscriber_id == bindparam("of_reader"),
            is_due(_NOW),
            _IS_SENT,
            _IS_READER,
            ~_RESTS,
            ~exists().where(or_(false(), *known)),
        )
        .values(
            state=DeliveryState.CLAIMED,
            token=bindparam("new_token"),
            worker=bindparam("by"),
            attempts=delivery.c.attempts + 1,
            next_at=None,
            claimed_at=_NOW,
            updated=_NOW,
        )
    )


@cache
def record_and_claim(hashes: int) -> Update:
    """The record of one copy and the claim of another as one statement, for PostgreSQL."""
    return claim_of_one(hashes).add_cte(RECORD.cte("recorded"))


def claim_values(
    recipient: Recipient, token: str, hashes: Sequence[str], worker: str, now: datetime
) -> dict[str, object]:
    """What a claim binds; `hashes` are those that its address may be suppressed under."""
    return {
        "of_issue": recipient.issue,
        "of_reader": recipient.subscriber_id,
        "new_token": token,
        "by": worker,
        "now": now,
        **{f"hash_{n}": found for n, found in enumerate(hashes)},
    }


def record_values(
    recipient: Recipient,
    token: str,
    outcome: Outcome,
    now: datetime,
    next_at: datetime | None = None,
) -> dict[str, object]:
    """What a record binds."""
    return {
        "of_issue": recipient.issue,
        "of_held": recipient.subscriber_id,
        "held_token": token,
        "new_state": outcome.state,
        "new_code": outcome.code,
        "new_reason": _in_short(outcome.reason),
        "then": next_at if outcome.state is DeliveryState.DEFERRED else None,
        "now": now,
    }


def _in_short(reason: str | None) -> str | None:
    """A reason as it is kept: of a server's words the beginning, our own sentences whole."""
    return reason if reason is None or isinstance(reason, Saying) else reason[:_REASON]
