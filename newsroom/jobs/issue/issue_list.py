"""Every issue there is a word about: in the folder, in the ledger, or soon due by the schedule."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from newsroom.database import reading
from newsroom.database.tables import issue as issue_table
from newsroom.delivery.approval.approvals import latest_approval
from newsroom.delivery.pace.hours import next_opening
from newsroom.jobs.issue.departure import departure
from newsroom.jobs.issue.issue_status import state_in_folder
from newsroom.model import Issue, Newsroom, Schedule, Site
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
    coming = next_issues(schedule, now) if schedule else ()
    with reading(database) as connection:
        rows = {row.name: row for row in connection.execute(select(issue_table))}
        planned = [name for name in coming if name not in rows]
        unwritten = [name for name in (*planned, *sorted(rows)) if name not in written]
        listed = [
            _listed(connection, schedule, newsroom.site, name, written.get(name), rows.get(name))
            for name in (*unwritten, *written)
        ]
    return tuple(sorted(listed, key=lambda one: _when(one, now)))


def _listed(  # noqa: PLR0913, PLR0917 (what the folder, the ledger and the schedule say)
    connection: Connection,
    schedule: Schedule | None,
    site: Site,
    name: str,
    written: Issue | None,
    row: Row[Any] | None,
) -> ListedIssue:
    """What is known of one issue; where the ledger says something, it is that."""
    leaves = departure(connection, schedule, name, site.sending, site.timezone)
    slot = leaves.sent if leaves else None
    if row is not None and row.send_after is not None:
        slot = next_opening(site.sending.hours, row.send_after, site.timezone)
    given = latest_approval(connection, name)
    in_folder = state_in_folder(written) if written else IssueState.PLANNED
    return ListedIssue(
        issue=name,
        title=written.title if written else "",
        state=row.state if row is not None else in_folder,
        slot=slot,
        approved_by=given.approved_by if given else None,
    )


def _when(one: ListedIssue, now: datetime) -> tuple[bool, float]:
    """The nearest of those to come first; what has no day, or a past one, as it stood."""
    if one.slot is None or one.slot <= now or one.state in _OVER:
        return True, 0
    return False, one.slot.timestamp()
