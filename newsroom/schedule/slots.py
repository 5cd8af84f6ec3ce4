"""When jobs are due: a schedule's slots, each once, right on every day of the year.

Local times become moments in UTC by one rule. A time that the clocks skip in spring stands for the
first moment after the gap, a time that they repeat in autumn for the first of the two. A slot
belongs to a local date, so no clock change loses one or doubles one. Moments are compared in UTC
only: Python compares two times of one zone without asking which of the repeated hours they are in.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from operator import attrgetter
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, WEEKLY, YEARLY, rrule, weekday

from newsroom.model import Daily, Every, Rule, Schedule, Slot, Weekly, Yearly

_DAY = timedelta(days=1)
_ANY_YEAR = 2026  # clocks change by the same rule every year
_AT_MOST = {  # from one slot of a rule to its next, with room for a change of the clocks
    Every: _DAY,
    Daily: 3 * _DAY,
    Weekly: 15 * _DAY,
    Yearly: 800 * _DAY,
}


def due_slots(schedule: Schedule, since: datetime, now: datetime) -> tuple[Slot, ...]:
    """All slots with since < due <= now, ordered by due and job.

    Cutting an interval in two anywhere gives the same slots, none of them twice.
    """
    slots = (
        Slot(due, job.name)
        for job in schedule.jobs
        for due in takewhile(lambda due: due <= now, _dues(job.rule, schedule.timezone, since))
    )
    return tuple(sorted(slots, key=attrgetter("due", "job")))


def next_slots(schedule: Schedule, after: datetime, days: int) -> tuple[Slot, ...]:
    """The slots of the coming days, as `newsroom schedule --days N` shows them."""
    return due_slots(schedule, after, after + days * _DAY)


def next_due(rule: Rule, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment strictly after another at which a rule is due, in UTC."""
    return next(_dues(rule, zone, after))


def latest_due(rule: Rule, zone: ZoneInfo, since: datetime, now: datetime) -> datetime | None:
    """The last moment with since < due <= now at which a rule is due; None when it never is.

    However long ago `since` was, only the time is looked through that surely holds the last one.
    """
    since = max(since, now - _AT_MOST[type(rule)])
    return max(takewhile(lambda due: due <= now, _dues(rule, zone, since)), default=None)


def due_today(rule: Yearly, zone: ZoneInfo, now: datetime) -> datetime | None:
    """The last moment until now that has a yearly rule's time of day."""
    return latest_due(Daily(rule.at), zone, now - _AT_MOST[Daily], now)


def meets_clock_change(rule: Rule, zone: ZoneInfo) -> bool:
    """Whether the rule ever names a local time that the clocks skip or repeat."""
    if isinstance(rule, Every):
        return False
    new_year = date(_ANY_YEAR, 1, 1)
    year = takewhile(lambda local: local.year == _ANY_YEAR, _local_times(rule, new_year))
    return any(first != second for first, second in (_readings(local, zone) for local in year))


def _dues(rule: Rule, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """Every moment in UTC strictly after `after` at which a rule is due, ascending."""
    after = after.astimezone(UTC)
    if isinstance(rule, Every):
        return _intervals(rule.interval, after)
    return _calendar_dues(rule, zone, after)


def _calendar_dues(
    rule: Daily | Weekly | Yearly, zone: ZoneInfo, after: datetime
) -> Iterator[datetime]:
    # A gap may push a time into the next day: look from the day before, and pass over what is past.
    start = after.astimezone(zone).date() - _DAY
    for local in _local_times(rule, start):
        due = _moment(local, zone)
        if due > after:
            yield due
            after = due  # two times pushed to one moment are one slot


def _intervals(interval: timedelta, after: datetime) -> Iterator[datetime]:
    """The multiples of an interval, counted anew from each midnight UTC."""
    midnight = datetime.combine(after.date(), time(), UTC)
    due = midnight + ((after - midnight) // interval + 1) * interval
    while True:
        if due >= midnight + _DAY:
            midnight += _DAY
            due = midnight
        yield due
        due += interval


def _local_times(rule: Daily | Weekly | Yearly, start: date) -> Iterator[datetime]:
    """The rule's times on the clock on the wall, from a date on, ascending, without end."""
    if isinstance(rule, Daily):
        return iter(rrule(DAILY, dtstart=datetime.combine(start, rule.at)))
    if isinstance(rule, Weekly):
        first = datetime.combine(start, rule.at)
        return iter(rrule(WEEKLY, dtstart=first, byweekday=rule.weekday))
    first = datetime.combine(start + rule.before, rule.at)
    nth = None if rule.weekday is None else weekday(rule.weekday, rule.nth)
    days = rrule(YEARLY, dtstart=first, bymonth=rule.month, bymonthday=rule.day, byweekday=nth)
    return (day - rule.before for day in days)


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC that a local time stands for."""
    first, second = _readings(local, zone)
    return first if first <= second else _end_of_gap(second, first, zone)


def _readings(local: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A local time by the offset before and by that after a clock change (PEP 495).

    They are the same far from any change; in a gap the second is the earlier moment.
    """
    before, after = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return before.astimezone(UTC), after.astimezone(UTC)


def _end_of_gap(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The moment of the one clock change that lies after `early` and not after `late`."""
    changed = late.astimezone(zone).utcoffset()

    def is_changed(second: int) -> bool:
        return (early + timedelta(seconds=second)).astimezone(zone).utcoffset() == changed

    span = range((late - early) // timedelta(seconds=1) + 1)
    return early + timedelta(seconds=bisect_left(span, x=True, key=is_changed))
