"""When an issue leaves: at its slot in the schedule, or on the day that a person set."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from newsroom.database.tables import issue
from newsroom.delivery.pace.hours import next_opening
from newsroom.model import Schedule, Sending, Yearly
from newsroom.schedule import send_slot

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Departure:
    """The moment at which an issue is frozen if it is approved, and when its first mail may go."""

    at: datetime  # aware, UTC
    by_hand: bool  # a person set the day
    first_mail: datetime  # after the undo window, in hours in which mail may leave


def departure(
    connection: Connection, schedule: Schedule | None, name: str, sending: Sending, zone: ZoneInfo
) -> Departure | None:
    """When an issue is to leave; None when neither the schedule nor a person has said."""
    by_hand: datetime | None = connection.scalar(
        select(issue.c.leaves_at).where(issue.c.name == name)
    )
    slot = send_slot(schedule, name) if schedule else None
    at = by_hand or (slot.due if slot else None)
    if at is None:
        return None
    return Departure(at, by_hand is not None, first_mail(at, sending, zone))


def first_mail(go: datetime, sending: Sending, zone: ZoneInfo) -> datetime:
    """When the first mail may leave after somebody, or the schedule, has said go."""
    return next_opening(sending.hours, go + sending.undo, zone)


def reminder(
    schedule: Schedule | None, name: str, leaves: datetime, zone: ZoneInfo
) -> datetime | None:
    """When approvers are reminded of an issue that leaves on a day of its own, at that time of day.

    None where its season reminds nobody.
    """
    season = name.partition("-")[2]
    rules = {job.name: job.rule for job in schedule.jobs} if schedule else {}
    rule = rules.get(f"newsletter.{season}.remind")
    if not isinstance(rule, Yearly):
        return None
    return (leaves.astimezone(zone) - rule.before).astimezone(UTC)


def answer_by(at: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The day by which approvers should answer: two working days ahead, or what is left of it."""
    day, left = at.astimezone(zone), 2
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() <= _FRIDAY
    return max(day, min(now.astimezone(zone), at.astimezone(zone)))
