"""When a link that was gone is asked for a second time: on another day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newsroom.model import Daily, Every, Rule
from newsroom.schedule import next_due

ASK_AGAIN_AFTER = timedelta(hours=20)  # on another day, wherever in its day the first look fell
_MOMENT = timedelta(microseconds=1)


def second_look(doubt: datetime, rule: Rule, zone: ZoneInfo) -> datetime:
    """When what was gone at `doubt` is asked for again: at the hour at which rounds begin."""
    soonest = doubt + ASK_AGAIN_AFTER
    if isinstance(rule, Every):
        return soonest
    return next_due(Daily(rule.at), zone, soonest - _MOMENT)


def begins_round(due: datetime, rule: Rule, zone: ZoneInfo) -> bool:
    """Whether the schedule itself is due then; every other slot is for what a round left."""
    return next_due(rule, zone, due - _MOMENT) == due
