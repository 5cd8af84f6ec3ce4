"""The time zone block of a calendar (RFC 5545, section 3.6.5), with yearly rules from 1970.

Outlook is an hour off when the block lists single dates, as icalendar's own would.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# The rules in force from here on. Within 28 years every date has been every weekday.
_YEARS = range(2030, 2058)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the clock."""

    wall: datetime  # naive: what the clock showed when it was changed
    before: timedelta  # from UTC
    after: timedelta
    name: str  # of the time that begins


def time_zone(zone: ZoneInfo) -> Timezone:
    """The block of a zone: a yearly rule for each change of its clock.

    A zone whose changes follow no such rule, as where Ramadan decides, gets single dates.
    """
    years = _years(zone)
    if len({tuple(change.wall.month for change in year) for year in years}) > 1:
        return Timezone.from_tzinfo(zone)
    block = Timezone()
    block.add("tzid", zone.key)
    for changes in zip(*years, strict=True):
        block.add_component(_yearly(changes))
    if not years[0]:
        block.add_component(_constant(zone))
    return block


@cache
def _years(zone: ZoneInfo) -> tuple[tuple[_Change, ...], ...]:
    """The changes of each year; ten thousand looks at the clock, so each zone is asked once."""
    return tuple(tuple(_changes(zone, year)) for year in _YEARS)


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    """The changes of the clock in a year, found by looking at each day and then closer."""
    day, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    before = _offset(zone, day)
    while day < end:
        after = _offset(zone, day + _DAY)
        if before != after:
            moment = _moment(zone, day, before)
            name = moment.astimezone(zone).tzname() or zone.key
            yield _Change((moment + before).replace(tzinfo=None), before, after, name)
        day, before = day + _DAY, after


def _moment(zone: ZoneInfo, day: datetime, before: timedelta) -> datetime:
    """The minute of this day, in UTC, from which the clock is no longer `before` from UTC."""
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, day + timedelta(minutes=middle)) == before:
            low = middle
        else:
            high = middle
    return day + timedelta(minutes=high)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _yearly(changes: tuple[_Change, ...]) -> TimezoneStandard | TimezoneDaylight:
    """The rule that the same change follows year after year."""
    change = changes[0]
    rule = f"FREQ=YEARLY;BYMONTH={change.wall.month};{_day({each.wall for each in changes})}"
    start = datetime(1970, 1, 1, change.wall.hour, change.wall.minute)  # noqa: DTZ001 (a wall clock)
    block = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    block.add("dtstart", next(iter(rrulestr(rule, dtstart=start))))
    block.add("tzoffsetfrom", change.before)
    block.add("tzoffsetto", change.after)
    block.add("tzname", change.name)
    block.add("rrule", vRecur.from_ical(rule))
    return block


def _day(dates: set[datetime]) -> str:
    """Which day of its month these dates are: the last Sunday, the second, one from 23 to 29."""
    weekday = _WEEKDAYS[min(dates).weekday()]
    days = {date.day for date in dates}
    if all((date + timedelta(days=_WEEK)).month != date.month for date in dates):
        return f"BYDAY=-1{weekday}"
    if min(days) % _WEEK == 1:
        return f"BYDAY={min(days) // _WEEK + 1}{weekday}"
    return f"BYDAY={weekday};BYMONTHDAY={','.join(map(str, sorted(days)))}"


def _constant(zone: ZoneInfo) -> TimezoneStandard:
    """The time of a zone whose clock is never changed."""
    moment = datetime(_YEARS[0], 1, 1, tzinfo=zone)
    block = TimezoneStandard()
    block.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (a wall clock)
    block.add("tzoffsetfrom", moment.utcoffset())
    block.add("tzoffsetto", moment.utcoffset())
    block.add("tzname", moment.tzname())
    return block
