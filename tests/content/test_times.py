from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.times import guess, in_zone, read_when

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-11-02", "2026-11-01T23:00"),
        ("2026-07-02T09:00", "2026-07-02T07:00"),
        ("2026-11-02 09:00:30", "2026-11-02T08:00:30"),
        ("2026-11-02T09:00Z", "2026-11-02T09:00"),
        ("2026-11-02 09:00 -0500", "2026-11-02T14:00"),
        ("2026-11-02T09:00:00+05:30", "2026-11-02T03:30"),
    ],
)
def test_times_are_civil_in_the_sites_zone(written: str, instant: str) -> None:
    """A time without offset is what the clock shows in the site's zone, whatever the host's."""
    when = read_when(written)

    assert when is not None
    moment, remark = in_zone(when, STOCKHOLM)
    assert moment == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert (moment.tzinfo, remark) == (STOCKHOLM, None)


@pytest.mark.parametrize(
    "written",
    ["2026-13-01", "2026-02-30", "2026-1-1", "26-01-01", "2026-11-02T24:00", "x", "２026-11-02"],
)
def test_what_is_no_date(written: str) -> None:
    """Days and times that do not exist, and other forms, are no dates."""
    assert read_when(written) is None


def test_a_day_alone_gets_the_clock_time_asked_for() -> None:
    """A deadline on a day is its end, news on a day its beginning."""
    when = read_when("2026-11-02")

    assert when is not None
    assert in_zone(when, STOCKHOLM, time(23, 59))[0].hour == 23


def test_a_time_that_spring_skips_is_the_first_after_the_gap() -> None:
    """02:30 on the day the clocks go forward becomes 03:00, with a remark."""
    when = read_when("2026-03-29T02:30")

    assert when is not None
    moment, remark = in_zone(when, STOCKHOLM)
    assert moment.astimezone(UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert remark == "02:30 does not exist on 2026-03-29; 03:00 is used"


def test_a_midnight_that_spring_skips() -> None:
    """Where clocks go forward at midnight, the day begins at one."""
    when = read_when("2025-03-30")

    assert when is not None
    moment, _ = in_zone(when, ZoneInfo("Asia/Beirut"))
    assert (moment.hour, moment.day) == (1, 30)


def test_a_time_that_comes_twice_is_the_first() -> None:
    """02:30 on the day the clocks go back is the one in summer time, with a remark."""
    when = read_when("2026-10-25T02:30")

    assert when is not None
    moment, remark = in_zone(when, STOCKHOLM)
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert remark == "02:30 comes twice on 2026-10-25; the first is used"


def test_an_offset_settles_a_time_that_comes_twice() -> None:
    """With an offset nothing is unclear, and nothing is remarked."""
    when = read_when("2026-10-25T02:30+01:00")

    assert when is not None
    moment, remark = in_zone(when, STOCKHOLM)
    assert (moment.astimezone(UTC), remark) == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("2.11.26", "2026-11-02"),
        ("2/11/2026", "2026-11-02"),
        ("11/28/2026", "2026-11-28"),
        ("2026-1-2", "2026-01-02"),
        ("20261102", "2026-11-02"),
        ("2026-02-30", "2026-02-28"),
        ("12 april 2026", "2026-04-12"),
        ("den 12 april 2026", "2026-04-12"),
        ("3 maj 2026 kl. 9.00", "2026-05-03T09:00"),
        ("April 12th, 2026", "2026-04-12"),
        ("1 oct 2026 10:30", "2026-10-01T10:30"),
        ("torsdag", None),
        ("12 aprill 20", None),
        ("40 maj 2026", None),
        ("2026-14-40", None),
    ],
)
def test_other_forms_are_guessed_for_the_message(written: str, likely: str | None) -> None:
    """What somebody probably meant is offered, never used."""
    assert guess(written) == likely
