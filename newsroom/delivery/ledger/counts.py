"""An issue's ledger, added up: what `issue status` shows, on one consistent look."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, exists, func, select

from newsroom.bounces.cause import Cause
from newsroom.database.tables import bounce, delivery, issue, rate
from newsroom.delivery.ledger.noted import matter_of, why_held
from newsroom.delivery.pace.lanes import GLOBAL, UNTIL_RESUMED, keys_of, lane_key
from newsroom.delivery.sending.silence import silent_copies
from newsroom.errors import StateError
from newsroom.model.delivery import WAITING, Counts, DeliveryState, LaneStatus
from newsroom.model.saying import say

_LISTED = 1_000  # unknown recipients shown at most


def counts(connection: Connection, name: str, now: datetime) -> Counts:
    """The ledger of an issue at this moment. Raises StateError when there is no such issue."""
    row = connection.execute(select(issue).where(issue.c.name == name)).one_or_none()
    if row is None:
        raise StateError(
            say(
                "{name}: nothing has been approved or sent under this name; see: newsroom issue "
                "list",
                name=name,
            )
        )
    by_state: dict[str, Any] = _by_state(connection, name)
    causes = _causes(connection, name)
    return Counts(
        issue=name,
        state=row.state,
        frozen=row.recipients or 0,
        **{state.value: by_state.get(state, 0) for state in DeliveryState},
        unknown_recipients=_unknown(connection, name) if DeliveryState.UNKNOWN in by_state else (),
        lanes=lane_statuses(connection, name, now),
        note=row.note,
        matter=matter_of(row),
        held=why_held(row),
        next_at=connection.scalar(
            select(func.min(delivery.c.next_at)).where(
                delivery.c.issue == name, delivery.c.state == DeliveryState.DEFERRED
            )
        ),
        send_after=row.send_after,
        released=row.released,
        deadline=row.deadline,
        is_late=row.deadline is not None and row.deadline <= now,
        silent=silent_copies(connection, name, now) if DeliveryState.CLAIMED in by_state else None,
        bounced=sum(number for _, number in causes),
        causes=causes,
        complained=_complained(connection, name),
        without_doctor=row.doctor_reason,
    )


def lane_statuses(connection: Connection, name: str, now: datetime) -> tuple[LaneStatus, ...]:
    """The lanes that still have somebody waiting; `global` stands for all of them when it rests."""
    lanes = connection.scalars(
        select(delivery.c.lane)
        .where(delivery.c.issue == name, delivery.c.state.in_(WAITING))
        .distinct()
        .order_by(delivery.c.lane)
    ).all()
    resting = {
        row.key: row for row in connection.execute(select(rate).where(rate.c.paused_until > now))
    }
    listed = [(lane, lane_key(lane)) for lane in lanes]
    if lanes and GLOBAL in resting:
        listed.insert(0, (GLOBAL, GLOBAL))
    return tuple(_status(lane, resting.get(key)) for lane, key in listed)


class StoppedLane(NamedTuple):
    """A lane that rests until a person resumes it."""

    lane: str
    reason: str
    since: datetime


def last_stopped_lane(connection: Connection, name: str) -> StoppedLane | None:
    """The lane that was stopped last of those that readers of an issue wait in, or None."""
    waits = exists().where(
        delivery.c.issue == name,
        keys_of(delivery.c.lane) == rate.c.key,
        delivery.c.state.in_(WAITING),
    )
    row = connection.execute(
        select(rate)
        .where(rate.c.paused_until >= UNTIL_RESUMED, waits)
        .order_by(rate.c.changed.desc(), rate.c.key)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return StoppedLane(row.key.removeprefix(lane_key("")), row.reason, row.changed)


def _status(lane: str, row: Row[Any] | None) -> LaneStatus:
    if row is None:
        return LaneStatus(lane, "open", None)
    if row.paused_until >= UNTIL_RESUMED:
        return LaneStatus(lane, "stopped", row.reason)
    return LaneStatus(lane, "paused", row.reason, row.paused_until)


def _by_state(connection: Connection, name: str) -> dict[str, int]:
    rows = connection.execute(
        select(delivery.c.state, func.count().label("number"))
        .where(delivery.c.issue == name)
        .group_by(delivery.c.state)
    )
    return {row.state: row.number for row in rows}


def _causes(connection: Connection, name: str) -> tuple[tuple[str, int], ...]:
    """Why readers' accepted copies came back, each by the latest word; the commonest first.

    They stay among the accepted, which they were.
    """
    latest: dict[str, str] = {}
    rows = connection.execute(_returned(name, "bounce").order_by(bounce.c.at, bounce.c.id))
    for row in rows:
        latest[row.email] = row.cause or Cause.UNKNOWN
    return tuple(Counter(sorted(latest.values())).most_common())


def _complained(connection: Connection, name: str) -> int:
    rows = connection.execute(_returned(name, "complaint")).all()
    return len({row.email for row in rows})


def _returned(name: str, kind: str) -> Select[Any]:
    """Whose accepted copies came back, and why; what was taken back apart."""
    copy = and_(bounce.c.issue == delivery.c.issue, bounce.c.email == delivery.c.email)
    return (
        select(bounce.c.email, bounce.c.cause)
        .join(delivery, copy)
        .where(
            delivery.c.issue == name,
            delivery.c.state == DeliveryState.ACCEPTED,
            bounce.c.kind == kind,
            bounce.c.undone.is_(None),
        )
    )


def _unknown(connection: Connection, name: str) -> tuple[str, ...]:
    return tuple(
        connection.scalars(
            select(delivery.c.email)
            .where(delivery.c.issue == name, delivery.c.state == DeliveryState.UNKNOWN)
            .order_by(delivery.c.email)
            .limit(_LISTED)
        )
    )
