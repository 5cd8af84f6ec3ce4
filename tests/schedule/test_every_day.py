"""Every slot of ten years, held against somebody who watches the clock on the wall.

In short form with the other tests: every day on which clocks change with the day before and the
day after it, and one day in sixty of the others. `EVERY_DAY=1 pytest tests/schedule` is the long
one: every minute of the ten years.
"""

import os
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.model import Daily, Every, Rule, Schedule, ScheduledJob, Weekly, Yearly
from newsroom.schedule import due_slots, next_due
from tests.schedule import naive_walk
from tests.schedule.naive_walk import DAY, MINUTE

ZONES = ["Europe/Stockholm", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]
# Zones whose clocks change at midnight, by odd steps, or by the moon.
ODD = ["Africa/Cairo", "America/Havana", "America/Santiago", "Pacific/Chatham", "Africa/Casablanca"]
HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
TEN_YEARS = [FIRST + n * DAY for n in range((LAST - FIRST) // DAY + 1)]
IN_FULL = bool(os.environ.get("EVERY_DAY"))
LEAP_YEAR = 2028
_ONE_IN = 60


def dues(rule: Rule, zone: ZoneInfo, since: datetime, now: datetime) -> list[datetime]:
    """What is held against the walk."""
    return [slot.due for slot in due_slots(one_job(rule, zone), since, now)]


def one_job(rule: Rule, zone: ZoneInfo) -> Schedule:
    """A schedule of one job."""
    return Schedule(zone, (ScheduledJob("job", rule),))


def spells(zone: ZoneInfo) -> list[tuple[date, date]]:
    """The days that are looked at, from one to another."""
    if IN_FULL:
        return [(FIRST, LAST)]
    changes = [
        (day - DAY, day + DAY)
        for day in TEN_YEARS[2:-2]
        if offset(zone, day) != offset(zone, day + DAY)
    ]
    return [*changes, *((day, day) for day in TEN_YEARS[::_ONE_IN])]


def offset(zone: ZoneInfo, day: date) -> timedelta | None:
    """How far the clocks are from UTC as a day begins."""
    return datetime.combine(day, time(), zone).utcoffset()


@pytest.mark.parametrize("name", [*ZONES, *ODD])
def test_every_half_hour_of_every_day(name: str) -> None:
    """None is skipped and none doubled; gaps and repeated hours are as the clock shows them."""
    zone, slots, spent = ZoneInfo(name), 0, 0.0
    for first, last in spells(zone):
        seen = naive_walk.each_day(zone, HALF_HOURS, first, last)
        for at, moments in seen.items():
            begun = perf_counter()
            found = dues(Daily(at), zone, moments[0] - MINUTE, moments[-1])
            spent += perf_counter() - begun
            assert found == list(dict.fromkeys(moments)), (name, at)
            assert len(moments) == (last - first) // DAY + 1
            slots += len(found)
    print(f"{name}: {slots} slots, {spent / slots * 1e6:.1f} µs each")  # noqa: T201 (for -s)


NIGHTS = [
    Yearly(3, time(2, 30), weekday=6, nth=-1),  # the night of the spring change in Europe
    Yearly(10, time(2, 30), weekday=6, nth=-1),
    Yearly(3, time(2, 0), weekday=6, nth=2),  # in America
    Yearly(11, time(1, 30), weekday=6, nth=1),
    Yearly(10, time(2, 15), weekday=6, nth=1),  # on Lord Howe, by half an hour
    Yearly(4, time(1, 45), weekday=6, nth=1),
    Yearly(3, time(0, 0), day=31),
    Yearly(2, time(9), day=29),  # comes in leap years only
    Yearly(1, time(0), weekday=0, nth=1, before=timedelta(days=21)),
]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("rule", NIGHTS, ids=str)
def test_the_days_of_ten_years(rule: Yearly, name: str) -> None:
    """Last Sundays, first Mondays, month ends and 29 February, each in its year."""
    zone = ZoneInfo(name)
    since, now = datetime(2025, 12, 31, tzinfo=UTC), datetime(2036, 1, 2, tzinfo=UTC)

    assert dues(rule, zone, since, now) == naive_walk.dues(rule, zone, since, now)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
OFTEN = st.one_of(
    st.integers(7, 24 * 60).map(lambda minutes: Every(minutes * MINUTE)),
    TIMES.map(Daily),
)
SELDOM = st.one_of(
    st.builds(
        Yearly,
        st.integers(1, 12),
        TIMES,
        weekday=st.integers(0, 6),
        nth=st.sampled_from((1, 2, 3, 4, -1)),
        before=st.integers(0, 364).map(lambda days: days * DAY),
    ),
    st.builds(
        Yearly,
        st.integers(1, 12),
        TIMES,
        day=st.integers(1, 31),
        before=st.integers(0, 364).map(lambda days: days * DAY),
    ).filter(lambda rule: (rule.day or 0) <= monthrange(LEAP_YEAR, rule.month)[1]),
)
LENGTHS = st.one_of(
    st.tuples(OFTEN, st.integers(0, 10 * 24 * 60)),
    st.tuples(st.builds(Weekly, st.integers(0, 6), TIMES), st.integers(0, 60 * 24 * 60)),
    st.tuples(SELDOM, st.integers(0, 3 * 365 * 24 * 60)),
)
STARTS = st.integers(0, len(TEN_YEARS) * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE
)


@settings(max_examples=10_000 if IN_FULL else 200)
@given(pair=LENGTHS, name=st.sampled_from([*ZONES, *ODD]), since=STARTS)
def test_any_rule_in_any_window(pair: tuple[Rule, int], name: str, since: datetime) -> None:
    """Whatever the rule, the zone and the window: what is due is what the walk sees."""
    (rule, minutes), zone = pair, ZoneInfo(name)
    now = since + minutes * MINUTE

    assert dues(rule, zone, since, now) == naive_walk.dues(rule, zone, since, now)


@settings(max_examples=10_000 if IN_FULL else 200)
@given(pair=LENGTHS, name=st.sampled_from([*ZONES, *ODD]), since=STARTS, share=st.floats(0, 1))
def test_a_window_cut_in_two(
    pair: tuple[Rule, int], name: str, since: datetime, share: float
) -> None:
    """Two looks one after the other see together what one look sees, and the clock wakes at each.

    `next_due` from any moment is the first of the slots after it.
    """
    (rule, minutes), zone = pair, ZoneInfo(name)
    middle, now = since + share * minutes * MINUTE, since + minutes * MINUTE
    whole = dues(rule, zone, since, now)

    assert dues(rule, zone, since, middle) + dues(rule, zone, middle, now) == whole
    upcoming = next_due(rule, zone, middle)
    later = [due for due in whole if due > middle]
    assert (later and later[0]) or upcoming > now
    assert not later or later[0] == upcoming


def test_ten_years_in_one_look() -> None:
    """Whoever has been away for ten years is given each of the quarters of an hour since, once."""
    since, now = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    quarter = 15 * MINUTE

    found = dues(Every(quarter), ZoneInfo("Europe/Stockholm"), since, now)

    assert found == [since + n * quarter for n in range(1, (now - since) // quarter + 1)]
