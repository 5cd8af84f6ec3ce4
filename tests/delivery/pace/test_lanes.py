"""The pace of sending, on both databases."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from newsroom.database.tables import rate
from newsroom.delivery.pace.lanes import (
    GLOBAL,
    SENDER,
    UNTIL_RESUMED,
    lane_of,
    open_lanes,
    pause_row,
    resting_until,
    take_slot,
)
from newsroom.model import Pace
from tests.delivery.sample_ledger import NOW

PACE = Pace(20, timedelta(minutes=1))


def busiest(moments: Sequence[datetime], window: timedelta) -> int:
    """The most moments that any window holds."""
    return max(sum(start <= m < start + window for m in moments) for start in moments)


@pytest.mark.parametrize(
    "email", ["anna@kommun.example", "Anna@KOMMUN.example", '"a@b"@kommun.example']
)
def test_lane_is_the_domain(email: str) -> None:
    """The lane of an address is its domain in lower case."""
    assert lane_of(email) == "kommun.example"


def test_slots_are_spread(either_database: Engine) -> None:
    """Asked ten times a second, a row gives no more slots than the pace in any minute."""
    taken = []
    with either_database.begin() as connection:
        for tenth in range(3_000):
            now = NOW + timedelta(seconds=tenth / 10)
            if take_slot(connection, GLOBAL, PACE, now).taken:
                taken.append(now)

    assert 95 <= len(taken) <= 100
    assert busiest(taken, PACE.per) <= PACE.count


def test_many_at_once_take_one_slot(either_database: Engine) -> None:
    """Of twenty who ask at the same moment, one gets the slot; the others learn when to return."""

    def ask(_: int) -> tuple[bool, datetime]:
        with either_database.begin() as connection:
            slot = take_slot(connection, GLOBAL, PACE, NOW)
        return slot.taken, slot.free_at

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(ask, range(20)))

    assert sum(taken for taken, _ in answers) == 1
    assert all(free_at > NOW + timedelta(seconds=3) for _, free_at in answers)


def test_pace_outlives_the_process(database: Engine) -> None:
    """What a slot was taken for is in the database: a fresh start does not begin a fresh minute."""
    with database.begin() as connection:
        take_slot(connection, GLOBAL, PACE, NOW)
    database.dispose()

    with database.begin() as connection:
        assert not take_slot(connection, GLOBAL, PACE, NOW + timedelta(seconds=2)).taken


def test_pause_and_open(either_database: Engine) -> None:
    """A paused lane rests until its time; a longer pause is not shortened; opening ends it."""
    with either_database.begin() as connection:
        pause_row(connection, "lane:a.example", UNTIL_RESUMED, "blocked", NOW)
        pause_row(connection, "lane:a.example", NOW + timedelta(minutes=5), "busy", NOW)
        resting = resting_until(connection, "a.example", NOW + timedelta(days=400))
        other = resting_until(connection, "b.example", NOW)

        open_lanes(connection, NOW)

        assert resting == {"lane:a.example": UNTIL_RESUMED}
        assert other == {}
        assert resting_until(connection, "a.example", NOW) == {}
        assert connection.scalar(select(rate.c.changed)) == NOW


def test_pause_of_everything(database: Engine) -> None:
    """When all lanes rest, each of them does, for as long as was said."""
    with database.begin() as connection:
        pause_row(connection, GLOBAL, NOW + timedelta(minutes=5), "relay down", NOW)

        assert GLOBAL in resting_until(connection, "a.example", NOW)
        assert resting_until(connection, "a.example", NOW + timedelta(minutes=5)) == {}


@pytest.mark.parametrize("key", [GLOBAL, "lane:kommun.example"])
def test_clock_that_was_wrong_once(either_database: Engine, key: str) -> None:
    """A slot taken a year ahead, by a clock that was wrong, stops no mail today, nor the pace."""
    with either_database.begin() as connection:
        assert take_slot(connection, key, PACE, NOW + timedelta(days=365)).taken

        taken = take_slot(connection, key, PACE, NOW).taken
        again = take_slot(connection, key, PACE, NOW + timedelta(seconds=1)).taken

    assert (taken, again) == (True, False)


def test_lock_that_was_waited_for(either_database: Engine) -> None:
    """Who asks with a time from before the wait for a lock gets no slot ahead of its time."""
    with either_database.begin() as connection:
        take_slot(connection, GLOBAL, PACE, NOW + timedelta(seconds=30))

        assert not take_slot(connection, GLOBAL, PACE, NOW).taken


def test_resuming_forgets_a_wrong_clock(either_database: Engine) -> None:
    """Whatever the pace, and though nothing is paused, resuming lets mail leave today."""
    daily = Pace(2_000, timedelta(days=1))
    with either_database.begin() as connection:
        take_slot(connection, SENDER, daily, NOW + timedelta(hours=36))
        before = take_slot(connection, SENDER, daily, NOW).taken
        open_lanes(connection, NOW)

        assert not before
        assert take_slot(connection, SENDER, daily, NOW).taken
