"""Every issue there is a word about: in the folder, in the ledger, or soon due by the schedule."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from newsroom.database import reading
from newsroom.database.tables import issue as issue_table
from newsroom.delivery.approvals import latest_approval
from newsroom.jobs.departure import departure
from newsroom.jobs.issue_status import state_in_folder
from newsroom.model import Newsroom, Schedule


@dataclass(frozen=True, slots=True)
class Listed:
    """An issue in a line."""

    issue: str  # its name
    title: str
    state: str  # IssueState
    slot: datetime | None  # when it is to leave, UTC; None: when somebody says so
    approved_by: str | None  # a contact's slug


def list_issues(
    newsroom: Newsroom, schedule: Schedule | None, database: Engine
) -> tuple[Listed, ...]:
    """The issues of the folder, newest first, with where the ledger says they stand."""
    with reading(database) as connection:
        states = dict(connection.execute(select(issue_table.c.name, issue_table.c.state)).all())
        approvals = {
            issue.slug: latest_approval(connection, issue.slug) for issue in newsroom.issues
        }
        site = newsroom.site
        leaving = {
            issue.slug: departure(connection, schedule, issue.slug, site.sending, site.timezone)
            for issue in newsroom.issues
        }
    return tuple(
        Listed(
            issue=issue.slug,
            title=issue.title,
            state=states.get(issue.slug, state_in_folder(issue)),
            slot=leaves.at if (leaves := leaving[issue.slug]) else None,
            approved_by=given.approved_by if (given := approvals[issue.slug]) else None,
        )
        for issue in newsroom.issues
    )
