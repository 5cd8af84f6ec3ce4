"""Canaries: the first few recipients of an issue, and whether the rest may follow.

A dead address is life; more than a tenth of them says something about the list, and a host that
refuses us will say so to everybody after it. Either stops the issue until a person has looked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, or_, select, true

from newsroom.database.tables import bounce, delivery, issue
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.ledger.statements import LOST, REFUSED_FOR_POLICY
from newsroom.model import Canary
from newsroom.model.delivery import BounceSeverity, DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import Saying, say

_SHARE = 0.1  # of the canaries; more failures are no accident
_ALONE = 1  # and one alone always may be

_WAITS = delivery.c.state.in_([DeliveryState.PENDING, DeliveryState.CLAIMED])
_CAME_BACK = exists().where(
    bounce.c.issue == delivery.c.issue,
    bounce.c.email == delivery.c.email,
    bounce.c.undone.is_(None),
    or_(bounce.c.kind != "bounce", bounce.c.severity != BounceSeverity.SOFT),
)
_FAILED = or_(
    delivery.c.state == DeliveryState.REFUSED,
    LOST,
    REFUSED_FOR_POLICY,
    _CAME_BACK,
)


@dataclass(frozen=True, slots=True)
class Canaries:
    """How the canaries of an issue have fared."""

    waiting: int  # not tried yet
    tried: int  # since the issue was begun or resumed, as all that follow
    accepted: int
    failed: int  # refused, come back, or unknown
    policy: int  # of those, refused because of us
    failed_seeds: int  # of those, addresses of our own
    last_first_try: datetime | None  # None: each was tried again since, or there is none
    last_try: datetime | None
    go_at: datetime | None  # when somebody said that the rest may follow
    asks_nobody: bool = False  # it may follow without, when they fare well

    @property
    def seen(self) -> bool:
        """Whether somebody said so knowing how all of them had fared."""
        if self.go_at is None or self.waiting:
            return False
        return self.last_first_try is None or self.go_at > self.last_first_try


def look_at_canaries(connection: Connection, name: str, seeds: Collection[str] = ()) -> Canaries:
    """How an issue's canaries have fared since it was begun or resumed.

    A mail that came back is a failure. What failed before somebody resumed the issue is known.
    """
    begun, *word = connection.execute(
        select(issue.c.begun, issue.c.go_at, issue.c.asks_nobody).where(issue.c.name == name)
    ).one()
    since = true() if begun is None else delivery.c.updated >= begun
    left_before = delivery.c.state.in_([DeliveryState.EXCLUDED, DeliveryState.CANCELLED])
    number = func.count().filter
    figures = connection.execute(
        select(
            number(_WAITS),
            number(since, ~_WAITS, ~left_before),
            number(since, delivery.c.state == DeliveryState.ACCEPTED, ~_CAME_BACK),
            number(since, _FAILED),
            number(since, REFUSED_FOR_POLICY),
            number(since, _FAILED, delivery.c.email.in_(seeds)),
            func.max(delivery.c.updated).filter(delivery.c.attempts <= 1),
            func.max(delivery.c.updated).filter(since, ~_WAITS, ~left_before),
        ).where(delivery.c.issue == name, delivery.c.batch == CANARY)
    ).one()
    return Canaries(*figures, *word)


def asks_for_a_go(connection: Connection, name: str, terms: Canary | None) -> bool:
    """Whether all of the first few were tried, and the rest waits for a person's word."""
    if terms is None or not terms.asks:
        return False
    row = connection.execute(select(issue).where(issue.c.name == name)).one_or_none()
    if row is None or row.state != IssueState.SENDING or row.released is None:
        return False
    if row.go_at or row.asks_nobody:
        return False
    return not look_at_canaries(connection, name).waiting


def why_stop(canaries: Canaries) -> Saying | None:
    """What a person must look at before the rest may follow, or None."""
    if canaries.seen:
        return None
    if canaries.failed_seeds:
        return say("{number} of our own addresses did not take it", number=canaries.failed_seeds)
    if canaries.policy:
        return say(
            "{number} of the first {tried} readers' hosts refuse us",
            number=canaries.policy,
            tried=canaries.tried,
        )
    if canaries.failed > max(_ALONE, canaries.tried * _SHARE):
        return say(
            "{number} of the first {tried} copies failed",
            number=canaries.failed,
            tried=canaries.tried,
        )
    return None


def why_wait(canaries: Canaries, terms: Canary | None, now: datetime) -> Saying | None:
    """What the rest of the issue still waits for, or None; `now` is local to who reads it."""
    if terms is None:
        return None
    if canaries.waiting:
        return say("the first few are being written to")
    # Where a greylisting host put off every one of them, the wait counts from their second try.
    since = canaries.last_first_try or canaries.last_try
    asks = terms.asks and canaries.go_at is None and not canaries.asks_nobody
    if since is not None and now < (over := since.astimezone(now.tzinfo) + terms.wait):
        if asks:
            return say(
                "the first few have it; the rest waits for a go, from {at:%H:%M} on", at=over
            )
        return say("the first few have it; the rest follows at {at:%H:%M}", at=over)
    if asks:
        return say("the first few have it; the rest waits for a go")
    if not canaries.seen and canaries.accepted * 2 < canaries.tried:
        return say("most of the first few are put off; the rest waits for them")
    return None
