"""Formats a time for the screens of the desk, in the site's zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from newsroom.model.saying import Saying, say

_DAYS = (*(say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun")),)


def moment(when: datetime, zone: ZoneInfo) -> Saying:
    """A time with the day of the week: `tis 2026-12-01 09:00`, always as wide."""
    local = when.astimezone(zone)
    return say("{day} {local:%Y-%m-%d %H:%M}", day=_DAYS[local.weekday()], local=local)


def moment_and_zone(when: datetime, zone: ZoneInfo) -> Saying:
    """The same with the name of the zone, where people may not know which clock is meant."""
    return say("{at} ({zone})", at=moment(when, zone), zone=zone.key)
