"""Counts the answers of receivers, and stops a lane or an issue when the breaker says so.

Counted is what receivers said at once and what came back by mail later, since a relay takes a
message first and returns it when its receiver says no. What a person has undone is not counted.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, distinct, exists, func, select, true, update

from newsroom.bounces.cause import Cause
from newsroom.database.tables import bounce, delivery, issue, rate
from newsroom.delivery.ledger.statements import LOST, REFUSED_FOR_POLICY
from newsroom.delivery.pace.breaker import Tally, why_stop_issue, why_stop_lane
from newsroom.delivery.pace.lanes import UNTIL_RESUMED, lane_key, pause_row
from newsroom.delivery.sending.course import locked, pause
from newsroom.model.delivery import BounceSeverity, DeliveryState

Suppress = Callable[[Connection, str, datetime], None]  # shuts an address out, or lets it in again

COMPLAINT = "complaint"  # a bounce's kind when the reader called it spam
_WAIT = timedelta(hours=4)  # for those taken back; resuming the lane tries them at once
_RETURNED = and_(bounce.c.issue == delivery.c.issue, bounce.c.email == delivery.c.email)
# Refused again after a person had looked at the first refusal: that verdict is believed.
_NOT_BELIEVED = ~exists().where(_RETURNED, bounce.c.undone.is_not(None))
_REFUSED = and_(delivery.c.state == DeliveryState.REFUSED, delivery.c.code.is_not(None))
# What a reader's own filter or list says is nothing that we could mend.
_HOSTS_WORD = bounce.c.cause.is_distinct_from(Cause.FILTERED)


def watch_lane(
    connection: Connection, name: str, lane: str, forgive: Suppress, now: datetime
) -> bool:
    """Stop a lane that refuses too much of an issue; whether this call did.

    Nobody pays for what stops it: who was refused since it was opened waits for another try, and
    is let in again (`forgive`) where the refusal had shut them out. Large hosts have answered "no
    such user" about everybody for an hour.
    """
    locked(connection, name)  # before the lane: whoever resumes takes both in this order
    opened = connection.scalar(select(rate.c.changed).where(rate.c.key == lane_key(lane)))
    since = true() if opened is None else delivery.c.updated >= opened
    its_own = and_(delivery.c.issue == name, delivery.c.lane == lane, since)
    why = why_stop_lane(name, _tally(connection, its_own, _NOT_BELIEVED))
    if why is None:
        return False
    pause_row(connection, lane_key(lane), UNTIL_RESUMED, why, now)
    _take_back(connection, and_(its_own, _REFUSED, _NOT_BELIEVED), forgive, now)
    return True


def watch_issue(connection: Connection, name: str, now: datetime, same_in_a_row: int = 0) -> bool:
    """Pause an issue under way when its answers ask for it; whether this call did.

    Call it too when something came back by mail.
    """
    begun = connection.scalar(select(issue.c.begun).where(issue.c.name == name))
    if begun is None:
        return False
    its_own = and_(delivery.c.issue == name, delivery.c.updated >= begun)
    why = why_stop_issue(_tally(connection, its_own), same_in_a_row)
    return why is not None and pause(connection, name, why, now)


def forgive_alike(
    connection: Connection, name: str, code: str, forgive: Suppress, now: datetime
) -> None:
    """Take back what one answer did that an issue was paused for, since reader upon reader got it.

    Such an answer speaks of us or of the relay. Who was refused with it waits for another try and
    is let in again; the next refusal, after a person has looked and resumed the issue, is believed.
    """
    begun = select(issue.c.begun).where(issue.c.name == name).scalar_subquery()
    alike = and_(delivery.c.issue == name, delivery.c.code == code, delivery.c.updated >= begun)
    _take_back(connection, and_(alike, _REFUSED, _NOT_BELIEVED), forgive, now)


def _tally(
    connection: Connection,
    its_own: ColumnElement[bool],
    refusals: ColumnElement[bool] | None = None,
) -> Tally:
    """The answers about some copies; of the refusals those that also meet another condition."""
    counted = true() if refusals is None else refusals
    accepted = func.count().filter(delivery.c.state == DeliveryState.ACCEPTED)
    refused = func.count().filter(_REFUSED, counted)
    policy = func.count().filter(REFUSED_FOR_POLICY, counted)
    lost = func.count().filter(LOST)
    at_once = connection.execute(select(accepted, refused, policy, lost).where(its_own)).one()
    late = _late(connection, its_own)
    late_policy = late.get(BounceSeverity.POLICY, 0)
    late_hard = late.get(BounceSeverity.HARD, 0)
    return Tally(
        accepted=at_once[0] - late_policy - late_hard,
        refused=at_once[1] + late_hard,
        policy=at_once[2] + late_policy,
        policy_lanes=_policy_lanes(connection, its_own),
        complaints=late.get(COMPLAINT, 0),
        lost=at_once[3],
    )


def _late(connection: Connection, its_own: ColumnElement[bool]) -> dict[str, int]:
    """Readers whose accepted copy came back, by severity, and those who complained."""
    kind = func.coalesce(func.nullif(bounce.c.kind, "bounce"), bounce.c.severity)
    rows = connection.execute(
        select(kind, func.count(distinct(bounce.c.email)))
        .join(delivery, _RETURNED)
        .where(its_own, delivery.c.state == DeliveryState.ACCEPTED, _HOSTS_WORD)
        .where(bounce.c.undone.is_(None))
        .group_by(kind)
    )
    return {row[0]: row[1] for row in rows}


def _policy_lanes(connection: Connection, its_own: ColumnElement[bool]) -> int:
    at_once = select(delivery.c.lane).where(its_own, REFUSED_FOR_POLICY)
    late = (
        select(delivery.c.lane)
        .join(bounce, _RETURNED)
        .where(its_own, bounce.c.severity == BounceSeverity.POLICY, _HOSTS_WORD)
        .where(bounce.c.undone.is_(None))
    )
    return len(connection.execute(at_once.union(late)).all())


def _take_back(
    connection: Connection, which: ColumnElement[bool], forgive: Suppress, now: datetime
) -> None:
    """What these refusals did is undone, and their copies wait for another try."""
    rows = connection.execute(select(delivery.c.issue, delivery.c.email).where(which)).all()
    connection.execute(
        update(delivery)
        .where(which)
        .values(state=DeliveryState.DEFERRED, next_at=now + _WAIT, updated=now)
    )
    for name, email in rows:
        undone = and_(bounce.c.issue == name, bounce.c.email == email, bounce.c.undone.is_(None))
        shut_out = connection.scalar(select(bounce.c.suppressed).where(undone))
        connection.execute(update(bounce).where(undone).values(undone=now, suppressed=False))
        if shut_out:
            forgive(connection, email, now)
