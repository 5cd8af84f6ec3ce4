"""The kinds of value in `schedule.yaml`, and what is said of a value that is not of its kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from newsroom.model.saying import Saying, say
from newsroom.schedule import vocabulary
from newsroom.schedule.fields import Field, Findings, nearest

T = TypeVar("T")

_DIGIT_DAYS = say(
    "programs disagree on whether the week's day 1 is Monday or Tuesday, and day 0 Sunday or Monday"
)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of value."""

    find: Callable[[str], T | None]
    code: str  # of the problem when there is none
    called: Saying
    example: str  # what to write instead
    vocabulary: tuple[str, ...] = ()  # what a misspelt word may have meant
    why_no_digit: Saying | None = None  # given when a bare number is refused for a reason


TIME = Kind(vocabulary.find_time, "bad-time", say("a time of day"), '"09:00"')
DURATION = Kind(
    vocabulary.find_duration,
    "bad-duration",
    say("a length of time"),
    say("5 minutes"),
    tuple(vocabulary.UNITS),
)
DAYS_BEFORE = Kind(
    vocabulary.find_days_before,
    "bad-duration",
    say("a number of days ahead, fewer than a year"),
    say("21 days before"),
    (*vocabulary.UNITS, *vocabulary.AHEAD),
)
COUNT = Kind(vocabulary.find_count, "bad-count", say("a number from 1 upward"), "14")
FOLDER = Kind(vocabulary.find_folder, "bad-folder", say("a folder"), "/mnt/backups")
MONTH = Kind(
    vocabulary.find_month,
    "bad-month",
    say("a month by name"),
    say("june"),
    tuple(vocabulary.MONTHS),
)
WEEKDAY = Kind(
    vocabulary.find_weekday,
    "bad-day",
    say("a day of the week"),
    say("monday"),
    tuple(vocabulary.WEEKDAYS),
    why_no_digit=_DIGIT_DAYS,
)
DAY_OF_MONTH: Kind[tuple[int, int] | int] = Kind(
    vocabulary.find_day_of_month,
    "bad-day",
    say("a day of the month"),
    say("first tuesday, last friday or 15th"),
    (*vocabulary.ORDINALS, *vocabulary.WEEKDAYS),
    why_no_digit=_DIGIT_DAYS,
)


def read(field: Field, kind: Kind[T], findings: Findings) -> T | None:
    """The field's value; None if it is not of that kind, which is reported."""
    value = kind.find(field.text)
    if value is not None:
        return value
    quoted = f'"{field.text}"'
    if kind.why_no_digit and field.text.isdecimal():
        message = say(
            "{field} {written} is a digit, and {why}",
            field=field.name,
            written=quoted,
            why=kind.why_no_digit,
        )
        findings.add(field.line, "numeric-day", message, kind.example)
    else:
        message = say(
            "{field} {written} is not {what}", field=field.name, written=quoted, what=kind.called
        )
        findings.add(field.line, kind.code, message, _mended(field.text, kind))
    return None


def _mended(text: str, kind: Kind[T]) -> str:
    """The text with each word replaced by the nearest known one, if that makes it right."""
    mended = " ".join(nearest(word, kind.vocabulary) or word for word in text.split())
    return mended if kind.find(mended) is not None else kind.example
