"""The plain words of a schedule, in English and Swedish, as values; None where they say none."""

import re
import unicodedata
from datetime import time, timedelta

_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SWEDISH_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

WEEKDAYS = {
    **{day + end: n for n, day in enumerate(_ENGLISH_DAYS) for end in ("", "s")},
    **{day + end: n for n, day in enumerate(_SWEDISH_DAYS) for end in ("", "en", "ar")},
}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "januari"),
            ("february", "februari"),
            ("march", "mars"),
            ("april",),
            ("may", "maj"),
            ("june", "juni"),
            ("july", "juli"),
            ("august", "augusti"),
            ("september",),
            ("october", "oktober"),
            ("november",),
            ("december",),
        ),
        start=1,
    )
    for name in names
}

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1} | {
    "första": 1,
    "andra": 2,
    "tredje": 3,
    "fjärde": 4,
    "sista": -1,
}

UNITS = {
    **dict.fromkeys(("minute", "minutes", "minut", "minuter"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours", "timme", "timmar"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days", "dag", "dagar", "dygn"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks", "vecka", "veckor"), timedelta(weeks=1)),
}

AHEAD = ("before", "före", "innan")

_SMALL_WORDS = {"on", "every", "the", "in", "på", "varje", "den", "i"}
_NUMBER = re.compile(r"[0-9]{1,4}")
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|:e|:a)")
_TIME = re.compile(r"(?:kl\.? *)?([0-9]{1,2})[:.]([0-9]{2})")


def find_weekday(text: str) -> int | None:
    """The day of the week, 0 for Monday: `monday`, `on mondays`, `måndagar`."""
    match _words(text):
        case [day]:
            return WEEKDAYS.get(day)
    return None


def find_month(text: str) -> int | None:
    """The month, 1 for January: `june`, `juni`."""
    match _words(text):
        case [month]:
            return MONTHS.get(month)
    return None


def find_day_of_month(text: str) -> tuple[int, int] | int | None:
    """Which one and which weekday, or the day itself: `sista fredagen` (-1, 4), `den 15:e` 15."""
    match _words(text):
        case [ordinal, day] if ordinal in ORDINALS and day in WEEKDAYS:
            return ORDINALS[ordinal], WEEKDAYS[day]
        case [day] if found := _MONTH_DAY.fullmatch(day):
            return int(found[1])
    return None


def find_duration(text: str) -> timedelta | None:
    """A length of time: `5 minutes`, `6 timmar`."""
    match _words(text):
        case [number, unit] if _NUMBER.fullmatch(number) and unit in UNITS:
            return int(number) * UNITS[unit] or None
    return None


def find_days_before(text: str) -> timedelta | None:
    """Whole days ahead, fewer than a year: `21 days before`, `3 veckor före`."""
    match _words(text):
        case [number, unit, ahead] if ahead in AHEAD:
            length = find_duration(f"{number} {unit}")
            return length if length and _is_whole_days(length) else None
    return None


def find_time(text: str) -> time | None:
    """A time of day: `09:00`, `kl. 9.00`."""
    found = _TIME.fullmatch(_plain(text))
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:  # 24:00, 09:60
        return None


def find_count(text: str) -> int | None:
    """A number from 1 upward: `14`."""
    return int(text) or None if _NUMBER.fullmatch(text) else None


def _is_whole_days(length: timedelta) -> bool:
    return length % timedelta(days=1) == timedelta(0) and length < timedelta(days=365)


def _words(text: str) -> list[str]:
    return [word for word in _plain(text).split() if word not in _SMALL_WORDS]


def _plain(text: str) -> str:
    # macOS writes å as a and a ring; the tables above hold the single letter.
    return unicodedata.normalize("NFC", text).casefold().strip()
