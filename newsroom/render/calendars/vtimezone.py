"""The time zone block of a calendar (RFC 5545, section 3.6.5), with yearly rules from 1970.

Outlook is an hour off when the block lists single dates, as icalendar's own would. So a time that
no yearly rule gets right is written in UTC, which every program reads.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# The rules in force from here on. Within 28 years every date has been every weekday.
_CYCLE = 28
_YEARS = range(2030, 2030 + _CYCLE)
_FIRST = 1971  # the block begins during the year before
_LAST = 2099  # the year after is no leap year and breaks the cycle
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_STEP = timedelta(days=10)  # no zone changes its clock and back in less: Ramadan has 29 days
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of the clock."""

    wall: datetime  # naive: what the clock showed when it was changed
    before: timedelta  # from UTC
    after: timedelta
    name: str  # of the time that begins


@dataclass(frozen=True, slots=True)
class _Rule:
    """The change that comes back each year."""

    change: _Change  # the first of them
    recurrence: str
    start: datetime  # naive: the first in 1970


def time_zone(zone: ZoneInfo) -> Timezone | None:
    """The block of a zone: a yearly rule for each change of its clock.

    None for a zone whose changes follow no such rule, as where Ramadan decides.
    """
    rules = _rules(zone)
    if rules is None:
        return None
    block = Timezone()
    block.add("tzid", zone.key)
    for rule in rules:
        block.add_component(_yearly(rule))
    if not rules:
        block.add_component(_constant(zone))
    return block


def is_told(zone: ZoneInfo, moment: datetime) -> bool:
    """Whether the zone's block gives the right offset at this time on the zone's clock.

    It holds the rules in force now; in years when there were others it is wrong. A time that the
    clock shows twice is read as the first of the two.
    """
    wall = moment.astimezone(zone)
    if _rules(zone) is None or wall.fold or not _FIRST <= wall.year <= _LAST:
        return False
    year = _YEARS[0] + (wall.year - _YEARS[0]) % _CYCLE  # the same weekday on every date
    return wall.utcoffset() == wall.replace(year=year).utcoffset()


@cache
def _rules(zone: ZoneInfo) -> tuple[_Rule, ...] | None:
    """The rules of a zone, in the order of the year; found once, by a thousand looks at its clock.

    None when there are none that all the changes follow.
    """
    years = [tuple(_changes(zone, year)) for year in _YEARS]
    if len({len(year) for year in years}) > 1:
        return None
    found = [_rule(changes) for changes in zip(*years, strict=True)]
    rules = tuple(rule for rule in found if rule)
    return rules if len(rules) == len(found) else None


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    """The changes of the clock in a year, found by looking at it now and then, and then closer."""
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    before = _offset(zone, at)
    while at < end:
        after = _offset(zone, min(at + _STEP, end))
        if before != after:
            moment = _moment(zone, at, before)
            name = moment.astimezone(zone).tzname() or zone.key
            yield _Change((moment + before).replace(tzinfo=None), before, after, name)
        at, before = at + _STEP, after


def _moment(zone: ZoneInfo, since: datetime, before: timedelta) -> datetime:
    """The minute after `since`, in UTC, from which the clock is no longer `before` from UTC."""
    low, high = 0, int(_STEP.total_seconds()) // 60
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, since + timedelta(minutes=middle)) == before:
            low = middle
        else:
            high = middle
    return since + timedelta(minutes=high)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _rule(changes: tuple[_Change, ...]) -> _Rule | None:
    """The rule that the same change follows year after year; None when it follows none.

    A change at midnight after the last Thursday falls in one month or the next. Told as the second
    before, on the Thursday, it stays in one.
    """
    for back in (timedelta(), _SECOND):
        walls = [change.wall - back for change in changes]
        recurrence = f"FREQ=YEARLY;BYMONTH={walls[0].month};{_day(walls)}"
        first = walls[0].replace(year=1970, month=1, day=1)
        every = rrulestr(recurrence, dtstart=first)
        if every.between(walls[0], walls[-1], inc=True) == walls:
            return _Rule(changes[0], recurrence, every[0])
    return None


def _day(walls: Iterable[datetime]) -> str:
    """Which day of its month these dates are: the last Sunday, the second, one from 23 to 29."""
    dates = set(walls)
    weekday = _WEEKDAYS[min(dates).weekday()]
    days = {date.day for date in dates}
    if all((date + timedelta(days=_WEEK)).month != date.month for date in dates):
        return f"BYDAY=-1{weekday}"
    if min(days) % _WEEK == 1:
        return f"BYDAY={min(days) // _WEEK + 1}{weekday}"
    return f"BYDAY={weekday};BYMONTHDAY={','.join(map(str, sorted(days)))}"


def _yearly(rule: _Rule) -> TimezoneStandard | TimezoneDaylight:
    change = rule.change
    block = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    block.add("dtstart", rule.start)
    block.add("tzoffsetfrom", change.before)
    block.add("tzoffsetto", change.after)
    block.add("tzname", change.name)
    block.add("rrule", vRecur.from_ical(rule.recurrence))
    return block


def _constant(zone: ZoneInfo) -> TimezoneStandard:
    """The time of a zone whose clock is never changed."""
    moment = datetime(_YEARS[0], 1, 1, tzinfo=zone)
    block = TimezoneStandard()
    block.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (a wall clock)
    block.add("tzoffsetfrom", moment.utcoffset())
    block.add("tzoffsetto", moment.utcoffset())
    block.add("tzname", moment.tzname())
    return block
