"""Which slots are due: right on every day of the year, each exactly once."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.model import Daily, Every, Rule, Schedule, ScheduledJob, Slot, Weekly, Yearly
from newsroom.schedule import due_slots, latest_due, next_due, next_slots

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

HALF_HOURS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]


def one_job(rule: Rule, zone: ZoneInfo = STOCKHOLM) -> Schedule:
    """A schedule with a single job called `job`."""
    return Schedule(zone, (ScheduledJob("job", rule),))


def dues(rule: Rule, zone: ZoneInfo, since: datetime, now: datetime) -> list[datetime]:
    """The moments at which a rule is due."""
    return [slot.due for slot in due_slots(one_job(rule, zone), since, now)]


def midnight(year: int, month: int, day: int, zone: ZoneInfo = STOCKHOLM) -> datetime:
    """The first moment of a local day."""
    return datetime(year, month, day, tzinfo=zone)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (time(0, 0), "2026-03-28T23:00"),
        (time(0, 30), "2026-03-28T23:30"),
        (time(1, 59), "2026-03-29T00:59"),
        (time(2, 0), "2026-03-29T01:00"),
        (time(2, 30), "2026-03-29T01:00"),
        (time(2, 59), "2026-03-29T01:00"),
        (time(3, 0), "2026-03-29T01:00"),
        (time(3, 30), "2026-03-29T01:30"),
    ],
)
def test_spring(at: time, due: str) -> None:
    """A time that the clocks skip stands for the first moment after the gap."""
    day = dues(Daily(at), STOCKHOLM, midnight(2026, 3, 29) - MINUTE, midnight(2026, 3, 30) - MINUTE)

    assert [moment.strftime("%Y-%m-%dT%H:%M") for moment in day] == [due]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (time(0, 0), "2026-10-24T22:00"),
        (time(0, 30), "2026-10-24T22:30"),
        (time(2, 0), "2026-10-25T00:00"),
        (time(2, 30), "2026-10-25T00:30"),
        (time(2, 59), "2026-10-25T00:59"),
        (time(3, 0), "2026-10-25T02:00"),
    ],
)
def test_autumn(at: time, due: str) -> None:
    """A time that the clocks repeat stands for the first of the two."""
    day = dues(
        Daily(at), STOCKHOLM, midnight(2026, 10, 25) - MINUTE, midnight(2026, 10, 26) - MINUTE
    )

    assert [moment.strftime("%Y-%m-%dT%H:%M") for moment in day] == [due]


@pytest.mark.parametrize("at", HALF_HOURS)
def test_one_slot_each_local_date(at: time) -> None:
    """A daily job has one slot on each date of 2026–2035, whatever the clocks do."""
    moments = dues(
        Daily(at), STOCKHOLM, midnight(2026, 1, 1) - MINUTE, midnight(2036, 1, 1) - MINUTE
    )

    dates = [moment.astimezone(STOCKHOLM).date() for moment in moments]
    assert dates == [date(2026, 1, 1) + n * DAY for n in range(3652)]


@pytest.mark.parametrize("at", [time(0), time(0, 30), time(2, 30)])
def test_weekly_after_a_clock_change(at: time) -> None:
    """The Monday after a change is kept, at midnight too."""
    weeks = dues(Weekly(0, at), STOCKHOLM, midnight(2026, 3, 20), midnight(2026, 4, 10))

    assert [moment.astimezone(STOCKHOLM).strftime("%m-%d %H:%M") for moment in weeks] == [
        f"03-23 {at:%H:%M}",
        f"03-30 {at:%H:%M}",
        f"04-06 {at:%H:%M}",
    ]


@pytest.mark.parametrize(
    ("rule", "local"),
    [
        (Yearly(6, time(9), weekday=1, nth=1), ["2026-06-02", "2027-06-01", "2028-06-06"]),
        (Yearly(12, time(9), weekday=4, nth=-1), ["2026-12-25", "2027-12-31", "2028-12-29"]),
        (Yearly(12, time(9), day=13), ["2026-12-13", "2027-12-13", "2028-12-13"]),
        (
            Yearly(6, time(9), weekday=1, nth=1, before=21 * DAY),
            ["2026-05-12", "2027-05-11", "2028-05-16"],
        ),
        (
            Yearly(1, time(9), weekday=1, nth=1, before=21 * DAY),
            ["2026-12-15", "2027-12-14", "2028-12-12"],
        ),
    ],
)
def test_yearly(rule: Yearly, local: list[str]) -> None:
    """Once a year, with days ahead counted back over the new year where they must."""
    moments = dues(rule, STOCKHOLM, midnight(2026, 1, 10), midnight(2029, 1, 1))

    assert [f"{moment.astimezone(STOCKHOLM):%Y-%m-%d}" for moment in moments] == local
    assert {moment.astimezone(STOCKHOLM).time() for moment in moments} == {time(9)}


@pytest.mark.parametrize(
    ("minutes", "since", "times"),
    [
        (240, "2026-03-28T19:59", ["20:00", "00:00", "04:00"]),
        (420, "2026-03-28T20:59", ["21:00", "00:00", "07:00"]),
        (1000, "2026-03-28T16:40", ["00:00", "16:40", "00:00"]),
    ],
)
def test_every_is_counted_from_midnight_utc(minutes: int, since: str, times: list[str]) -> None:
    """An interval does not know of clock changes, and begins anew each midnight."""
    start = datetime.fromisoformat(since).replace(tzinfo=UTC)

    moments = dues(Every(minutes * MINUTE), STOCKHOLM, start, start + 2 * DAY)

    assert [f"{moment:%H:%M}" for moment in moments][:3] == times


def test_interval_is_open_at_its_start_and_closed_at_its_end() -> None:
    """A slot at `since` has been seen; a slot at `now` is due."""
    nine = datetime(2026, 6, 2, 7, tzinfo=UTC)
    schedule = one_job(Daily(time(9)))

    assert due_slots(schedule, nine, nine + DAY) == (Slot(nine + DAY, "job"),)
    assert due_slots(schedule, nine, nine) == ()
    assert due_slots(schedule, nine + DAY, nine) == ()


def test_slots_are_in_order() -> None:
    """Slots of one moment come by the job's name, whatever the order of the file."""
    nine = Daily(time(9))
    schedule = Schedule(
        STOCKHOLM,
        (ScheduledJob("z", nine), ScheduledJob("a", nine), ScheduledJob("b", Daily(time(8)))),
    )

    slots = next_slots(schedule, midnight(2026, 6, 2), days=1)

    assert [slot.job for slot in slots] == ["b", "a", "z"]
    assert all(slot.due.tzinfo is UTC for slot in slots)


def test_since_in_the_repeated_hour() -> None:
    """The second 02:30 of an autumn night is after the first, though Python calls them equal."""
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=STOCKHOLM)
    first = second.replace(fold=0)

    assert dues(Daily(time(2, 30)), STOCKHOLM, first - MINUTE, second) == [first.astimezone(UTC)]
    assert dues(Daily(time(2, 30)), STOCKHOLM, first, second) == []
    assert dues(Every(30 * MINUTE), STOCKHOLM, first, second) == [
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]


def test_a_date_that_never_was() -> None:
    """Samoa had no 30 December 2011: its midnight is the next one, and is due once."""
    apia = ZoneInfo("Pacific/Apia")

    moments = dues(Daily(time(0)), apia, midnight(2011, 12, 29, apia), midnight(2012, 1, 1, apia))

    assert [f"{moment.astimezone(apia):%m-%d %H:%M}" for moment in moments] == [
        "12-31 00:00",
        "01-01 00:00",
    ]


@pytest.mark.parametrize("rule", [Daily(time(9)), Yearly(12, time(9), weekday=1, nth=-1)])
def test_the_calendar_has_an_end(rule: Rule) -> None:
    """A clock set to the end of Python's calendar gives its last slots, and no error."""
    end = datetime(9999, 12, 31, 20, tzinfo=UTC)

    assert dues(rule, STOCKHOLM, end - 5 * DAY, end)[-1].year == 9999


def test_next_due_is_the_first_slot() -> None:
    """The moment to wake at is that of the next slot, strictly after the moment asked from."""
    nine = datetime(2026, 6, 2, 7, tzinfo=UTC)

    assert next_due(Daily(time(9)), STOCKHOLM, nine - MINUTE) == nine
    assert next_due(Daily(time(9)), STOCKHOLM, nine) == nine + DAY


ZONES = ["Europe/Stockholm", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]
CHANGES = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4),
           date(2026, 10, 25), date(2026, 11, 1)]  # fmt: skip


def walk(at: time, zone: ZoneInfo, since: datetime, now: datetime) -> list[datetime]:
    """A daily job's moments found the slow way: the first minute of each date with `at` behind it.

    `since` must be the last minute of a local date.
    """
    found: dict[date, datetime] = {}
    moment = since + MINUTE
    while moment <= now:
        local = moment.astimezone(zone)
        if local.time() >= at:
            found.setdefault(local.date(), moment)
        moment += MINUTE
    return list(found.values())


@pytest.mark.parametrize("at", [time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(9)])
@pytest.mark.parametrize("zone", ZONES)
def test_agrees_with_a_walk_by_the_minute(zone: str, at: time) -> None:
    """Around every clock change of the year the calendar agrees with watching the clock."""
    place = ZoneInfo(zone)
    for change in CHANGES:
        noon = datetime.combine(change, time(12), place)
        since = (noon.replace(hour=0) - MINUTE).astimezone(UTC)
        now = since + 2 * DAY

        assert dues(Daily(at), place, since, now) == walk(at, place, since, now)


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
RULES = st.one_of(
    st.integers(60, 24 * 60).map(lambda minutes: Every(minutes * MINUTE)),
    TIMES.map(Daily),
    st.builds(Weekly, st.integers(0, 6), TIMES),
    st.builds(
        Yearly,
        st.integers(1, 12),
        TIMES,
        weekday=st.integers(0, 6),
        nth=st.sampled_from((1, 2, 3, 4, -1)),
        before=st.integers(0, 364).map(lambda days: days * DAY),
    ),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (hypothesis adds the zone)


@settings(deadline=None)  # a shared machine pauses
@given(
    rules=st.lists(RULES, min_size=1, max_size=3),
    zone=st.sampled_from(ZONES),
    cuts=st.lists(MOMENTS, min_size=2, max_size=6).map(sorted),
)
def test_no_cut_loses_or_doubles_a_slot(rules: list[Rule], zone: str, cuts: list[datetime]) -> None:
    """However often a process looks, the slots it sees are those of one long look."""
    jobs = tuple(ScheduledJob(f"job-{n}", rule) for n, rule in enumerate(rules))
    schedule = Schedule(ZoneInfo(zone), jobs)

    pieces = [slot for since, now in pairwise(cuts) for slot in due_slots(schedule, since, now)]

    assert tuple(pieces) == due_slots(schedule, cuts[0], cuts[-1])
    assert len(set(pieces)) == len(pieces)


@settings(deadline=None)  # a shared machine pauses
@given(rule=RULES, zone=st.sampled_from(ZONES), now=MOMENTS, years=st.integers(0, 6))
def test_the_latest_slot_is_the_last_of_all(
    rule: Rule, zone: str, now: datetime, years: int
) -> None:
    """Asked for alone it is what a list of all slots ends with, wherever the list begins."""
    place, since = ZoneInfo(zone), now - years * 365 * DAY - 20 * MINUTE
    step = timedelta(days=40) if isinstance(rule, Every) else timedelta(days=3000)

    listed = dues(rule, place, max(since, now - step), now)

    assert latest_due(rule, place, since, now) == (listed[-1] if listed else None)
