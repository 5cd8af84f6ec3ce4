"""The kinds of value in `schedule.yaml`, and the advice when a value is none of its kind."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from newsroom.model.saying import Saying, say
from newsroom.schedule import vocabulary
from newsroom.schedule.fields import Field, Findings
from newsroom.schedule.nearness import nearest
from newsroom.schedule.vocabulary import Words

T = TypeVar("T")

_NO_WORDS = Words()
_HOUR = re.compile(r"(?:kl\.? *|klockan +)?([01]?[0-9]|2[0-3])")
_HALF_A_DAY = re.compile(r"(0?[1-9]|1[0-2])(?:[:.]([0-5][0-9]))? ?([ap])\.?m\.?")
_MONTH_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_NUMBER_AND_DAY = re.compile(r"([1-4])\.? +(\w+)")
_ENGLISH_ENDING = {"1": "st", "2": "nd", "3": "rd", "4": "th"}
_DIGIT_DAY = re.compile(r"[0-7]")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of value."""

    find: Callable[[str], T | None]
    code: str  # of the problem when there is none
    called: Saying
    example: str  # what to write instead; the Swedish of it is read as well
    words: Words = _NO_WORDS  # what a misspelt word may have meant
    begins: Words = _NO_WORDS  # what may be missing before a value, and after it
    ends: Words = _NO_WORDS
    # What may have been meant when it is no misspelt word; of the text and the words.
    guess: Callable[[str, Sequence[str]], str] | None = None


def _clock_time(text: str, _words: Sequence[str]) -> str:
    """`"09:00"` for `9` and `kl. 9`, `"21:00"` for `9 pm`."""
    if half := _HALF_A_DAY.fullmatch(text.casefold()):
        return f'"{int(half[1]) % 12 + 12 * (half[3] == "p"):02}:{half[2] or "00"}"'
    hour = _HOUR.fullmatch(text.casefold())
    return f'"{int(hour[1]):02}:00"' if hour else text


def _month_by_number(text: str, months: Sequence[str]) -> str:
    """`june` for `6`: of the words the first twelve are the months from January."""
    return months[int(text) - 1] if _MONTH_NUMBER.fullmatch(text) else text


def _numbered(text: str, _words: Sequence[str]) -> str:
    """`2:a tisdagen` for `2 tisdagen`, and `2nd tuesday` for `2 tuesday`."""
    found = _NUMBER_AND_DAY.fullmatch(text.casefold())
    if found is None:
        return text
    number, day = found.groups()
    if re.search("dag(?:en)?$", day):
        return f"{number}:{'a' if number in '12' else 'e'} {day}"
    return f"{number}{_ENGLISH_ENDING[number]} {day}"


TIME = Kind(
    vocabulary.find_time,
    "bad-time",
    say("a time of day from 00:00 to 23:59"),
    '"09:00"',
    guess=_clock_time,
)
DURATION = Kind(
    vocabulary.find_duration,
    "bad-duration",
    say("a length of time"),
    say("5 minutes"),
    vocabulary.UNITS,
)
DAYS_BEFORE = Kind(
    vocabulary.find_days_before,
    "bad-duration",
    say("a number of days ahead, fewer than a year"),
    say("21 days before"),
    vocabulary.UNITS + vocabulary.AHEAD,
    ends=vocabulary.AHEAD,
)
COUNT = Kind(vocabulary.find_count, "bad-count", say("a number from 1 upward"), "14")
FOLDER = Kind(vocabulary.find_folder, "bad-folder", say("a folder"), "/mnt/backups")
MONTH = Kind(
    vocabulary.find_month,
    "bad-month",
    say("a month by name"),
    say("june"),
    vocabulary.MONTHS,
    guess=_month_by_number,
)
WEEKDAY = Kind(
    vocabulary.find_weekday,
    "bad-day",
    say("a day of the week"),
    say("monday"),
    vocabulary.WEEKDAYS,
)
DAY_OF_MONTH: Kind[tuple[int, int] | int] = Kind(
    vocabulary.find_day_of_month,
    "bad-day",
    say("a day of the month"),
    say("first tuesday"),
    vocabulary.ORDINALS + vocabulary.WEEKDAYS,
    begins=vocabulary.ORDINALS,
    guess=_numbered,
)


def read(field: Field, kind: Kind[T], findings: Findings) -> T | None:
    """The field's value; None if it is not of that kind, which is reported."""
    value = kind.find(field.text)
    if value is None:
        message = say(
            '{field} "{written}" is not {what}',
            field=field.name,
            written=field.text,
            what=kind.called,
        )
        findings.add(
            field.line, kind.code, message, field.as_written(_meant(field, kind, findings))
        )
    return value


def read_weekday(field: Field, findings: Findings) -> int | None:
    """The day of a week, 0 for Monday; None if it is none or several, which is reported."""
    if _DIGIT_DAY.fullmatch(field.text):
        message = say(
            '{field} "{written}" is a digit, and programs disagree on whether the week\'s day 1 is '
            "Monday or Tuesday, and day 0 Sunday or Monday",
            field=field.name,
            written=field.text,
        )
        findings.add(field.line, "numeric-day", message, field.as_written(WEEKDAY.example))
        return None
    if field.is_list or vocabulary.is_several_days(field.text):
        message = say(
            '{field} "{written}" is more than one day', field=field.name, written=field.text
        )
        fix = field.as_written(_meant(field, WEEKDAY, findings))
        otherwise = say("leave day out, and it is done each day")
        findings.add(field.line, "bad-day", message, fix, otherwise=otherwise)
        return None
    return read(field, WEEKDAY, findings)


def tell_never(field: Field, findings: Findings) -> bool:
    """Whether a field says that something is not to be done, which is reported: it is left out."""
    if not vocabulary.is_never(field.text):
        return False
    message = say(
        '{field} "{written}": what is not to be done is left out',
        field=field.name,
        written=field.text,
    )
    name = field.name.rpartition(".")[2]
    findings.advise(field.line, "never", message, say("take {name} away", name=name))
    return True


def _meant(field: Field, kind: Kind[T], findings: Findings) -> str:
    """What the field's text most likely stands for, else the example of its kind."""
    order = kind.words.in_order(swedish_first=findings.swedish)
    near = " ".join(nearest(word, order) or word for word in field.text.split())
    guesses = (
        kind.guess(field.text, order) if kind.guess else field.text,
        near,
        *(word for word in near.split() if not word[0].isdigit()),  # a lone number is another day
        *_completed(near, kind, findings),
    )
    fitting = (guess for guess in guesses if kind.find(guess.strip('"')) is not None)
    return next(fitting, kind.example)


def _completed(text: str, kind: Kind[T], findings: Findings) -> Iterator[str]:
    """The text with what may be missing at its beginning or end."""
    yield from (f"{word} {text}" for word in kind.begins.in_order(swedish_first=findings.swedish))
    yield from (f"{text} {word}" for word in kind.ends.in_order(swedish_first=findings.swedish))
