"""Another day for an issue, as people write it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.errors import StateError
from newsroom.jobs.issue.another_day import another_day

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
        ("1 juni", "2027-06-01T07:00"),  # that of this year is over
        ("week 53", "2026-12-29T08:00"),
        ("week 3", "2027-01-19T08:00"),  # that of this year is over
        ("week 47", "2027-11-23T08:00"),
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


@pytest.mark.parametrize(
    "text", ["", "soon", "8 decembre", "31 november", "week", "week 54", "week 99", "2026-13-01"]
)
def test_what_is_no_day(text: str) -> None:
    """Anything else is refused, with an example."""
    with pytest.raises(StateError, match="write 2026-12-08 or week 50"):
        another_day(text, PLANNED, ZONE, NOW)


@pytest.mark.parametrize(
    "text", ["2026-11-22 09:00", "2026-11-21", "2028-12-01", "9999-12-31", "0001-01-01", "2020-W10"]
)
def test_a_day_that_is_not_to_come(text: str) -> None:
    """The past is over, and nobody plans for years ahead."""
    with pytest.raises(StateError, match="not a day of the coming year"):
        another_day(text, PLANNED, ZONE, NOW)
