"""When an issue leaves: at its slot in the schedule, or on the day that a person set."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, select

from newsroom.database.tables import issue
from newsroom.delivery.approval.delays import decision_on
from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.ledger.noted import why_held
from newsroom.delivery.pace.hours import next_opening
from newsroom.model import Schedule, Sending, Yearly
from newsroom.schedule import last_day_to_approve, latest_reminder, send_slot


@dataclass(frozen=True, slots=True)
class Departure:
    """The moment at which an issue is frozen if it is approved, and when its first mail may go."""

    at: datetime  # aware, UTC
    by_hand: bool  # a person set the day
    first_mail: datetime  # after the undo window, in hours in which mail may leave
    is_shut: bool = False  # no mail may leave then: the first one waits for the hours of site.yaml

    @property
    def sent(self) -> datetime:
        """The moment that people are told: the real one where no mail may leave at the other."""
        return self.first_mail if self.is_shut else self.at

    def is_missed(self, within: timedelta, now: datetime) -> bool:
        """Whether it is too late by now to let the issue go by itself.

        That is counted from the moment it would really have been sent: before that, nobody waits.
        """
        return now - self.sent > within


def leaving(at: datetime, sending: Sending, zone: ZoneInfo, *, by_hand: bool = False) -> Departure:
    """How an issue leaves that is let go at a moment."""
    first = first_mail(at, sending, zone)
    return Departure(at, by_hand, first, is_shut=first > at + sending.undo)


def departure(
    connection: Connection, schedule: Schedule | None, name: str, sending: Sending, zone: ZoneInfo
) -> Departure | None:
    """When an issue is to leave; None when neither the schedule nor a person has said.

    One that did not leave on a day that a person set was to leave then, and not at its slot.
    """
    row = connection.execute(select(issue).where(issue.c.name == name)).one_or_none()
    by_hand: datetime | None = row.leaves_at if row else None
    slot = send_slot(schedule, name) if schedule else None
    held = why_held(row) if row else None
    times = (slot.due if slot else None, held.at if held else None)
    at = by_hand or max(filter(None, times), default=None)
    if at is None:
        return None
    return leaving(at, sending, zone, by_hand=by_hand is not None)


def first_mail(go: datetime, sending: Sending, zone: ZoneInfo) -> datetime:
    """When the first mail may leave after somebody, or the schedule, has said go."""
    return next_opening(sending.hours, go + sending.undo, zone)


def reminder(
    schedule: Schedule | None,
    name: str,
    leaves: datetime,
    zone: ZoneInfo,
    since: datetime | None = None,
) -> datetime | None:
    """When approvers are reminded of an issue that leaves on a day of its own, at that time of day.

    That is before the last day to approve. None where its season reminds nobody, and where the time
    for it had gone by when the day was chosen, at `since`.
    """
    season = name.partition("-")[2]
    rules = {job.name: job.rule for job in schedule.jobs} if schedule else {}
    rule = rules.get(f"newsletter.{season}.remind")
    if not isinstance(rule, Yearly):
        return None
    local = leaves.astimezone(zone)
    day = min(local.date() - rule.before, latest_reminder(local.date()))
    at = datetime.combine(day, local.time(), zone).astimezone(UTC)
    return None if since is not None and at <= since else at


def reminds(schedule: Schedule | None, name: str) -> bool:
    """Whether the season of an issue has a reminder."""
    season = name.partition("-")[2]
    jobs = schedule.jobs if schedule else ()
    return any(job.name == f"newsletter.{season}.remind" for job in jobs)


def day_chosen(row: Row[Any]) -> datetime | None:
    """When a person set the day of an issue, as long as nothing has been decided of it since."""
    decided = decision_on(row)
    return decided.at if decided is not None and decided.news is News.POSTPONED else None


def answer_by(at: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """The day by which approvers should answer: two working days ahead, or what is left of it."""
    local = at.astimezone(zone)
    day = datetime.combine(last_day_to_approve(local.date()), local.time(), zone)
    return max(day, min(now.astimezone(zone), local))
