"""The plain words of a schedule, in both languages."""

import unicodedata
from datetime import time, timedelta

import pytest

from newsroom.schedule import vocabulary


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("monday", 0),
        ("Monday", 0),
        ("on mondays", 0),
        ("every sunday", 6),
        ("måndag", 0),
        ("tisdagen", 1),
        ("tisdagar", 1),
        ("på lördagar", 5),
        ("varje söndag", 6),
        ("tisdagarna", 1),
        ("mon", 0),
        ("tues.", 1),
        ("Thurs", 3),
        ("mån", 0),
        ("tors.", 3),
        ("lör", 5),
        (unicodedata.normalize("NFD", "måndag"), 0),
    ],
)
def test_weekday(text: str, day: int) -> None:
    """A weekday is known by its name, however it is bent."""
    assert vocabulary.find_weekday(text) == day


@pytest.mark.parametrize("text", ["", "1", "0", "m", "monday tuesday", "first monday", "månd"])
def test_no_weekday(text: str) -> None:
    """Digits, several days and what nobody writes are no weekday."""
    assert vocabulary.find_weekday(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("june", 6),
        ("in June", 6),
        ("juni", 6),
        ("i maj", 5),
        ("mars", 3),
        ("december", 12),
        ("juni månad", 6),
        ("jun", 6),
        ("dec.", 12),
        ("Sept.", 9),
        ("okt", 10),
        ("Oct", 10),
    ],
)
def test_month(text: str, month: int) -> None:
    """A month is known by its name, in full or in short."""
    assert vocabulary.find_month(text) == month


@pytest.mark.parametrize("text", ["", "6", "ju", "june july", "junix"])
def test_no_month(text: str) -> None:
    """Digits and what could be two months are no month."""
    assert vocabulary.find_month(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("first tuesday", (1, 1)),
        ("the fourth Monday", (4, 0)),
        ("last friday", (-1, 4)),
        ("första tisdagen", (1, 1)),
        ("den andra onsdagen", (2, 2)),
        ("tredje torsdagen", (3, 3)),
        ("fjärde söndagen", (4, 6)),
        ("sista fredagen", (-1, 4)),
        ("15th", 15),
        ("the 1st", 1),
        ("den 15:e", 15),
        ("2:a", 2),
        ("1st tuesday", (1, 1)),
        ("1:a tisdagen", (1, 1)),
        ("3rd Thu", (3, 3)),
        ("förste tis.", (1, 1)),
        ("siste fredagen", (-1, 4)),
        ("last Fri of the", (-1, 4)),
        ("24", 24),
    ],
)
def test_day_of_month(text: str, day: tuple[int, int] | int) -> None:
    """A day of the month is a weekday with its ordinal, or a number with its ending."""
    assert vocabulary.find_day_of_month(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "155", "tuesday", "fifth monday", "5th monday", "0:e måndagen", "first", "first june"],
)
def test_no_day_of_month(text: str) -> None:
    """A weekday says not which one, and not every month has a fifth Monday."""
    assert vocabulary.find_day_of_month(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("första tisdagen i juni", (6, (1, 1))),
        ("sista fredagen i mars", (3, (-1, 4))),
        ("1:a tisdagen i dec.", (12, (1, 1))),
        ("the last Friday of March", (3, (-1, 4))),
        ("first tuesday in june", (6, (1, 1))),
        ("15 december", (12, 15)),
        ("den 15:e juni", (6, 15)),
        ("June 15th", (6, 15)),
        ("the 1st of May", (5, 1)),
    ],
)
def test_day_of_year(text: str, day: tuple[int, tuple[int, int] | int]) -> None:
    """A day of the year is a day of the month with its month, before it or after."""
    assert vocabulary.find_day_of_year(text) == day


@pytest.mark.parametrize("text", ["", "june", "first tuesday", "tuesday june", "155 june", "6 15"])
def test_no_day_of_year(text: str) -> None:
    """Without a month, or without a day of it, there is none."""
    assert vocabulary.find_day_of_year(text) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("5 minutes", timedelta(minutes=5)),
        ("1 minut", timedelta(minutes=1)),
        ("6 hours", timedelta(hours=6)),
        ("6 timmar", timedelta(hours=6)),
        ("2 dygn", timedelta(days=2)),
        ("3 veckor", timedelta(weeks=3)),
        ("every 5 minutes", timedelta(minutes=5)),
        ("10 min", timedelta(minutes=10)),
        ("2 h", timedelta(hours=2)),
        ("2 tim", timedelta(hours=2)),
        ("en timme", timedelta(hours=1)),
        ("a week", timedelta(weeks=1)),
        ("tre dygn", timedelta(days=3)),
        ("twelve minutes", timedelta(minutes=12)),
    ],
)
def test_duration(text: str, length: timedelta) -> None:
    """A length of time is a number and a unit."""
    assert vocabulary.find_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "5", "minutes", "0 minutes", "-5 minutes", "1.5 hours", "5 parsecs", "99999 days"]
)
def test_no_duration(text: str) -> None:
    """A length of time has a unit and is longer than nothing."""
    assert vocabulary.find_duration(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("21 days before", 21),
        ("21 dagar före", 21),
        ("3 veckor innan", 21),
        ("1 day before", 1),
        ("1 vecka före", 7),
        ("en vecka före", 7),
        ("två veckor i förväg", 14),
        ("a week ahead", 7),
        ("three weeks before", 21),
    ],
)
def test_days_before(text: str, days: int) -> None:
    """Days ahead are counted in whole days or weeks."""
    assert vocabulary.find_days_before(text) == timedelta(days=days)


@pytest.mark.parametrize(
    "text",
    ["21", "21 days", "21 days after", "6 hours before", "0 days before", "365 days before"],
)
def test_no_days_before(text: str) -> None:
    """Hours, days after, and a year or more are no days ahead."""
    assert vocabulary.find_days_before(text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09:00", time(9)),
        ("9:00", time(9)),
        ("09.30", time(9, 30)),
        ("kl. 13.00", time(13)),
        ("kl 13.00", time(13)),
        ("klockan 13.00", time(13)),
        ("23:59", time(23, 59)),
    ],
)
def test_time(text: str, at: time) -> None:
    """A time of day is hours and minutes, as people in either language write them."""
    assert vocabulary.find_time(text) == at


@pytest.mark.parametrize("text", ["", "9", "24:00", "09:60", "9 am", "09:00:00", "900"])
def test_no_time(text: str) -> None:
    """What is not on the clock is no time of day."""
    assert vocabulary.find_time(text) is None


@pytest.mark.parametrize(("text", "count"), [("14", 14), ("1", 1), ("0", None), ("many", None)])
def test_count(text: str, count: int | None) -> None:
    """A count is a number from 1 upward."""
    assert vocabulary.find_count(text) == count
