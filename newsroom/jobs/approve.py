"""Approving an issue: somebody says yes to exactly this text."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database import transaction
from newsroom.database.tables import approval, issue
from newsroom.errors import StateError
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


def approve(database: Engine, given: Approval, approvers: tuple[str, ...]) -> None:
    """Keep an approval; it holds for this text only, and replaces one of an earlier text.

    Raises StateError when the contact is not an approver, or the issue is past approving.
    """
    if approvers and given.approved_by not in approvers:
        raise StateError(
            f'{given.issue}: "{given.approved_by}" does not approve issues; '
            f"posts/site.yaml names {', '.join(approvers)}"
        )
    with transaction(database) as connection:
        _set_state(connection, given)
        connection.execute(
            insert(approval).values(
                issue=given.issue,
                content_hash=given.content_hash,
                approved_by=given.approved_by,
                at=given.at,
            )
        )


def latest_approval(connection: Connection, name: str) -> Approval | None:
    """The last approval of an issue, whichever text it was of."""
    row = connection.execute(
        select(approval).where(approval.c.issue == name).order_by(approval.c.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Approval(row.issue, row.content_hash, row.approved_by, row.at)


def require_approval(connection: Connection, name: str, content_hash: str, now: datetime) -> None:
    """Pass when the text was approved as it is; an edit since voids the approval.

    Raises StateError that says what to do.
    """
    given = latest_approval(connection, name)
    way_on = f"newsroom issue approve {name} --by CONTACT"
    if given is None:
        raise StateError(f"{name} is not approved; get it approved first: {way_on}")
    if given.content_hash != content_hash:
        connection.execute(
            update(issue)
            .where(issue.c.name == name, issue.c.state == IssueState.APPROVED)
            .values(state=IssueState.DRAFTED, updated=now)
        )
        raise StateError(
            f"{name} was changed after {given.approved_by} approved it on {given.at:%Y-%m-%d}; "
            f"have it approved as it is now: {way_on}"
        )


def _set_state(connection: Connection, given: Approval) -> None:
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


def _add_row(connection: Connection, given: Approval) -> None:
    """The issue's row, made when it was written by hand and no schedule knows it."""
    row = insert(issue).values(name=given.issue, state=IssueState.DRAFTED, updated=given.at)
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return
