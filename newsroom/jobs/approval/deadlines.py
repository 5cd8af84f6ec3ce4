"""The days of the issues to come: draft, reminder, last day to say yes, leaving.

They hang on the schedule and on what people have decided since. How each day has moved is kept, so
that a calendar which somebody subscribes to can say which of two versions is the newer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import deadline, issue
from newsroom.delivery.approval.approvals import latest_approval
from newsroom.jobs.issue.departure import (
    Departure,
    answer_by,
    day_chosen,
    departure,
    leaving,
    reminder,
)
from newsroom.model import Schedule, Site
from newsroom.model.issue_state import UNAPPROVED, IssueState
from newsroom.schedule import due_slots, issue_name

BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)
_OFF = {IssueState.CANCELLED, IssueState.SKIPPED}


class IssueDay(StrEnum):
    """A day in the life of an issue."""

    DRAFT = "draft"  # the file is written, and the first approver asked
    REMIND = "remind"  # who has not said yes is reminded
    APPROVE = "approve"  # the last day to say yes in good time
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One of the days of an issue."""

    issue: str
    step: IssueDay
    at: datetime  # aware, UTC; of APPROVE only the day counts
    planned: datetime | None = None  # its own time, where no mail may leave then
    is_off: bool = False  # the issue was cancelled or skipped
    approved_by: str | None = None  # whose yes lets it leave: a contact's slug
    half_approved_by: str | None = None  # who has said yes to it while another yes is missing
    is_done: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others, whatever day it is on."""
        return self.issue, self.step


@dataclass(frozen=True, slots=True)
class DeadlineVersion:
    """How often a day has been moved, and when that was last."""

    sequence: int
    changed: datetime | None  # None: nobody has written it down yet


def deadlines(
    connection: Connection, schedule: Schedule | None, site: Site, now: datetime
) -> tuple[Deadline, ...]:
    """The days of the issues of the coming thirteen months, and of those just behind, in order."""
    known = connection.scalars(select(issue.c.name).order_by(issue.c.name)).all()
    planned = _planned(schedule, now)
    found = [
        each
        for name in dict.fromkeys((*planned, *known))
        for each in _of_issue(connection, schedule, site, name, planned.get(name, {}))
    ]
    within = (each for each in found if now - BEHIND <= each.at <= now + AHEAD)
    return tuple(sorted(within, key=lambda each: (each.at, each.key)))


def _planned(schedule: Schedule | None, now: datetime) -> dict[str, dict[IssueDay, datetime]]:
    """What the schedule says of each issue."""
    if schedule is None:
        return {}
    jobs = tuple(job for job in schedule.jobs if job.name.startswith("newsletter."))
    found: dict[str, dict[IssueDay, datetime]] = {}
    for slot in due_slots(Schedule(schedule.timezone, jobs), now - BEHIND, now + AHEAD):
        step = IssueDay(slot.job.rpartition(".")[2])
        found.setdefault(issue_name(schedule, slot), {})[step] = slot.due
    return found


def _of_issue(
    connection: Connection,
    schedule: Schedule | None,
    site: Site,
    name: str,
    planned: Mapping[IssueDay, datetime],
) -> Iterator[Deadline]:
    """The days of one issue; that of its leaving may have been set by a person."""
    row = connection.execute(select(issue).where(issue.c.name == name)).one_or_none()
    state = IssueState(row.state) if row else IssueState.PLANNED
    leaves = departure(connection, schedule, name, site.sending, site.timezone)
    if row and row.frozen_at and not _same_day(row.frozen_at, leaves, site):
        leaves = leaving(row.frozen_at, site.sending, site.timezone)  # somebody sent it by hand
    days = dict(planned)
    if leaves is not None:
        days |= _last_days(leaves, site)
        if leaves.at != planned.get(IssueDay.SEND, leaves.at):
            since = day_chosen(row) if row else None
            days.pop(IssueDay.REMIND, None)
            if moved := reminder(schedule, name, leaves.at, site.timezone, since):
                days[IssueDay.REMIND] = moved
    given = latest_approval(connection, name)
    by = given.approved_by if given else None
    for step, at in days.items():
        yield Deadline(
            issue=name,
            step=step,
            at=at,
            planned=leaves.at if step is IssueDay.SEND and leaves and leaves.is_shut else None,
            is_off=state in _OFF and step is not IssueDay.DRAFT,
            approved_by=None if state in UNAPPROVED else by,
            half_approved_by=by if state in UNAPPROVED else None,
            is_done=state is IssueState.DONE,
        )


def _last_days(leaves: Departure, site: Site) -> dict[IssueDay, datetime]:
    """The last day to say yes, and that on which the issue is sent."""
    return {
        IssueDay.APPROVE: answer_by(leaves.at, site.timezone, leaves.at - BEHIND),
        IssueDay.SEND: leaves.sent,
    }


def _same_day(one: datetime, leaves: Departure | None, site: Site) -> bool:
    zone = site.timezone
    return leaves is not None and one.astimezone(zone).date() == leaves.at.astimezone(zone).date()


def note_deadlines(connection: Connection, found: Iterable[Deadline], now: datetime) -> None:
    """Write down where each day is now; one that was moved, or called off, is a new version."""
    known = {(row.issue, row.step): row for row in connection.execute(select(deadline))}
    for each in found:
        row = known.get(each.key)
        if row is None:
            _begin(connection, each, now)
        elif (row.at, row.off) != (each.at, each.is_off):
            connection.execute(
                update(deadline)
                .where(
                    deadline.c.issue == each.issue,
                    deadline.c.step == each.step,
                    deadline.c.sequence == row.sequence,
                )
                .values(at=each.at, off=each.is_off, sequence=row.sequence + 1, changed=now)
            )


def _begin(connection: Connection, each: Deadline, now: datetime) -> None:
    row = insert(deadline).values(
        issue=each.issue, step=each.step, at=each.at, off=each.is_off, sequence=0, changed=now
    )
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:  # another process was first
        return


def all_noted(connection: Connection, found: Iterable[Deadline]) -> bool:
    """Whether there is nothing to write down: so it is at nearly every look."""
    known = {
        (row.issue, row.step): (row.at, row.off) for row in connection.execute(select(deadline))
    }
    return all(known.get(each.key) == (each.at, each.is_off) for each in found)


def versions(
    connection: Connection, found: Iterable[Deadline]
) -> dict[tuple[str, str], DeadlineVersion]:
    """Which version each day is; one that has moved since it was written down is the next.

    Reading writes nothing: who fetches the calendar may do so ahead of the clock.
    """
    known = {(row.issue, row.step): row for row in connection.execute(select(deadline))}
    return {each.key: _version(known.get(each.key), each) for each in found}


def _version(row: Row[Any] | None, each: Deadline) -> DeadlineVersion:
    if row is None:
        return DeadlineVersion(0, None)
    moved = (row.at, row.off) != (each.at, each.is_off)
    return DeadlineVersion(row.sequence + moved, row.changed)
