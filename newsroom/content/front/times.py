"""Dates and times as editors write them, and what they mean in the site's zone."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom.model.saying import Saying, say
from newsroom.model.words_of_time import MONTH_NAMES

_ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:T|\s+)([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)\s?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_MONTHS = {name[:3]: n for n, names in enumerate(MONTH_NAMES, 1) for name in names}
_YEAR_FIRST = re.compile(r"(?<![0-9])([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
_DAY_FIRST = re.compile(r"(?<![0-9])([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_DAY_WORD = re.compile(r"([0-9]{1,2})(?::e|st|nd|rd|th)?\.? +(?:of +)?([a-zå]{3,})\.? +([0-9]{4})")
_WORD_DAY = re.compile(r"([a-zå]{3,})\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_CLOCK = re.compile(r"(?:^|[ t,]|kl\.? ?|klockan )([0-9]{1,2})(?:[.:]([0-9]{2}))?(?![0-9.:])")
_HALF_DAYS = re.compile(r"(?<![a-zå])[ap]\.?m\b")  # of English clocks
_MINUTE = timedelta(minutes=1)
_FIRST_YEAR, _LAST_YEAR = 1000, 9000  # with four figures, and a day before and after in any zone


@dataclass(frozen=True, slots=True)
class When:
    """A day as written, with a clock time (aware when an offset was written) if there is one."""

    day: date
    clock: time | None = None


def read_when(text: str) -> When | None:
    """`2026-11-02`, `2026-11-02T09:00`, `2026-11-02 09:00:30 +0100`; None when it is no date."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    day, clock, offset = match.groups()
    try:
        return When(
            date.fromisoformat(day), time.fromisoformat(clock + (offset or "")) if clock else None
        )
    except ValueError:
        return None


def shown(moment: datetime) -> str:
    """A time as it is told: 2026-11-02 09:00."""
    return f"{moment:%Y-%m-%d %H:%M}"


def in_zone(when: When, zone: ZoneInfo, clock: time = time.min) -> tuple[datetime, Saying | None]:
    """The instant, in the site's zone, and a remark when the clocks are changed at that time.

    A time that is skipped in spring becomes the first instant after the gap; one that comes twice
    in autumn is the first of the two. A day alone gets the given clock time. Raises OverflowError
    for a year so far off that calendars cannot count from it.
    """
    if not _FIRST_YEAR <= when.day.year <= _LAST_YEAR:
        raise OverflowError(f"no calendar counts from {when.day}")
    wall = datetime.combine(when.day, when.clock or clock)
    if wall.tzinfo is not None:
        return wall.astimezone(zone), None
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    if before == after or before is None or after is None:
        return first, None
    if before > after:
        return first, say(
            "{time:%H:%M} comes twice on {time:%Y-%m-%d}; the first is used", time=wall
        )
    instant = second.astimezone(UTC)
    while instant.astimezone(zone).utcoffset() == before:
        instant += _MINUTE
    valid = instant.astimezone(zone)
    remark = say(
        "{time:%H:%M} does not exist on {time:%Y-%m-%d}; {valid:%H:%M} is used",
        time=wall,
        valid=valid.replace(tzinfo=None),
    )
    return valid, remark


def guess(text: str, on: date | None = None) -> str | None:
    """What somebody probably meant by a date in another form: `2.11.26` gives 2026-11-02.

    A clock time alone is one of the day `on`. There is no guess where a figure would be lost.
    """
    plain = " ".join(text.lower().split())
    day, rest = _guess_day(plain) or (on, plain)
    clock = _CLOCK.search(rest)
    if day is None or _HALF_DAYS.search(rest) or (clock is None and day is on):
        return None
    beside = _CLOCK.sub("", rest, count=1)
    if any(sign.isdigit() for sign in beside):
        return None
    return f"{day}T{_time(clock)}" if clock and _time(clock) else None if clock else str(day)


def day_of_no_time(text: str) -> date | None:
    """The day of a text whose clock time is none: `2026-11-22T25:00`."""
    day, rest = _guess_day(" ".join(text.lower().split())) or (None, "")
    clock = _CLOCK.search(rest)
    return day if clock and _time(clock) is None else None


def days_of_month(text: str) -> tuple[date, date] | None:
    """The first and last day of the month of a date that does not exist: 2026-11-31."""
    match = _YEAR_FIRST.search(text)
    if match is None or _day(int(match[1]), int(match[3]), 1) is None:
        return None
    year, month = int(match[1]), int(match[3])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _time(clock: re.Match[str]) -> str | None:
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if hour < 24 and minute < 60:  # noqa: PLR2004 (the day's own)
        return f"{hour:02}:{minute:02}"
    return None


def _guess_day(text: str) -> tuple[date, str] | None:
    """A day that a text begins with or holds, and the text around it."""
    for pattern, read in _FORMS:
        if match := pattern.search(text):
            day = read(match)
            return (day, f"{text[: match.start()]} {text[match.end() :]}") if day else None
    return None


def _by_figures(match: re.Match[str]) -> date | None:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    year += 2000 if len(match[3]) == len("26") else 0
    return _day(year, second, first) or _day(year, first, second)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
    (_YEAR_FIRST, lambda match: _day(int(match[1]), int(match[3]), int(match[4]))),
    (_DAY_FIRST, _by_figures),
    (_DAY_WORD, lambda match: _day(int(match[3]), _MONTHS.get(match[2][:3], 0), int(match[1]))),
    (_WORD_DAY, lambda match: _day(int(match[3]), _MONTHS.get(match[1][:3], 0), int(match[2]))),
)


def _day(year: int, month: int, day: int) -> date | None:
    """That day; None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
