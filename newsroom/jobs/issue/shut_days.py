"""Issues whose time comes when no mail may leave: when they are really sent."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from newsroom.jobs.issue.departure import Departure, leaving
from newsroom.model import Problem, Schedule, Severity, Site
from newsroom.model.saying import say
from newsroom.schedule import next_issues, send_slot

SHUT_DAY = "shut-day"
_SCHEDULE = PurePosixPath("schedule.yaml")


def on_a_shut_day(
    name: str, source: PurePosixPath, leaves: Departure, zone: ZoneInfo, now: datetime
) -> Problem | None:
    """A note that an issue is sent on another day than its own; None when it is not."""
    if not leaves.is_shut or leaves.at <= now:
        return None
    message = say(
        "{name} is to leave {planned:%Y-%m-%d %H:%M}, when no mail may leave (sending.hours in "
        "posts/site.yaml), so it is sent {sent:%Y-%m-%d %H:%M}",
        name=name,
        planned=leaves.at.astimezone(zone),
        sent=leaves.sent.astimezone(zone),
    )
    fix = say("if that will not do, choose another day for it")
    return Problem(source, None, Severity.NOTE, SHUT_DAY, message, fix)


def shut_slots(schedule: Schedule, site: Site, now: datetime) -> Iterator[Problem]:
    """The same of the next issue of each season, as the schedule has it."""
    for name in next_issues(schedule, now):
        slot = send_slot(schedule, name)
        if slot is None:
            continue
        leaves = leaving(slot.due, site.sending, schedule.timezone)
        remark = on_a_shut_day(name, _SCHEDULE, leaves, schedule.timezone, now)
        if remark is not None:
            yield remark
