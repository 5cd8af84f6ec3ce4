"""Yeses that a database from a backup holds: their issues may have been sent after it was taken."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from newsroom.database.tables import approval, issue
from newsroom.delivery.approval.approvals import EndedBy
from newsroom.delivery.ledger.noted import noted
from newsroom.model.issue_state import OPEN, IssueState
from newsroom.model.saying import say

_WORDS = say(
    "approved before the database was brought back from a backup; it may have been sent since"
)


def end_restored_approvals(connection: Connection, now: datetime) -> tuple[str, ...]:
    """End the yeses to issues that no mail of had left when the backup was taken; which those are.

    Somebody may have sent them after it. Who says yes anew knows whether that is so.
    """
    held = select(approval.c.issue).where(approval.c.ended.is_(None))
    waiting = issue.c.state.in_(OPEN), issue.c.name.in_(held)
    names = tuple(connection.scalars(select(issue.c.name).where(*waiting).order_by(issue.c.name)))
    connection.execute(
        update(approval)
        .where(approval.c.issue.in_(names), approval.c.ended.is_(None))
        .values(ended=now, ended_by=EndedBy.RESTORE)
    )
    connection.execute(
        update(issue)
        .where(issue.c.name.in_(names), issue.c.state == IssueState.APPROVED)
        .values(
            state=IssueState.DRAFTED,
            content_hash=None,
            updated=now,
            **noted(_WORDS),
        )
    )
    return names


def ended_by_a_restore(connection: Connection) -> tuple[str, ...]:
    """The issues whose yes ended as the database was brought back, and that have no new one."""
    held = select(approval.c.issue).where(approval.c.ended.is_(None))
    had = select(approval.c.issue).where(approval.c.ended_by == EndedBy.RESTORE)
    waits = issue.c.state.in_(OPEN), issue.c.name.in_(had), issue.c.name.not_in(held)
    return tuple(connection.scalars(select(issue.c.name).where(*waits).order_by(issue.c.name)))
