"""Another day for an issue, as people write it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from newsroom.errors import StateError
from newsroom.jobs.issue.another_day import another_day
from newsroom.model import Hours

ZONE = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PLANNED = datetime(2026, 12, 1, 8, tzinfo=UTC)  # a Tuesday, 09.00 in Stockholm


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-08", "2026-12-08T08:00"),
        (" 2026-12-08 13:30 ", "2026-12-08T12:30"),
        ("2026-12-08T13:30", "2026-12-08T12:30"),
        ("2027-06-01", "2027-06-01T07:00"),  # the same time on the clock, in summer
        ("vecka 50", "2026-12-08T08:00"),
        ("Vecka 50 2026", "2026-12-08T08:00"),
        ("v. 50", "2026-12-08T08:00"),
        ("v50", "2026-12-08T08:00"),
        ("week 50", "2026-12-08T08:00"),
        ("2026-W50", "2026-12-08T08:00"),
        ("8 december", "2026-12-08T08:00"),
        ("Den 8 dec.", "2026-12-08T08:00"),
        ("8 december 2026", "2026-12-08T08:00"),
        ("1 december", "2026-12-01T08:00"),
        ("1 dec 2026", "2026-12-01T08:00"),
        ("1 Dec. 2026", "2026-12-01T08:00"),
        ("tisdag 8 december", "2026-12-08T08:00"),
        ("lördag 5 december 2026 kl.\N{NO-BREAK SPACE}09.00", "2026-12-05T08:00"),
        ("Tuesday 8 December 2026, 10:30", "2026-12-08T09:30"),
        ("1 juni 2027", "2027-06-01T07:00"),
        ("week 53", "2026-12-29T08:00"),
        ("week 3 2027", "2027-01-19T08:00"),
    ],
)
def test_a_day_or_a_week(text: str, utc: str) -> None:
    """What is not written is as planned: the time, and in a week its day."""
    assert another_day(text, PLANNED, ZONE, NOW) == datetime.fromisoformat(f"{utc}+00:00")


def test_where_nothing_was_planned() -> None:
    """A Tuesday at nine."""
    day = datetime(2026, 12, 8, 8, tzinfo=UTC)

    assert another_day("week 50", None, ZONE, NOW) == day
    assert another_day("2026-12-08", None, ZONE, NOW) == day


@pytest.mark.parametrize("text", ["1 november", "1 juni", "week 3", "vecka 47"])
def test_what_is_past_this_year_needs_its_year(text: str) -> None:
    """It may be a slip: nobody moves an issue a year ahead without having written so."""
    with pytest.raises(StateError, match=f"write it with its year: {text} 2027"):
        another_day(text, PLANNED, ZONE, NOW)


@pytest.mark.parametrize("text", ["1 december", "2026-12-01", "week 49", "2026-W49"])
def test_today_is_today_however_it_is_written(text: str) -> None:
    """Until the time of day that was planned; after it the day is over, and never next year's."""
    planned, hour = PLANNED, timedelta(hours=1)

    assert another_day(text, planned, ZONE, planned - hour) == planned
    with pytest.raises(StateError, match="write a later one"):
        another_day(text, planned, ZONE, planned + hour)


def test_a_week_means_a_day_on_which_mail_leaves() -> None:
    """An issue that is planned for a Saturday leaves that week on the Friday, and not in the next.

    A date that somebody writes is theirs.
    """
    saturday = datetime(2026, 12, 5, 8, tzinfo=UTC)
    hours = Hours(frozenset(range(5)), time(8), time(18))

    friday = datetime(2026, 12, 11, 8, tzinfo=UTC)
    assert another_day("vecka 50", saturday, ZONE, NOW, hours) == friday
    assert another_day("vecka 50", PLANNED, ZONE, NOW, hours) == friday - timedelta(days=3)
    assert another_day("2026-12-05", PLANNED, ZONE, NOW, hours) == saturday


def test_a_weekday_that_does_not_fit_is_told() -> None:
    """One of the two is a slip."""
    with pytest.raises(StateError, match="2026-12-08 is no lördag"):
        another_day("lördag 8 december", PLANNED, ZONE, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "12/12",
        "snart 8 december",
        "8 december kl. 25.00",
        "8 decembre",
        "31 november",
        "week",
        "week 54",
        "week 99",
        "2026-13-01",
    ],
)
def test_what_is_no_day(text: str) -> None:
    """Anything else is refused, with an example."""
    with pytest.raises(StateError, match="write 2026-12-08, 8 December or week 50"):
        another_day(text, PLANNED, ZONE, NOW)


@pytest.mark.parametrize(
    "text", ["2026-11-22 09:00", "2026-11-21", "2028-12-01", "9999-12-31", "0001-01-01", "2020-W10"]
)
def test_a_day_that_is_not_to_come(text: str) -> None:
    """The past is over, and nobody plans for years ahead."""
    with pytest.raises(StateError, match="not a day of the coming year"):
        another_day(text, PLANNED, ZONE, NOW)
