"""Approvals on record: who said yes to which text of an issue."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import approval, issue
from newsroom.model.issue_state import IssueState
from newsroom.schedule.issue_life import advance

# An issue with a text to approve is drafted, whatever the schedule had noted of it.
_OPEN = {IssueState.PLANNED, IssueState.DRAFTED, IssueState.SKIPPED, IssueState.APPROVED}


@dataclass(frozen=True, slots=True)
class Approval:
    """Who said yes to which text, and when."""

    issue: str
    content_hash: str
    approved_by: str  # a contact's slug
    at: datetime


def latest_approval(connection: Connection, name: str) -> Approval | None:
    """The last approval of an issue, whichever text it was of."""
    row = connection.execute(
        select(approval).where(approval.c.issue == name).order_by(approval.c.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Approval(row.issue, row.content_hash, row.approved_by, row.at)


def keep_approval(connection: Connection, given: Approval) -> None:
    """Write an approval down. Raises StateError when the issue is past approving."""
    _add_row(connection, given)
    state = IssueState(
        connection.execute(
            select(issue.c.state).where(issue.c.name == given.issue).with_for_update()
        ).scalar_one()
    )
    if state not in _OPEN:
        advance(given.issue, state, IssueState.APPROVED)
    connection.execute(
        update(issue)
        .where(issue.c.name == given.issue)
        .values(state=IssueState.APPROVED, content_hash=given.content_hash, updated=given.at)
    )
    connection.execute(
        insert(approval).values(
            issue=given.issue,
            content_hash=given.content_hash,
            approved_by=given.approved_by,
            at=given.at,
        )
    )


def void_approval(connection: Connection, name: str, now: datetime) -> None:
    """An approved issue is a draft again: its text is no longer the approved one."""
    connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state == IssueState.APPROVED)
        .values(state=IssueState.DRAFTED, updated=now)
    )


def _add_row(connection: Connection, given: Approval) -> None:
    """The issue's row, made when it was written by hand and no schedule knows it."""
    row = insert(issue).values(name=given.issue, state=IssueState.DRAFTED, updated=given.at)
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return
