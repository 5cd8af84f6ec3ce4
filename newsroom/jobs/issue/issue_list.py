"""Every issue there is a word about: in the folder, in the ledger, or soon due by the schedule."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from newsroom.database import reading
from newsroom.database.tables import issue as issue_table
from newsroom.delivery.approval.approvals import latest_approval
from newsroom.delivery.pace.hours import next_opening
from newsroom.jobs.issue.departure import departure
from newsroom.jobs.issue.issue_status import state_in_folder
from newsroom.model import Newsroom, Schedule
from newsroom.model.issue_state import IssueState
from newsroom.schedule import next_issues

_OVER = {IssueState.DONE, IssueState.CANCELLED, IssueState.SKIPPED}


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An issue in a line."""

    issue: str  # its name
    title: str
    state: str  # IssueState
    slot: datetime | None  # when it leaves, or its first mail; UTC. None: when somebody says so
    approved_by: str | None  # a contact's slug


def list_issues(
    newsroom: Newsroom, schedule: Schedule | None, database: Engine, now: datetime
) -> tuple[ListedIssue, ...]:
    """First the issues that are to leave, the nearest first; then the others.

    Of those, what only the ledger knows, then the folder's, newest first, each where the ledger
    says.
    """
    written = {issue.slug: issue for issue in newsroom.issues}
    with reading(database) as connection:
        states = dict(connection.execute(select(issue_table.c.name, issue_table.c.state)).all())
        coming = next_issues(schedule, now) if schedule else ()
        planned = [name for name in coming if name not in states]
        unwritten = [name for name in (*planned, *sorted(states)) if name not in written]
        names = (*unwritten, *written)
        approvals = {name: latest_approval(connection, name) for name in names}
        site = newsroom.site
        leaving = {
            name: departure(connection, schedule, name, site.sending, site.timezone)
            for name in names
        }
        after = dict(connection.execute(select(issue_table.c.name, issue_table.c.send_after)).all())
    started = {
        name: next_opening(site.sending.hours, moment, site.timezone)
        for name, moment in after.items()
        if moment is not None
    }
    folder = {name: state_in_folder(issue) for name, issue in written.items()}
    listed = [
        ListedIssue(
            issue=name,
            title=written[name].title if name in written else "",
            state=states.get(name, folder.get(name, IssueState.PLANNED)),
            slot=started.get(name, leaves.sent if (leaves := leaving[name]) else None),
            approved_by=given.approved_by if (given := approvals[name]) else None,
        )
        for name in names
    ]
    return tuple(sorted(listed, key=lambda one: _when(one, now)))


def _when(one: ListedIssue, now: datetime) -> tuple[bool, float]:
    """The nearest of those to come first; what has no day, or a past one, as it stood."""
    if one.slot is None or one.slot <= now or one.state in _OVER:
        return True, 0
    return False, one.slot.timestamp()
