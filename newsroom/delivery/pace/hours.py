"""When mail may leave: the organisation's working hours, in its own time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newsroom.model.sending import Hours

_A_WEEK = 8  # days to look ahead: the same weekday once more


def within_hours(hours: Hours | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether mail may leave at `now`; None means always."""
    if hours is None:
        return True
    local = now.astimezone(zone)
    return local.weekday() in hours.days and hours.start <= local.time() < hours.end


def after_open_time(
    hours: Hours | None, start: datetime, length: timedelta, zone: ZoneInfo
) -> datetime:
    """When mail has been allowed to leave for so long, counted from `start`."""
    while hours is not None:
        start = next_opening(hours, start, zone)
        left = _closing(hours, start, zone) - start
        if length <= left:
            break
        start, length = start + left, length - left
    return start + length


def next_opening(hours: Hours | None, now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from `now` on at which mail may leave."""
    if hours is None or within_hours(hours, now, zone):
        return now
    today = now.astimezone(zone).date()
    openings = (
        datetime.combine(today + timedelta(days=ahead), hours.start, zone)
        for ahead in range(_A_WEEK)
    )
    return next(
        opening.astimezone(now.tzinfo)
        for opening in openings
        if opening > now and opening.weekday() in hours.days
    )


def last_opening(hours: Hours | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the hours began that `now` lies in; None where mail may always leave."""
    if hours is None:
        return None
    day = now.astimezone(zone).date()
    return datetime.combine(day, hours.start, zone).astimezone(now.tzinfo)


def _closing(hours: Hours, moment: datetime, zone: ZoneInfo) -> datetime:
    """When the hours end that `moment` lies in."""
    day = moment.astimezone(zone).date()
    return datetime.combine(day, hours.end, zone).astimezone(moment.tzinfo)
