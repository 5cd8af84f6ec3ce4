"""The plain words of a schedule, in English and Swedish, as values; None where they say none."""

import re
from datetime import timedelta

from newsroom.model import words_of_time
from newsroom.model.words_of_time import (
    MONTH_NAMES,
    UNITS,
    WEEKDAYS,
    find_time,
    find_weekday,
    plain_words,
    weekday_of,
)

__all__ = [
    "AHEAD",
    "MONTHS",
    "ORDINALS",
    "UNITS",
    "WEEKDAYS",
    "find_count",
    "find_day_of_month",
    "find_day_of_year",
    "find_days_before",
    "find_duration",
    "find_folder",
    "find_month",
    "find_time",
    "find_weekday",
]

MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names}
_SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1} | {
    **dict.fromkeys(("första", "förste"), 1),
    **dict.fromkeys(("andra", "andre"), 2),
    "tredje": 3,
    "fjärde": 4,
    **dict.fromkeys(("sista", "siste"), -1),
}
_EVERY_MONTH = 4  # of a weekday: not every month has a fifth

AHEAD = ("before", "före", "innan")

_COUNT = re.compile(r"[0-9]{1,4}")
_BARE_DAY = re.compile(r"[0-9]{1,2}")
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|:e|:a)")


def find_month(text: str) -> int | None:
    """The month, 1 for January: `june`, `juni`, `jun.`, `juni månad`."""
    match plain_words(text):
        case [month] | [month, "månad"]:
            return _month_of(month)
    return None


def find_day_of_month(text: str) -> tuple[int, int] | int | None:
    """Which one and which weekday, or the day itself: `sista fredagen` (-1, 4), `den 15:e` 15."""
    match plain_words(text):
        case [ordinal, day]:
            nth, weekday = _nth_of(ordinal), weekday_of(day)
            return None if nth is None or weekday is None else (nth, weekday)
        case [day] if found := _MONTH_DAY.fullmatch(day):
            return int(found[1])
    return None


def find_day_of_year(text: str) -> tuple[int, tuple[int, int] | int] | None:
    """The month and the day of it: `första tisdagen i juni`, `15 december`, `June 15th`."""
    match plain_words(text):
        case [*day, month] if (number := _month_of(month)) is not None:
            pass
        case [month, *day] if (number := _month_of(month)) is not None:
            pass
        case _:
            return None
    match day:
        case [bare] if _BARE_DAY.fullmatch(bare):
            return number, int(bare)
    found = find_day_of_month(" ".join(day))
    return None if found is None else (number, found)


def find_duration(text: str) -> timedelta | None:
    """A length of time longer than nothing: `5 minutes`, `6 timmar`."""
    return words_of_time.find_duration(text) or None


def find_days_before(text: str) -> timedelta | None:
    """Whole days ahead, fewer than a year: `21 days before`, `3 veckor före`."""
    match plain_words(text):
        case [number, unit, ahead] if ahead in AHEAD:
            length = find_duration(f"{number} {unit}")
            return length if length and _is_whole_days(length) else None
    return None


def find_count(text: str) -> int | None:
    """A number from 1 upward: `14`."""
    return int(text) or None if _COUNT.fullmatch(text) else None


def find_folder(text: str) -> str | None:
    """Where something is laid: a whole path, or one from the newsroom's folder."""
    return text if text and text.isprintable() and not text.startswith(("{", "[")) else None


def _month_of(word: str) -> int | None:
    word = word.removesuffix(".")
    return MONTHS.get(word) or _SHORT_MONTHS.get(word)


def _nth_of(word: str) -> int | None:
    """Which one an ordinal names, in a word or as `1st` and `2:a`."""
    if found := _MONTH_DAY.fullmatch(word):
        return nth if 0 < (nth := int(found[1])) <= _EVERY_MONTH else None
    return ORDINALS.get(word)


def _is_whole_days(length: timedelta) -> bool:
    return length % timedelta(days=1) == timedelta(0) and length < timedelta(days=365)
