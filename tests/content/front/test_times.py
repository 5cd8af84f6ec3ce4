from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.front.times import When, days_of_month, guess, in_zone, read_when

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)


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
    "written",
    [
        "0001-01-01",
        "0999-12-31T23:59",
        "9001-01-01",
        "9999-12-31T23:59-10:00",
        "0001-01-01T00:00+14:00",
    ],
)
def test_a_year_that_no_calendar_counts_from(written: str) -> None:
    """Years before 1000 and after 9000 are refused, whatever their offset."""
    when = read_when(written) or When(date.min)

    with pytest.raises(OverflowError, match="no calendar counts from"):
        in_zone(when, STOCKHOLM)


@pytest.mark.parametrize("written", ["1000-01-01T00:00+14:00", "9000-12-31T23:59-12:00"])
def test_the_first_and_last_year_can_be_counted_from(written: str) -> None:
    """What is not refused can be put into any zone, with a day before it and after it."""
    when = read_when(written)

    assert when is not None
    moment, _ = in_zone(when, STOCKHOLM)
    assert datetime.fromtimestamp((moment - DAY).timestamp(), UTC) < moment < moment + DAY


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("2.11.26", "2026-11-02"),
        ("2/11/2026", "2026-11-02"),
        ("11/28/2026", "2026-11-28"),
        ("2026-1-2", "2026-01-02"),
        ("20261102", "2026-11-02"),
        ("2026-02-30", None),
        ("31/11/2026", None),
        ("2026-12-01 kl. 13", "2026-12-01T13:00"),
        ("20261101 kl 9", "2026-11-01T09:00"),
        ("2026-12-01, klockan 9.30", "2026-12-01T09:30"),
        ("måndag 2.11.26 09:00", "2026-11-02T09:00"),
        ("2.11.26 9–11", None),
        ("2026-11-02 25:00", None),
        ("2.11.26 kl 9 och 13", None),
        ("Nov 2, 2026, 2 pm", None),
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
    """What somebody probably meant is offered, never used, and only when nothing of it is lost."""
    assert guess(written) == likely


@pytest.mark.parametrize(
    ("written", "likely"),
    [("14.30", "2026-12-01T14:30"), ("kl 9", "2026-12-01T09:00"), ("sent", None), ("9-11", None)],
)
def test_a_clock_time_alone_is_of_a_day_that_is_known(written: str, likely: str | None) -> None:
    """An end without its day is most likely of the day that the event starts on."""
    assert guess(written, on=date(2026, 12, 1)) == likely
    assert guess(written) is None


@pytest.mark.parametrize(
    ("written", "last"), [("2026-11-31", date(2026, 11, 30)), ("2026-13-31", None), ("snart", None)]
)
def test_a_day_that_its_month_does_not_have(written: str, last: date | None) -> None:
    """The month's own days are told, since nobody knows which of them is meant."""
    days = days_of_month(written)

    assert (days and days[1]) == last
