"""What stands at hand of a language is what CLDR says of it."""

from datetime import date, timedelta

import pytest

from newsroom.render.almanac import AT_HAND, Almanac, CldrAlmanac, almanac

DAYS = [date(2028, 1, 1) + timedelta(days) for days in range(366)]


@pytest.fixture(params=AT_HAND)
def both(request: pytest.FixtureRequest) -> tuple[Almanac, CldrAlmanac]:
    """A language's almanac that we bring, and the one that Babel has."""
    return AT_HAND[request.param], CldrAlmanac(request.param)


def test_days_are_those_of_cldr(both: tuple[Almanac, CldrAlmanac]) -> None:
    """Each day of a year, with its year, without it, by its weekday, and from the first of it."""
    ours, theirs = both

    for day in DAYS:
        assert ours.date(day) == theirs.date(day)
        assert ours.day(day) == theirs.day(day)
        assert ours.weekday(day) == theirs.weekday(day)
        assert ours.days(day.replace(day=1), day) == theirs.days(day.replace(day=1), day)


def test_months_are_those_of_cldr(both: tuple[Almanac, CldrAlmanac]) -> None:
    """Each month with its year, alone, and short."""
    ours, theirs = both

    for month in range(1, 13):
        assert ours.month(2028, month) == theirs.month(2028, month)
        assert ours.month_name(month) == theirs.month_name(month)
        assert ours.short_month(month) == theirs.short_month(month)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de", "1. März 2028"),
        ("en-US", "March 1, 2028"),
        ("nb", "1. mars 2028"),
        ("xx", "1 March 2028"),
    ],
)
def test_other_languages_are_asked_of_cldr(lang: str, words: str) -> None:
    """Each has its own order and points; one that nobody knows reads English."""
    assert almanac(lang).date(date(2028, 3, 1)) == words
