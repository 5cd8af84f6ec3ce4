"""An issue's ledger with all there is to say of it: who was not reached, how fast, until when."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, func, select

from newsroom.database.tables import delivery, issue
from newsroom.delivery.ledger.answers import last_answers
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.pace.canary import look_at_canaries, why_wait
from newsroom.delivery.pace.forecast import time_needed
from newsroom.delivery.pace.hours import after_open_time, next_opening, within_hours
from newsroom.delivery.sending.silence import silent_since
from newsroom.model import Sending
from newsroom.model.delivery import WAITING, Counts, DeliveryState, Unreached
from newsroom.model.issue_state import ON_ITS_WAY
from newsroom.model.saying import Saying, say

_LATELY = timedelta(minutes=10)  # what the rate is measured over
_AT_LEAST = timedelta(seconds=30)  # and this, or a first mail would make a great rate
_LISTED = 1_000  # readers shown at most
_UNREACHED = (DeliveryState.REFUSED, DeliveryState.EXCLUDED, DeliveryState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Plan:
    """How issues leave here."""

    sending: Sending
    zone: ZoneInfo
    idempotent: Callable[[], bool] = lambda: False  # the way out delivers no message twice

    def resends(self) -> bool:
        """Whether what is unknown is sent again by itself."""
        return self.sending.resend_unknown or self.idempotent()


def report(connection: Connection, name: str, plan: Plan, now: datetime) -> Counts:
    """The ledger of an issue and what is to be expected of it, on one consistent look.

    Raises StateError when there is no such issue.
    """
    tally = counts(connection, name, now)
    waits = delivery.c.state.in_(WAITING)
    since = _since(connection, name, now)
    accepted_since = and_(delivery.c.state == DeliveryState.ACCEPTED, delivery.c.updated >= since)
    oldest, accepted = connection.execute(
        select(
            func.min(delivery.c.updated).filter(waits),
            func.count().filter(accepted_since),
        ).where(delivery.c.issue == name)
    ).one()
    tally = replace(
        tally,
        rate=accepted / ((now - since) / timedelta(minutes=1)),
        oldest_pending=oldest,
        unreached=unreached(connection, name),
        answers=last_answers(connection, name),
        resends=tally.silent is not None and plan.resends(),
    )
    return _with_outlook(connection, tally, plan, now) if tally.state in ON_ITS_WAY else tally


def _with_outlook(connection: Connection, tally: Counts, plan: Plan, now: datetime) -> Counts:
    """What the next mail waits for, and when everybody is through: never, while nobody sends."""
    since, waits_for = None, _until_open(tally, plan, now)
    if waits_for is None:
        waits_for = _for_the_canaries(connection, tally, plan, now)
        since = silent_since(
            connection,
            tally.issue,
            plan.sending,
            plan.zone,
            now,
            rest_waits=waits_for is not None,
        )
    stands_still = since is not None or (tally.released is None and tally.note is not None)
    is_sent = tally.waiting and not stands_still
    return replace(
        tally,
        waits_for=waits_for,
        silent_since=since,
        eta=_eta(connection, tally, plan, now) if is_sent else None,
    )


def _since(connection: Connection, name: str, now: datetime) -> datetime:
    """From when on the rate is measured: a pause, and what was before it, do not count."""
    begun = connection.scalar(select(issue.c.begun).where(issue.c.name == name))
    lately = now - _LATELY
    return lately if begun is None else min(max(begun, lately), now - _AT_LEAST)


def unreached(connection: Connection, name: str) -> tuple[Unreached, ...]:
    """Who does not have an issue for certain, each with the reason; the first thousand."""
    rows = connection.execute(
        select(delivery.c.email, delivery.c.state, delivery.c.code, delivery.c.reason)
        .where(delivery.c.issue == name, delivery.c.state.in_(_UNREACHED))
        .order_by(delivery.c.state, delivery.c.email)
        .limit(_LISTED)
    )
    return tuple(
        Unreached(row.email, DeliveryState(row.state), row.code, row.reason) for row in rows
    )


def _until_open(tally: Counts, plan: Plan, now: datetime) -> Saying | None:
    """Until when no mail of an issue may leave: it may be undone, or it is outside its hours."""
    if undone := _until_the_first_mail(tally, plan, now):
        return undone
    if not within_hours(plan.sending.hours, now, plan.zone):
        opening = next_opening(plan.sending.hours, now, plan.zone).astimezone(plan.zone)
        return say("outside its hours until {local:%Y-%m-%d %H:%M}", local=opening)
    return None


def _for_the_canaries(
    connection: Connection, tally: Counts, plan: Plan, now: datetime
) -> Saying | None:
    """What the rest of an issue waits for; None when it may follow, or nobody is left of it."""
    if not _rest_is_left(connection, tally.issue):
        return None
    canary = plan.sending.canary
    canaries = look_at_canaries(connection, tally.issue, canary.seeds if canary else ())
    return why_wait(canaries, canary, now.astimezone(plan.zone))


def _until_the_first_mail(tally: Counts, plan: Plan, now: datetime) -> Saying | None:
    """Until when an issue may be undone: its first mail waits for the hours of site.yaml, too."""
    if tally.send_after is None or tally.released is not None:
        return None
    at = next_opening(plan.sending.hours, tally.send_after, plan.zone).astimezone(plan.zone)
    if at <= now:
        return None
    if at.date() == now.astimezone(plan.zone).date():
        return say("it may still be undone until {at:%H:%M}", at=at)
    return say("it may still be undone until {at:%Y-%m-%d %H:%M}", at=at)


def _rest_is_left(connection: Connection, name: str) -> bool:
    left = select(delivery.c.issue).where(
        delivery.c.issue == name,
        delivery.c.batch != CANARY,
        delivery.c.state == DeliveryState.PENDING,
    )
    return connection.execute(left.limit(1)).first() is not None


def _eta(connection: Connection, tally: Counts, plan: Plan, now: datetime) -> datetime | None:
    """When everybody may have been tried: by the limits, the hours, the undo window, the canaries.

    None where nothing limits and nothing has left lately: nobody knows what the relay can take.
    """
    length = time_needed(_waiting_by_lane(connection, tally.issue), plan.sending)
    if not length:
        if not tally.rate:
            return None
        length = timedelta(minutes=tally.waiting / tally.rate)
    start = max(now, tally.send_after or now)
    canary = plan.sending.canary
    if canary is not None and _rest_is_left(connection, tally.issue):
        canaries = look_at_canaries(connection, tally.issue)
        begun = start if canaries.waiting else canaries.last_first_try
        start = max(start, (begun or start) + canary.wait)
    end = after_open_time(plan.sending.hours, start, length, plan.zone)
    return max(end, tally.next_at or end)


def _waiting_by_lane(connection: Connection, name: str) -> dict[str, int]:
    rows = connection.execute(
        select(delivery.c.lane, func.count())
        .where(delivery.c.issue == name, delivery.c.state.in_(WAITING))
        .group_by(delivery.c.lane)
    )
    return {row[0]: row[1] for row in rows}
