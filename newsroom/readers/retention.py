"""How long personal data is kept, and erasing it when that time is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from newsroom.database import outbox
from newsroom.database.nameless import is_named
from newsroom.database.tables import bounce, delivery, issue, subscriber
from newsroom.database.turn import take_turn
from newsroom.model import SubscriberState
from newsroom.readers import mail_caps, standing, subscribers
from newsroom.readers.erasure import FEW, erase_all, leave_nameless
from newsroom.readers.suppression import Reason

PENDING_KEPT = timedelta(days=6)  # after the link has run out: gone within 14 days of signing up
LEFT_KEPT = timedelta(days=730)  # 24 months of proof, then only the hash
SENT_KEPT = timedelta(days=730)  # who an issue was sent to, and what came back from whom

_MANY = 3  # readers of one domain whom its name does not give away
_LINK = timedelta(days=7)  # how long a link works, for those of whom no end is written down
_OUT = (SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED)


def expire(connection: Connection, keys: Sequence[bytes], now: datetime) -> int:
    """Erase those who never confirmed, left long ago or cannot be reached; how many those were.

    Of somebody who never confirmed no hash is kept: they neither asked for mail nor objected.
    Issues of long ago keep their totals, and forget whom they went to.
    """
    take_turn(connection)
    waited = connection.execute(delete(subscriber).where(_has_waited(now))).rowcount
    gone = _long_gone(connection, now)
    erase_all(connection, keys, gone, now, method="retention")
    _prune(connection, now)
    mail_caps.forget_old(connection, now)
    outbox.forget_old(connection, now)
    return waited + len(gone)


def _has_waited(now: datetime) -> ColumnElement[bool]:
    endless = and_(
        subscriber.c.confirm_expires.is_(None), subscriber.c.since < now - PENDING_KEPT - _LINK
    )
    over = subscriber.c.confirm_expires < now - PENDING_KEPT
    return and_(subscriber.c.state == SubscriberState.PENDING, or_(over, endless))


def _long_gone(connection: Connection, now: datetime) -> dict[str, Reason]:
    """Who is off the list for good, and why; not who has just asked to come back."""
    asks_nothing = or_(subscriber.c.confirm_expires.is_(None), subscriber.c.confirm_expires < now)
    gone = connection.scalars(
        select(subscriber.c.id).where(
            subscriber.c.state.in_(_OUT), subscriber.c.since < now - LEFT_KEPT, asks_nothing
        )
    ).all()
    people = [subscribers.by_number(connection, number) for number in gone]
    return {
        person.email: Reason.LEFT if standing.has_left(connection, person) else Reason.BOUNCED
        for person in people
        if person is not None
    }


def _hide_small_lanes(connection: Connection, issues: Select[tuple[str]]) -> None:
    """A lane may be a mail domain of one person's own; those of one or two are put together."""
    small = (
        select(delivery.c.issue, delivery.c.lane)
        .where(delivery.c.issue.in_(issues))
        .group_by(delivery.c.issue, delivery.c.lane)
        .having(func.count() < _MANY)
    )
    connection.execute(
        update(delivery)
        .where(tuple_(delivery.c.issue, delivery.c.lane).in_(small))
        .values(lane=FEW)
    )


def _prune(connection: Connection, now: datetime) -> None:
    """Let old issues forget their readers, and old bounces whose they were."""
    old = select(issue.c.name).where(issue.c.frozen_at < now - SENT_KEPT)
    leave_nameless(connection, and_(delivery.c.issue.in_(old), is_named()))
    _hide_small_lanes(connection, old)
    connection.execute(
        update(bounce)
        .where(bounce.c.at < now - SENT_KEPT, bounce.c.email.is_not(None))
        .values(email=None, diagnostic=None)
    )
