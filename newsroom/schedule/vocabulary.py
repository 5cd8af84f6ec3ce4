"""The words of schedule.yaml in English and Swedish, as values; None for any other word."""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from newsroom.model import words_of_time
from newsroom.model.words_of_time import (
    ENGLISH_UNITS,
    ENGLISH_WEEKDAYS,
    MONTH_NAMES,
    SWEDISH_UNITS,
    SWEDISH_WEEKDAYS,
    find_time,
    find_weekday,
    plain,
    plain_words,
    weekday_of,
)

__all__ = [
    "AHEAD",
    "MONTHS",
    "ORDINALS",
    "UNITS",
    "WEEKDAYS",
    "Words",
    "find_count",
    "find_day_of_month",
    "find_day_of_year",
    "find_days_before",
    "find_duration",
    "find_folder",
    "find_month",
    "find_time",
    "find_weekday",
    "is_each_day",
    "is_never",
    "is_several_days",
    "is_swedish",
    "last_for_fifth",
]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one kind, as they are written in each language."""

    english: tuple[str, ...] = ()
    swedish: tuple[str, ...] = ()

    def in_order(self, *, swedish_first: bool) -> tuple[str, ...]:
        """All of them, those of the writer's language before the others."""
        one, other = self.english, self.swedish
        return (*other, *one) if swedish_first else (*one, *other)

    def __add__(self, more: "Words") -> "Words":
        return Words(self.english + more.english, self.swedish + more.swedish)


_ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_SWEDISH_ORDINALS = {
    "första": 1,
    "förste": 1,
    "andra": 2,
    "andre": 2,
    "tredje": 3,
    "fjärde": 4,
    "sista": -1,
    "siste": -1,
}
_ORDINALS = _ENGLISH_ORDINALS | _SWEDISH_ORDINALS
_EVERY_MONTH = 4  # of a weekday: not every month has a fifth
_FIFTH = ("fifth", "5th", "femte", "5:e")

WEEKDAYS = Words(tuple(ENGLISH_WEEKDAYS), tuple(SWEDISH_WEEKDAYS))
MONTHS = Words(*(tuple(names[i % len(names)] for names in MONTH_NAMES) for i in range(2)))
ORDINALS = Words(tuple(_ENGLISH_ORDINALS), tuple(_SWEDISH_ORDINALS))
UNITS = Words(tuple(ENGLISH_UNITS), tuple(SWEDISH_UNITS))
AHEAD = Words(("before", "ahead"), ("före", "innan", "förväg"))
_ALL = WEEKDAYS + MONTHS + ORDINALS + UNITS + AHEAD
_NAMES_OF_FIELDS = {"day"}  # which stand in a Swedish file as well

_MONTH_OF = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names}
_SHORT_MONTHS = {name[:3]: number for name, number in _MONTH_OF.items()} | {"sept": 9}
_EACH_DAY = (["dag"], ["day"], ["dagligen"], ["daily"], ["alla", "dagar"], ["all", "days"])
_SEVERAL_DAYS = {
    *("weekday", "weekdays", "workday", "workdays", "weekend", "weekends"),
    *("vardag", "vardagar", "vardagarna", "helg", "helgen", "helger", "helgerna"),
}
_NEVER = {"never", "no", "off", "none", "false", "aldrig", "nej", "av", "inte", "ingen", "inget"}

_COUNT = re.compile(r"[0-9]{1,4}")
_BARE_DAY = re.compile(r"([0-9]{1,2})")
_MONTH_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|:e|:a)")
_WORD = re.compile(r"[^\W\d_]+")


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
        case [day] if found := _MONTH_DAY.fullmatch(day) or _BARE_DAY.fullmatch(day):
            return int(found[1])
    return None


def is_each_day(text: str) -> bool:
    """Whether a day is every day: `varje dag`, `every day`, `dagligen`."""
    return plain_words(text) in _EACH_DAY


def is_several_days(text: str) -> bool:
    """Whether a text names more than one day of the week: `vardagar`, `måndag och torsdag`."""
    words = [word.strip(",") for word in plain_words(text)]
    named = [word for word in words if weekday_of(word) is not None]
    return len(named) > 1 or any(word in _SEVERAL_DAYS for word in words)


def last_for_fifth(text: str) -> str | None:
    """`sista fredagen` for `femte fredagen`, which few months have; None when none is the fifth."""
    words = plain(text).split()
    fifths = (
        word
        for word, day in pairwise(words)
        if word in _FIFTH and weekday_of(day) is not None  # alone it is a day of the month
    )
    fifth = next(fifths, None)
    if fifth is None:
        return None
    last = "last" if fifth in _FIFTH[:2] else "sista"
    return " ".join(last if word == fifth else word for word in words)


def find_day_of_year(text: str) -> tuple[int, tuple[int, int] | int] | None:
    """The month and the day of it: `första tisdagen i juni`, `15 december`, `June 15th`."""
    match plain_words(text):
        case [*day, month] if (number := _month_of(month)) is not None:
            pass
        case [month, *day] if (number := _month_of(month)) is not None:
            pass
        case _:
            return None
    found = find_day_of_month(" ".join(day))
    return None if found is None else (number, found)


def find_duration(text: str) -> timedelta | None:
    """A length of time longer than nothing: `5 minutes`, `6 timmar`."""
    return words_of_time.find_duration(text) or None


def find_days_before(text: str) -> timedelta | None:
    """Whole days ahead, fewer than a year: `21 days before`, `3 veckor före`."""
    match plain_words(text):
        case [number, unit, ahead] if ahead in (*AHEAD.english, *AHEAD.swedish):
            length = find_duration(f"{number} {unit}")
            return length if length and _is_whole_days(length) else None
    return None


def find_count(text: str) -> int | None:
    """A number from 1 upward: `14`."""
    return int(text) or None if _COUNT.fullmatch(text) else None


def find_folder(text: str) -> str | None:
    """Where something is laid: a whole path, or one from the newsroom's folder."""
    return text if text and text.isprintable() and not text.startswith(("{", "[")) else None


def is_never(text: str) -> bool:
    """Whether a word says that something is not to be done: `aldrig`, `never`, `nej`."""
    return plain(text) in _NEVER


def is_swedish(text: str) -> bool:
    """Whether a file is written in Swedish: by its own letters, or by which words are more."""
    words = set(_WORD.findall(plain(text))) - _NAMES_OF_FIELDS
    if any(letter in word for word in words for letter in "åäö"):
        return True
    return len(words & set(_ALL.swedish)) > len(words & set(_ALL.english))


def _month_of(word: str) -> int | None:
    word = word.removesuffix(".")
    return _MONTH_OF.get(word) or _SHORT_MONTHS.get(word)


def _nth_of(word: str) -> int | None:
    """Which one an ordinal names, in a word or as `1st` and `2:a`."""
    if found := _MONTH_DAY.fullmatch(word):
        return nth if 0 < (nth := int(found[1])) <= _EVERY_MONTH else None
    return _ORDINALS.get(word)


def _is_whole_days(length: timedelta) -> bool:
    return length % timedelta(days=1) == timedelta(0) and length < timedelta(days=365)
