"""The pace of sending: one row in the database for all lanes together and one for each lane.

A lane is a group of receiving hosts. Rows hold the moment from which the next message may leave
(the generic cell rate algorithm with a burst of one), so one UPDATE both asks and takes, whichever
process or machine comes first, and a restart forgets nothing.

`now` comes from `clock.shared_clock`: the database's clock, the same for every machine.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import Moment, rate
from newsroom.model.sending import Pace, Sending

GLOBAL = "global"
SENDER = "sender"  # all that leaves with the newsletter's address, system mails too
SYSTEM = "system"  # confirmations, links, reviews
SHARED = (SENDER, GLOBAL)  # what every lane waits for
_LANE = "lane:"
UNTIL_RESUMED = datetime(9999, 1, 1, tzinfo=UTC)  # a pause that only a person ends
_RESTING = select(rate.c.key, rate.c.paused_until).where(
    rate.c.key.in_(bindparam("keys", expanding=True)),
    rate.c.paused_until > bindparam("now", type_=Moment()),
)
_ADVANCE = (
    update(rate)
    .where(
        rate.c.key == bindparam("of_key"),
        or_(rate.c.tat <= bindparam("at"), rate.c.tat > bindparam("too_far")),
    )
    .values(tat=bindparam("free_from"))
)
_TOO_FAR = timedelta(minutes=10)  # ahead of its pace: longer than anybody waits for a lock
SLACK = 1.02  # slots stand 2 % wider, so that a message leaving late never crowds the window


@dataclass(frozen=True, slots=True)
class Slot:
    """What the rate row said: go now, or not before `free_at`."""

    taken: bool
    free_at: datetime


def lane_of(email: str) -> str:
    """The lane of an address of which no mail host is known: its domain. Else see `lane_finder`."""
    return email.rpartition("@")[2].lower()


def limits(sending: Sending, lane: str) -> tuple[tuple[str, Pace], ...]:
    """The rate rows that a copy of a lane needs a slot of, with their paces; none is unlimited."""
    paces = (
        (lane_key(lane), sending.pace_of(lane)),
        (SENDER, sending.sender_pace),
        (GLOBAL, sending.pace),
    )
    return tuple((key, pace) for key, pace in paces if pace is not None)


def lane_key(lane: str) -> str:
    """The key of a lane's rate row."""
    return f"{_LANE}{lane}"


def keys_of(lanes: ColumnElement[str]) -> ColumnElement[str]:
    """The same for a column of lanes."""
    return literal(_LANE) + lanes


def take_slot(connection: Connection, key: str, pace: Pace, now: datetime) -> Slot:
    """Take the next slot of a row when it is free."""
    if _advance(connection, key, pace, now):
        return Slot(taken=True, free_at=now + _spacing(pace))
    tat = connection.scalar(select(rate.c.tat).where(rate.c.key == key))
    if tat is None:
        add_row(connection, key)
        return take_slot(connection, key, pace, now)
    return Slot(taken=False, free_at=datetime.fromtimestamp(float(tat), UTC))


def resting_until(connection: Connection, lane: str, now: datetime) -> dict[str, datetime]:
    """Until when a lane, or everything, is paused; by rate key, empty when mail may flow."""
    rows = connection.execute(_RESTING, {"keys": [lane_key(lane), GLOBAL], "now": now})
    return {row.key: row.paused_until for row in rows}


def pause_row(
    connection: Connection, key: str, until: datetime, reason: str, now: datetime
) -> None:
    """Let nothing of a lane, or of all, through before `until`; a longer pause stays."""
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
    """Let mail through every paused lane again; refusals are counted from here.

    A row that a wrong clock moved far ahead is brought back, whatever its pace.

    The rows are locked in the order in which a claim takes them, so that neither waits in vain.
    """
    paused = rate.c.paused_until.is_not(None)
    too_far = rate.c.tat > (now + _TOO_FAR).timestamp()
    in_order = (rate.c.key == GLOBAL, rate.c.key == SENDER, rate.c.key)
    rows = select(rate.c.key).where(or_(paused, too_far))
    connection.execute(rows.order_by(*in_order).with_for_update())
    connection.execute(
        update(rate).where(paused).values(paused_until=None, reason=None, changed=now)
    )
    connection.execute(update(rate).where(too_far).values(tat=now.timestamp()))


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
    free_from = (now + _spacing(pace)).timestamp()
    too_far = no_later_than(key, pace, now).timestamp()
    moved = connection.execute(
        _ADVANCE,
        {"of_key": key, "at": now.timestamp(), "free_from": free_from, "too_far": too_far},
    )
    return moved.rowcount == 1


def no_later_than(key: str, pace: Pace, now: datetime) -> datetime:
    """The latest slot that a row can name: after it, a clock was wrong, and nobody waits for that.

    System mail moves the sender's row on whether or not there is room.
    """
    return now + (2 * pace.per if key == SENDER else 2 * _spacing(pace)) + _TOO_FAR


def _spacing(pace: Pace) -> timedelta:
    return pace.per * SLACK / pace.count
