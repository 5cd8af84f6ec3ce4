"""Senders that fell silent: since when nobody sends an issue, and which copies wait for a word.

Only leases tell: whoever works on a batch renews it, and a copy that is in hand for too long is
given up. A sender that has nothing to do holds none, so silence counts only while there is work.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, exists, func, select

from newsroom.database.tables import batch, delivery, issue, rate
from newsroom.delivery.ledger.claims import LEASE
from newsroom.delivery.pace.canary import look_at_canaries
from newsroom.delivery.pace.hours import last_opening
from newsroom.delivery.sending.batches import BATCH_LEASE, has_batch_to_give, is_any_in_hand
from newsroom.model import Canary, Sending
from newsroom.model.delivery import WAITING, DeliveryState, Silent

_TO_LOOK = timedelta(seconds=30)  # a sender looks every two; it may be building the site
_TO_BEGIN = timedelta(minutes=5)  # the issue's page is published before its first mail


def silent_copies(connection: Connection, name: str, now: datetime) -> Silent | None:
    """The claimed copies whose claimer has let go of their batch; None when there are none.

    That is how a sender leaves them that was killed. It may still say how they went, until the
    last of them is given up.
    """
    kept = exists().where(
        batch.c.issue == delivery.c.issue,
        batch.c.number == delivery.c.batch,
        batch.c.worker == delivery.c.worker,
        ~BATCH_LEASE.is_free(batch.c.lease_until, now),
    )
    number, last = connection.execute(
        select(func.count(), func.max(delivery.c.updated)).where(
            delivery.c.issue == name, delivery.c.state == DeliveryState.CLAIMED, ~kept
        )
    ).one()
    if not number:
        return None
    until = LEASE.until(last)
    return Silent(number, until if until > now else None)


def silent_since(  # noqa: PLR0913 (what mail waits for)
    connection: Connection,
    name: str,
    sending: Sending,
    zone: ZoneInfo,
    now: datetime,
    *,
    rest_waits: bool = False,
) -> datetime | None:
    """Since when nobody sends an issue of which mail could leave; None while somebody may.

    Ask it of an issue that is on its way, after its undo window and inside its hours. Whoever has a
    batch of any issue in hand comes to this one, too. While the rest waits for the canaries, only
    those ask for a sender.
    """
    row = connection.execute(select(issue).where(issue.c.name == name)).one()
    opened = last_opening(sending.hours, now, zone)
    if row.released is None:
        times = (row.send_after, row.begun, opened)
        since = max(filter(None, times))
        return since if row.note is None and now - since >= _TO_BEGIN else None
    to_give = has_batch_to_give(connection, name, now, only_canaries=rest_waits)
    if is_any_in_hand(connection, now) or not (to_give or _wants_its_end(connection, name, now)):
        return None
    canary = None if rest_waits else sending.canary
    signs = (row.send_after, row.begun, opened, *_signs_of_life(connection, name, canary, now))
    since = max(filter(None, signs))
    return since if now - since >= _TO_LOOK else None


def _wants_its_end(connection: Connection, name: str, now: datetime) -> bool:
    """Whether all that an issue asks of a sender is to give up a copy, or to call it done."""
    late = and_(
        delivery.c.state == DeliveryState.CLAIMED,
        delivery.c.updated <= LEASE.taken_before(now - _TO_LOOK),
    )
    overdue = select(delivery.c.issue).where(delivery.c.issue == name, late).limit(1)
    open_still = (*WAITING, DeliveryState.UNKNOWN)
    unsettled = select(delivery.c.issue).where(
        delivery.c.issue == name, delivery.c.state.in_(open_still)
    )
    is_overdue = connection.execute(overdue).first() is not None
    return is_overdue or connection.execute(unsettled.limit(1)).first() is None


def _signs_of_life(
    connection: Connection, name: str, canary: Canary | None, now: datetime
) -> Iterator[datetime | None]:
    """When somebody last did something for an issue, and when what it waited for was over."""
    its_own = delivery.c.issue == name
    yield connection.scalar(select(func.max(delivery.c.updated)).where(its_own))
    waits = its_own, delivery.c.state == DeliveryState.PENDING
    if connection.execute(select(delivery.c.issue).where(*waits).limit(1)).first() is None:
        due = its_own, delivery.c.state == DeliveryState.DEFERRED, delivery.c.next_at <= now
        yield connection.scalar(select(func.min(delivery.c.next_at)).where(*due))
    yield connection.scalar(select(func.max(rate.c.paused_until)).where(rate.c.paused_until <= now))
    if canary is not None:
        canaries = look_at_canaries(connection, name)
        first = canaries.last_first_try or canaries.last_try
        yield first + canary.wait if first else None
        yield canaries.go_at
