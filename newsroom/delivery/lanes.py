"""The pace of sending: one row in the database for all lanes together and one for each lane.

A lane is a group of receiving hosts. Rows hold the moment from which the next message may leave
(the generic cell rate algorithm with a burst of one), so one UPDATE both asks and takes, whichever
process or machine comes first, and a restart forgets nothing.

`now` comes from `clock.shared_clock`: the database's clock, the same for every machine.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import rate
from newsroom.model.site import Pace

GLOBAL = "global"
UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)  # a pause that only a person ends
_SLACK = 1.02  # slots stand 2 % wider, so that a message leaving late never crowds the window


@dataclass(frozen=True, slots=True)
class Slot:
    """What the rate row said: go now, or not before `free_at`."""

    taken: bool
    free_at: datetime
    paused: bool = False


def lane_of(email: str) -> str:
    """The lane of an address: its domain."""
    return email.rpartition("@")[2].lower()


def lane_key(lane: str) -> str:
    """The key of a lane's rate row."""
    return f"lane:{lane}"


def take_slot(connection: Connection, key: str, pace: Pace | None, now: datetime) -> Slot:
    """Take the next slot of a row when it is free and the row is not paused.

    Without a pace there is nothing to take, only a pause to respect.
    """
    if pace is not None and _advance(connection, key, pace, now):
        return Slot(taken=True, free_at=now + _spacing(pace))
    row = connection.execute(
        select(rate.c.tat, rate.c.paused_until).where(rate.c.key == key)
    ).one_or_none()
    if row is None and pace is not None:
        add_row(connection, key)
        return take_slot(connection, key, pace, now)
    if row is not None and row.paused_until is not None and row.paused_until > now:
        return Slot(taken=False, free_at=row.paused_until, paused=True)
    if row is None or pace is None:
        return Slot(taken=True, free_at=now)
    return Slot(taken=False, free_at=datetime.fromtimestamp(float(row.tat), UTC))


def pause_lane(
    connection: Connection, key: str, until: datetime, reason: str, now: datetime
) -> None:
    """Let nothing through before `until`; a pause that lasts longer stays."""
    add_row(connection, key)
    connection.execute(
        update(rate)
        .where(
            rate.c.key == key,
            or_(rate.c.paused_until.is_(None), rate.c.paused_until < until),
        )
        .values(paused_until=until, reason=reason, changed=now)
    )


def open_lanes(connection: Connection, now: datetime) -> None:
    """Let mail through every paused lane again; refusals are counted from here."""
    connection.execute(
        update(rate)
        .where(rate.c.paused_until.is_not(None))
        .values(paused_until=None, reason=None, changed=now)
    )


def add_row(connection: Connection, key: str) -> None:
    """The row of a lane, made on first use; whoever is second finds it there."""
    if connection.scalar(select(rate.c.key).where(rate.c.key == key)) is not None:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(rate).values(key=key, tat=0.0))
    except IntegrityError:
        return


def _advance(connection: Connection, key: str, pace: Pace, now: datetime) -> bool:
    seconds = now.timestamp()
    moved = connection.execute(
        update(rate)
        .where(
            rate.c.key == key,
            rate.c.tat <= seconds,
            or_(rate.c.paused_until.is_(None), rate.c.paused_until <= now),
        )
        .values(tat=seconds + _spacing(pace).total_seconds())
    )
    return moved.rowcount == 1


def _spacing(pace: Pace) -> timedelta:
    return pace.per * _SLACK / pace.count
