"""Weekdays, lengths of time and times of day in plain words, English and Swedish."""

import re
import unicodedata
from datetime import time, timedelta

_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SWEDISH_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

ENGLISH_WEEKDAYS = {day + end: n for n, day in enumerate(_ENGLISH_DAYS) for end in ("", "s")}
SWEDISH_WEEKDAYS = {
    day + end: n for n, day in enumerate(_SWEDISH_DAYS) for end in ("", "en", "ar", "arna")
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
_DAYS = {
    **ENGLISH_WEEKDAYS,
    **SWEDISH_WEEKDAYS,
    **{name: n for n, names in enumerate(_SHORT_DAYS) for name in names},
}

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

ENGLISH_UNITS = {
    **dict.fromkeys(("minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("day", "days"), timedelta(days=1)),
    **dict.fromkeys(("week", "weeks"), timedelta(weeks=1)),
}
SWEDISH_UNITS = {
    **dict.fromkeys(("minut", "minuter"), timedelta(minutes=1)),
    **dict.fromkeys(("timme", "timmar"), timedelta(hours=1)),
    **dict.fromkeys(("dag", "dagar", "dygn"), timedelta(days=1)),
    **dict.fromkeys(("vecka", "veckor"), timedelta(weeks=1)),
}
_SHORT_UNITS = {
    "min": timedelta(minutes=1),
    **dict.fromkeys(("h", "tim"), timedelta(hours=1)),
}
UNITS = {**ENGLISH_UNITS, **SWEDISH_UNITS, **_SHORT_UNITS}

_NUMBERS_IN_WORDS = (  # from one
    ("a", "an", "one", "en", "ett"),
    ("two", "två"),
    ("three", "tre"),
    ("four", "fyra"),
    ("five", "fem"),
    ("six", "sex"),
    ("seven", "sju"),
    ("eight", "åtta"),
    ("nine", "nio"),
    ("ten", "tio"),
    ("eleven", "elva"),
    ("twelve", "tolv"),
)
_NUMBER_OF = {word: n for n, words in enumerate(_NUMBERS_IN_WORDS, 1) for word in words}

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
    """A length of time: `5 minutes`, `6 timmar`, `en vecka`, `0 minutes`."""
    match plain_words(text):
        case [number, unit] if unit in UNITS and (count := _count_of(number)) is not None:
            return count * UNITS[unit]
    return None


def _count_of(word: str) -> int | None:
    """The number that a word in small letters stands for, in figures or up to twelve in letters."""
    return int(word) if _NUMBER.fullmatch(word) else _NUMBER_OF.get(word)


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
