"""Another day for an issue, as people write it: a date, a date with its time, or a week."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom.content.front.times import When, in_zone, read_when
from newsroom.errors import StateError
from newsroom.model import Hours
from newsroom.model.saying import say
from newsroom.model.words_of_time import MONTH_NAMES, find_time, plain, weekday_of

_USUAL_DAY, _USUAL_TIME = 1, time(9)  # Tuesday at nine, where nothing was planned
_FARTHEST = timedelta(days=400)
_WEEK = re.compile(r"(?:v(?:ecka)?|w(?:eek)?)\.? *([0-9]{1,2})(?:,? +([0-9]{4}))?")
_DAY = re.compile(
    r"(?:([a-zå-ö]+)\.?,? +)??(?:den +)?([0-9]{1,2})(?::e|\.|st|nd|rd|th)? ?([a-zå]+)\.?"
    r"(?:,? +([0-9]{4}))?(?:,? +((?:kl\.? *|klockan +)?[0-9]{1,2}[:.][0-9]{2}))?"
)
_ISO_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{1,2})")


def another_day(
    text: str,
    planned: datetime | None,
    zone: ZoneInfo,
    now: datetime,
    hours: Hours | None = None,
) -> datetime:
    """The moment that `2026-12-08 13:00`, `lördag 5 december`, `week 50` or `v. 50 2026` means.

    It is in UTC. What is not written is as it was planned: the time of day, and within a week the
    day of it, or the nearest to it on which mail leaves in `hours`. Raises StateError for what is
    no day to come, and for one that is past this year and has no year.
    """
    local = planned.astimezone(zone) if planned else None
    words, today = " ".join(plain(text).split()), now.astimezone(zone).date()
    weekday = local.weekday() if local else _USUAL_DAY
    when = (
        _in_week(words, weekday, hours, today) or _in_month(words, today) or read_when(text.strip())
    )
    if when is None:
        raise StateError(
            say('"{text}" is no day; write 2026-12-08, 8 December or week 50', text=text)
        )
    try:
        moment, _ = in_zone(when, zone, local.time() if local else _USUAL_TIME)
        moment = moment.astimezone(UTC)
    except OverflowError:
        moment = now + 2 * _FARTHEST
    if not now < moment <= now + _FARTHEST:
        raise StateError(
            say('"{text}" is not a day of the coming year; write a later one', text=text)
        )
    return moment


def mailing_day(day: date, hours: Hours | None) -> date:
    """The day of the same week (ISO 8601) nearest to this one on which mail leaves."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    days = [each for each in week if hours is None or each.weekday() in hours.days]
    return min(days, key=lambda each: abs(each - day), default=day)


def _in_month(text: str, today: date) -> When | None:
    """The day that `8 december`, `den 8 dec. 2027` or `tisdag 8 december kl. 09.00` means."""
    found = _DAY.fullmatch(text)
    month = _month(found[3]) if found else None
    clock = find_time(found[5]) if found and found[5] else None
    if found is None or month is None or (found[5] and clock is None):
        return None
    number = int(found[2])
    day = _of_year(text, found[4], today, lambda year: _date(year, month, number))
    if day is None or (found[1] and not _falls_on(day, found[1])):
        return None
    return When(day, clock)


def _falls_on(day: date, word: str) -> bool:
    """Whether a day is the one of the week that is written with it; no other word stands there."""
    weekday = weekday_of(word)
    if weekday is not None and weekday != day.weekday():
        raise StateError(say("{day} is no {word}; write another day", day=day, word=word))
    return weekday is not None


def _month(word: str) -> int | None:
    """The number of a month by its name, or by the three letters it is shortened to."""
    for number, names in enumerate(MONTH_NAMES, 1):
        if word in {*names, *(name[:3] for name in names)}:
            return number
    return None


def _date(year: int, month: int, day: int) -> date | None:
    """The day, or None when the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_week(text: str, weekday: int, hours: Hours | None, today: date) -> When | None:
    """The planned day of the week in a week that is written by its number (ISO 8601)."""
    if found := _ISO_WEEK.fullmatch(text):
        year, week = found[1], int(found[2])
    elif found := _WEEK.fullmatch(text):
        year, week = found[2], int(found[1])
    else:
        return None

    def day_of(year: int) -> date | None:
        try:
            return mailing_day(date.fromisocalendar(year, week, weekday + 1), hours)
        except ValueError:
            return None

    day = _of_year(text, year, today, day_of)
    return When(day) if day else None


def _of_year(
    text: str, year: str | None, today: date, day_of: Callable[[int], date | None]
) -> date | None:
    """The day in the year that is written, or in this one; None where it has no such day.

    What is past this year may be a slip, so nobody takes it for the next.
    """
    if year is not None:
        return day_of(int(year))
    this, following = day_of(today.year), day_of(today.year + 1)
    if following is not None and (this is None or this < today):
        raise StateError(
            say(
                '"{text}" is past this year; write it with its year: {other}',
                text=text,
                other=f"{text} {today.year + 1}",
            )
        )
    return this
