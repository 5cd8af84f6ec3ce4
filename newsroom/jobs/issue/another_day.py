"""Another day for an issue, as people write it: a date, a date with its time, or a week."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom.content.front.times import When, in_zone, read_when
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.model.words_of_time import MONTH_NAMES, plain

_USUAL_DAY, _USUAL_TIME = 1, time(9)  # Tuesday at nine, where nothing was planned
_FARTHEST = timedelta(days=400)
_WEEK = re.compile(r"(?:v(?:ecka)?|w(?:eek)?)\.? *([0-9]{1,2})(?:,? +([0-9]{4}))?")
_DAY = re.compile(r"(?:den )?([0-9]{1,2})(?::e|\.|st|nd|rd|th)? ?([a-zå]+)\.?(?:,? +([0-9]{4}))?")
_ISO_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{1,2})")


def another_day(text: str, planned: datetime | None, zone: ZoneInfo, now: datetime) -> datetime:
    """The moment that `2026-12-08 13:00`, `8 december`, `week 50` or `v. 50 2026` means, in UTC.

    What is not written is as it was planned: the time of day, and within a week the day of it.
    Raises StateError for what is no day to come.
    """
    local = planned.astimezone(zone) if planned else None
    words, today = plain(text), now.astimezone(zone)
    when = _in_week(words, local, today) or _in_month(words, today) or read_when(text.strip())
    if when is None:
        raise StateError(say('"{text}" is no day; write 2026-12-08 or week 50', text=text))
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


def _in_month(text: str, now: datetime) -> When | None:
    """The day that `8 december` or `den 8 dec. 2027` means: the next one, without a year."""
    found = _DAY.fullmatch(text)
    month = _month(found[2]) if found else None
    if found is None or month is None:
        return None
    years = [int(found[3])] if found[3] else [now.year, now.year + 1]
    days = [day for year in years if (day := _date(year, month, int(found[1]))) is not None]
    return next((When(day) for day in days if day > now.date()), When(days[0]) if days else None)


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


def _in_week(text: str, planned: datetime | None, now: datetime) -> When | None:
    """The planned day of the week in a week that is written by its number (ISO 8601)."""
    weekday = planned.isoweekday() if planned else _USUAL_DAY + 1
    if found := _ISO_WEEK.fullmatch(text):
        years, week = [int(found[1])], int(found[2])
    elif found := _WEEK.fullmatch(text):
        year = now.isocalendar().year
        years, week = [int(found[2])] if found[2] else [year, year + 1], int(found[1])
    else:
        return None
    days = [day for year in years if (day := _day_of(year, week, weekday)) is not None]
    return next((When(day) for day in days if day > now.date()), When(days[0]) if days else None)


def _day_of(year: int, week: int, weekday: int) -> date | None:
    """The day, or None when the year has no such week."""
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:
        return None
