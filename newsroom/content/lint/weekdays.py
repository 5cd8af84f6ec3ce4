"""Weekdays that contradict the date written beside them, in Swedish and in English."""

import re
from collections.abc import Iterator
from datetime import date

from newsroom.content.front.notes import quoted
from newsroom.content.lint.finding import Finding
from newsroom.model.saying import say
from newsroom.model.words_of_time import MONTH_NAMES

_DAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# Short forms have three letters; that of September often has four.
_MONTHS = tuple(
    "|".join(name[:length] for name in names for length in (len(name), 4, 3))
    for names in MONTH_NAMES
)
_SWEDISH = r"(?:mån|tis|ons|tors|tor|fre|lör|sön)(?:dag(?:en|s)?|\.)?"
_ENGLISH = r"(?:Mon|Tues|Tue|Wednes|Wed|Thurs|Thu|Fri|Satur|Sat|Sun)(?:day|\.)?"
_WEEKDAY = rf"(?P<weekday>(?i:{_SWEDISH})|{_ENGLISH})"
_DAY = r"(?P<day>\d{1,2})(?::?[ae]|st|nd|rd|th)?\b(?:\s?[–-]\s?\d{1,2}\b)?"
_MONTH = rf"(?P<month>(?i:{'|'.join(_MONTHS)}))\b\.?"
_YEAR = r"(?:,?\s{1,3}(?P<year>\d{4})\b)?"
_DATED = tuple(
    re.compile(rf"(?<!\w){_WEEKDAY},?\s{{1,3}}{form}")
    for form in (
        rf"(?:(?:den|the)\s{{1,3}})?{_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}{_YEAR}",
        rf"{_MONTH}\s{{1,3}}{_DAY}{_YEAR}",
        r"(?:(?:den|the)\s{1,3})?(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b",
        r"(?:den\s{1,3})?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])(?:,?\s{1,3}(?P<year>20\d\d)\b)?",
    )
)
# After these, one weekday of several is meant, or one that comes again.
_ONE_OF_SEVERAL = re.compile(
    rf"(?:varje|every|each|(?:{_SWEDISH}|{_ENGLISH})\s{{0,3}}(?:[–—/,&-]|och|till|eller|and|to|or))"
    r"\s{0,3}$",
    re.IGNORECASE,
)
# Every date above has a figure behind a blank. Few texts do, and fewer have a weekday before it.
_FIGURE = re.compile(r"\s\d")
_FOLLOWED = re.compile(rf"(?<!\w){_WEEKDAY},?\s")
_REACH = 30  # characters: room for "Wednesday, the September "
_BEFORE = 25  # characters: room for a weekday and the word after it


def wrong_weekdays(text: str, year: int | None) -> Iterator[Finding]:
    """Each weekday that its date does not fall on.

    `year` is the one the piece itself is of. A date without a year is only wrong when the weekday
    is right neither in that year nor in those beside it: the text may look back, or ahead.
    """
    if not _may_hold_a_date(text):
        return
    for pattern in _DATED:
        for match in pattern.finditer(text):
            if _ONE_OF_SEVERAL.search(text[max(0, match.start() - _BEFORE) : match.start()]):
                continue
            if right := _right_weekday(match, year):
                message = say(
                    "{written} does not add up: that day is a {weekday}",
                    written=quoted(match[0]),
                    weekday=right,
                )
                fix = say("write {weekday}, or mend the date", weekday=right)
                yield Finding(match.start(), "weekday", message, fix)


def _may_hold_a_date(text: str) -> bool:
    """Whether a weekday stands close before a figure anywhere: cheap to ask."""
    return any(
        _FOLLOWED.search(text, max(0, figure.start() - _REACH), figure.end())
        for figure in _FIGURE.finditer(text)
    )


def _right_weekday(match: re.Match[str], year: int | None) -> str | None:
    """The weekday that should stand there, in the language of the text; None when it does."""
    written = match["weekday"].lower()
    lang, number = next(
        (lang, number)
        for lang, names in _DAYS.items()
        for number, name in enumerate(names)
        if name.lower()[:3] == written[:3] and (lang == "sv") == _is_swedish(written)
    )
    years = [int(match["year"])] if match["year"] else _years_around(year)
    days = [day for each in years if (day := _date(each, match["month"], match["day"]))]
    if not days or any(day.weekday() == number for day in days):
        return None
    return _DAYS[lang][days[0].weekday()]


def _years_around(year: int | None) -> list[int]:
    """That year first, then those beside it."""
    return [year, year - 1, year + 1] if year else []


def _is_swedish(weekday: str) -> bool:
    return re.fullmatch(_SWEDISH, weekday) is not None


def _date(year: int, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _month(month.lower())
    try:
        return date(year, number, int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    return next(number for number, names in enumerate(_MONTHS, 1) if name in names.split("|"))
