"""An issue that schedule.yaml does not send: a free name, a slip of the finger, a time gone by."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Connection, or_, select

from newsroom.database.tables import issue as issue_table
from newsroom.jobs.issue.issue_status import state_in_folder
from newsroom.model import Newsroom, Problem, Schedule, Severity
from newsroom.model.issue_state import OPEN, IssueState
from newsroom.model.saying import Saying, say
from newsroom.schedule import latest_send, likely_name, next_issues, send_slot

UNPLANNED = "not-in-schedule"


def unplanned(
    schedule: Schedule | None, name: str, source: PurePosixPath, now: datetime
) -> Problem | None:
    """A remark that nothing sends an issue of this name; None when something does."""
    if schedule is None or send_slot(schedule, name) is not None:
        return None
    message = say(
        "schedule.yaml sends no issue called {name}: it leaves only when somebody says when",
        name=name,
    )
    fix = _way_out(schedule, name, now)
    return Problem(source, None, Severity.WARNING, UNPLANNED, message, fix)


def _way_out(schedule: Schedule, name: str, now: datetime) -> Saying:
    meant, sent = likely_name(schedule, name, now), next_issues(schedule, now)
    if meant is not None:
        return say(
            "did you mean {meant}? Then call the file {meant}.md; otherwise set its day: {command}",
            meant=meant,
            command=_another_day(name),
        )
    if not sent:
        return say("set its day: {command}", command=_another_day(name))
    return say(
        "set its day: {command}, or give the file the name of an issue that is sent: {names}",
        command=_another_day(name),
        names=", ".join(sent),
    )


def never_sent(
    newsroom: Newsroom, schedule: Schedule, settled: Collection[str], now: datetime
) -> Iterator[Problem]:
    """A remark on each draft that no slot will send; not on those that are `settled`."""
    for issue in newsroom.issues:
        if issue.slug in settled or state_in_folder(issue) is not IssueState.DRAFTED:
            continue
        remark = unplanned(schedule, issue.slug, issue.source, now) or _passed(
            schedule, issue.slug, issue.source, now
        )
        if remark is not None:
            yield remark


def settled(connection: Connection) -> frozenset[str]:
    """The issues whose day a person has set, and those on their way or over."""
    either = or_(issue_table.c.leaves_at.is_not(None), issue_table.c.state.not_in(OPEN))
    return frozenset(connection.scalars(select(issue_table.c.name).where(either)))


def _passed(schedule: Schedule, name: str, source: PurePosixPath, now: datetime) -> Problem | None:
    """A remark that the time of a draft has gone by."""
    slot = send_slot(schedule, name)
    if slot is None or now - slot.due <= latest_send(schedule):
        return None
    message = say(
        "{name} was to leave {due:%Y-%m-%d %H:%M}, and was not sent: no other time comes by itself",
        name=name,
        due=slot.due.astimezone(schedule.timezone),
    )
    fix = say("set another day: {command}", command=_another_day(name))
    return Problem(source, None, Severity.WARNING, UNPLANNED, message, fix)


def _another_day(name: str) -> Saying:
    return say("newsroom issue postpone {name} --to DAY --by NAME", name=name)
