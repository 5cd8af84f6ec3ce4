"""Weekdays, lengths of time and times of day in plain words, English and Swedish."""

import re
import unicodedata
from datetime import time, timedelta

_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SWEDISH_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

WEEKDAYS = {
    **{day + end: n for n, day in enumerate(_ENGLISH_DAYS) for end in ("", "s")},
    **{day + end: n for n, day in enumerate(_SWEDISH_DAYS) for end in ("", "en", "ar", "arna")},
}

_SHORT_DAYS = (
    ("mon", "mån"),
    ("tue", "tues", "tis"),
    ("wed", "weds", "ons"),
    ("thu", "thur", "thurs", "tor", "tors"),
    ("fri", "fre"),
    ("sat", "lör"),
    ("sun", "sön"),
)
_DAYS = WEEKDAYS | {name: n for n, names in enumerate(_SHORT_DAYS) for name in names}

MONTH_NAMES = (  # from January; the first three letters of each are its short form
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
)

UNITS = {
    **dict.fromkeys(("minute", "minutes", "minut", "minuter", "min"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours", "timme", "timmar", "h", "tim"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days", "dag", "dagar", "dygn"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks", "vecka", "veckor"), timedelta(weeks=1)),
}

_SMALL_WORDS = {"on", "every", "the", "in", "of", "på", "varje", "den", "i"}
_NUMBER = re.compile(r"[0-9]{1,4}")
_TIME = re.compile(r"(?:kl\.? *|klockan +)?([0-9]{1,2})[:.]([0-9]{2})")


def find_weekday(text: str) -> int | None:
    """The day of the week, 0 for Monday: `monday`, `on mondays`, `måndagar`, `mån.`."""
    match plain_words(text):
        case [day]:
            return weekday_of(day)
    return None


def weekday_of(word: str) -> int | None:
    """The day that a word in small letters names in full or in short, 0 for Monday."""
    return _DAYS.get(word.removesuffix("."))


def find_duration(text: str) -> timedelta | None:
    """A length of time: `5 minutes`, `6 timmar`, `0 minutes`."""
    match plain_words(text):
        case [number, unit] if _NUMBER.fullmatch(number) and unit in UNITS:
            return int(number) * UNITS[unit]
    return None


def find_time(text: str) -> time | None:
    """A time of day: `09:00`, `kl. 9.00`."""
    found = _TIME.fullmatch(plain(text))
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:  # 24:00, 09:60
        return None


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without those that say nothing."""
    return [word for word in plain(text).split() if word not in _SMALL_WORDS]


def plain(text: str) -> str:
    """A text in small letters, each letter one sign."""
    # macOS writes å as a and a ring; the tables above hold the single letter.
    return unicodedata.normalize("NFC", text).casefold().strip()
