"""When a job is due, found the slow way: by watching the clock on the wall, minute by minute.

It shares nothing with `due_slots` but the rules' own fields: no recurrence rule, no offset, no
fold. Whoever stands before a clock sees a time that is skipped as one that has passed all at once,
and a time that is repeated as one that came the first time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsroom.model import Daily, Every, Rule, Weekly, Yearly

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_WEEK = 7  # days


def wall(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Each minute from one moment to another, with what the clock on the wall shows then."""
    moment = since
    while moment < until:
        yield moment, moment.astimezone(zone)
        moment += MINUTE


def each_day(
    zone: ZoneInfo, times: list[time], first: date, last: date
) -> dict[time, list[datetime]]:
    """For each time of day (ascending) the moment at which it comes on each of those dates."""
    found: dict[time, list[datetime]] = {at: [] for at in times}
    today, passed = first - DAY, len(times)
    start = datetime.combine(first, time(), UTC) - 15 * HOUR
    for moment, local in wall(zone, start, start + (last - first) + 3 * DAY):
        if local.date() > today:
            for at in times[passed:]:  # the day ended without them
                found[at].append(moment)
            if local.date() > last:
                break
            if local.date() < first:
                continue
            today, passed = local.date(), 0
        while passed < len(times) and today == local.date() and local.time() >= times[passed]:
            found[times[passed]].append(moment)
            passed += 1
    return found


def moment_of(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The first minute at which somebody who watches since before that day has seen the time."""
    start = datetime.combine(day, time(), UTC) - 15 * HOUR
    for moment, local in wall(zone, start, start + 4 * DAY):
        if local.date() > day or (local.date() == day and local.time() >= at):
            return moment
    raise AssertionError(day)


def dues(rule: Rule, zone: ZoneInfo, since: datetime, now: datetime) -> list[datetime]:
    """The moments after `since` and not after `now` at which a rule is due."""
    if isinstance(rule, Every):
        return _every(rule.interval, since, now)
    days = (now - since) // DAY + 5
    dates = (since.date() + (n - 2) * DAY for n in range(days))
    moments = {moment_of(zone, day, rule.at) for day in dates if names(rule, day)}
    return sorted(moment for moment in moments if since < moment <= now)


def names(rule: Daily | Weekly | Yearly, day: date) -> bool:
    """Whether a rule names a date, as somebody says who counts on a calendar."""
    if isinstance(rule, Daily):
        return True
    if isinstance(rule, Weekly):
        return day.weekday() == rule.weekday
    meant = day + rule.before
    if meant.month != rule.month:
        return False
    if rule.day is not None:
        return meant.day == rule.day
    if meant.weekday() != rule.weekday:
        return False
    if rule.nth == -1:
        return (meant + _WEEK * DAY).month != meant.month
    return (meant.day - 1) // _WEEK + 1 == rule.nth


def _every(interval: timedelta, since: datetime, now: datetime) -> list[datetime]:
    found = []
    midnight = datetime.combine(since.date(), time(), UTC)
    while midnight <= now:
        due = midnight
        while due < midnight + DAY:
            if since < due <= now:
                found.append(due)
            due += interval
        midnight += DAY
    return found
