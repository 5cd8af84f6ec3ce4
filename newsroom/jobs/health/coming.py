"""What is to come, as it will: the slots of the schedule, and the issues that go by another day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from newsroom.database.tables import issue
from newsroom.delivery.pace.hours import next_opening
from newsroom.jobs.issue.departure import day_chosen, leaving, reminder
from newsroom.model import Daily, Every, Rule, Schedule, ScheduledJob, Site, Slot, Weekly
from newsroom.model.issue_state import OPEN, UNAPPROVED
from newsroom.schedule import issue_name, next_due, next_slots, send_slot

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_AHEAD = timedelta(days=800)  # the next two slots of every season are among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that will be done, and when."""

    at: datetime  # aware, UTC
    job: str
    issue: str | None = None  # its name, of a step of the newsletter
    planned: datetime | None = None  # the slot, where a person has set another time
    first_mail: datetime | None = None  # of an issue at whose time no mail may leave
    left: datetime | None = None  # when the issue left before its slot, so that nothing is done
    rhythm: timedelta | None = None  # how it goes on, where only the first time is listed

    @property
    def day(self) -> datetime:
        """When people see something of it."""
        return self.first_mail or self.at


@dataclass(frozen=True, slots=True)
class Almanac:
    """What the coming days are told from."""

    schedule: Schedule
    site: Site
    connection: Connection

    def every_slot(self, now: datetime, days: int) -> tuple[Coming, ...]:
        """Each slot after `now`, however many there are, and the issues that go by another day."""
        return self._in_order(next_slots(self.schedule, now, days), now, now + days * _DAY)

    def each_job(self, now: datetime, days: int) -> tuple[Coming, ...]:
        """The same, with what comes weekly or more often only once, and how it goes on."""
        end = now + days * _DAY
        often = tuple(job for job in self.schedule.jobs if _rhythm(job.rule))
        seldom = tuple(job for job in self.schedule.jobs if not _rhythm(job.rule))
        slots = next_slots(Schedule(self.schedule.timezone, seldom), now, days)
        firsts = [first for job in often if (first := self._first(job, now, end))]
        return _sorted([*firsts, *self._in_order(slots, now, end)])

    def of(self, slots: Iterable[Slot], now: datetime) -> tuple[Coming, ...]:
        """What becomes of these slots, and the issues that go by another day."""
        slots = tuple(slots)
        return self._in_order(slots, now, max((slot.due for slot in slots), default=now))

    def next_issue(self, now: datetime) -> Coming | None:
        """The issue that leaves next, on its own day or on one that a person set."""
        sends = tuple(job for job in self.schedule.jobs if _is_sending(job))
        slots = next_slots(Schedule(self.schedule.timezone, sends), now, _AHEAD.days)
        found = self._in_order(slots, now, now + _AHEAD)
        return next((one for one in found if one.job.endswith(".send") and not one.left), None)

    def _first(self, job: ScheduledJob, now: datetime, end: datetime) -> Coming | None:
        """The first time of a job that comes often, when it comes at all."""
        first = next_due(job.rule, self.schedule.timezone, now)
        second = next_due(job.rule, self.schedule.timezone, first)
        if first > end:
            return None
        return Coming(at=first, job=job.name, rhythm=_rhythm(job.rule) if second <= end else None)

    def _in_order(self, slots: Iterable[Slot], now: datetime, end: datetime) -> tuple[Coming, ...]:
        of_slots = [one for slot in slots if (one := self._of(slot, now))]
        listed = {(one.job, one.issue) for one in of_slots}
        moved_here = (
            one for one in self._postponed(now, end) if (one.job, one.issue) not in listed
        )
        return _sorted([*of_slots, *moved_here])

    def _of(self, slot: Slot, now: datetime) -> Coming | None:
        """What becomes of a slot; None of a reminder that nobody is sent at it."""
        if not slot.job.startswith("newsletter."):
            return Coming(at=slot.due, job=slot.job)
        name = issue_name(self.schedule, slot)
        row = self._row(name)
        if row is not None and row.send_after is not None:
            at = self._leaves(row, slot.due)
            if at < now:
                return Coming(at=slot.due, job=slot.job, issue=name, left=at)
        if slot.job.endswith(".remind") and not _is_reminded_at_its_slot(row):
            return None
        if not slot.job.endswith(".send"):
            return Coming(at=slot.due, job=slot.job, issue=name)
        at = self._leaves(row, slot.due)
        planned = slot.due if at != slot.due else None
        first = None if row is not None and row.send_after is not None else self._if_shut(at)
        return Coming(at=at, job=slot.job, issue=name, planned=planned, first_mail=first)

    def _leaves(self, row: Row[Any] | None, due: datetime) -> datetime:
        """When an issue leaves; of one that somebody started by hand, its first mail."""
        if row is None:
            return due
        if row.send_after is not None:
            return next_opening(self.site.sending.hours, row.send_after, self.site.timezone)
        return row.leaves_at or due

    def _if_shut(self, at: datetime) -> datetime | None:
        """When the first mail of an issue goes, if none may leave at its own time."""
        departs = leaving(at, self.site.sending, self.site.timezone)
        return departs.first_mail if departs.is_shut else None

    def _row(self, name: str) -> Row[Any] | None:
        return self.connection.execute(select(issue).where(issue.c.name == name)).one_or_none()

    def _postponed(self, now: datetime, end: datetime) -> Iterator[Coming]:
        """Issues that leave in this time on a day that a person set, and who is reminded of them.

        Wherever their slots are.
        """
        rows = self.connection.execute(
            select(issue).where(issue.c.leaves_at > now, issue.c.state.in_(OPEN))
        )
        for row in rows:
            slot = send_slot(self.schedule, row.name)
            if slot is not None and row.leaves_at <= end:
                yield Coming(
                    at=row.leaves_at,
                    job=slot.job,
                    issue=row.name,
                    planned=slot.due,
                    first_mail=self._if_shut(row.leaves_at),
                )
            at = self._reminder(row)
            if slot is not None and at is not None and now < at <= end:
                job = slot.job.removesuffix("send") + "remind"
                yield Coming(at=at, job=job, issue=row.name)

    def _reminder(self, row: Row[Any]) -> datetime | None:
        """When the approvers are reminded of an issue that was moved, and has not its yes."""
        if row.state not in UNAPPROVED:
            return None
        zone, since = self.site.timezone, day_chosen(row)
        return reminder(self.schedule, row.name, row.leaves_at, zone, since)


def _is_sending(job: ScheduledJob) -> bool:
    return job.name.startswith("newsletter.") and job.name.endswith(".send")


def _is_reminded_at_its_slot(row: Row[Any] | None) -> bool:
    """Whether an issue goes by the schedule, and has not its yes."""
    return row is None or (row.leaves_at is None and row.state in UNAPPROVED)


def _rhythm(rule: Rule) -> timedelta | None:
    """How far apart the times of a rule are, when they are at most a week."""
    match rule:
        case Every(interval=interval):
            return interval
        case Daily():
            return _DAY
        case Weekly():
            return _WEEK
    return None


def _sorted(found: Iterable[Coming]) -> tuple[Coming, ...]:
    return tuple(sorted(found, key=lambda one: (one.day, one.job, one.issue or "")))
