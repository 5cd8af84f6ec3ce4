"""Approvals on record: who said yes to which text of an issue, and which of them still hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import approval, issue
from newsroom.delivery.approval.delays import forget_why_held
from newsroom.delivery.ledger.noted import noted
from newsroom.model.issue_state import OPEN, UNAPPROVED, IssueState
from newsroom.model.saying import Saying, say
from newsroom.schedule.issue_life import refusal


class EndedBy(StrEnum):
    """Why a yes ceased to hold."""

    EDIT = "edit"  # the text is another one
    HAND = "hand"  # somebody took it back
    RESTORE = "restore"  # the database was brought back from a backup: the issue may have left


@dataclass(frozen=True, slots=True)
class Approval:
    """Who said yes to which text, and when."""

    issue: str
    content_hash: str
    approved_by: str  # a contact's slug
    at: datetime


def approvals_that_hold(connection: Connection, name: str) -> tuple[Approval, ...]:
    """The yeses to an issue that nothing has ended, oldest first."""
    rows = connection.execute(
        select(approval)
        .where(approval.c.issue == name, approval.c.ended.is_(None))
        .order_by(approval.c.id)
    )
    return tuple(_approval(row) for row in rows)


def latest_approval(connection: Connection, name: str) -> Approval | None:
    """The last yes to an issue that still holds."""
    return next(reversed(approvals_that_hold(connection, name)), None)


@dataclass(frozen=True, slots=True)
class Ended:
    """A yes that holds no longer."""

    approval: Approval
    by: EndedBy
    at: datetime


def last_ended(connection: Connection, name: str) -> Ended | None:
    """The last yes to an issue that ceased to hold."""
    row = connection.execute(
        select(approval)
        .where(approval.c.issue == name, approval.c.ended.is_not(None))
        .order_by(approval.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Ended(_approval(row), EndedBy(row.ended_by), row.ended)


def keep_approval(connection: Connection, given: Approval, yeses: int = 1) -> int:
    """Write a yes down, and give how many more the issue needs of the `yeses` it has to have.

    A yes that the same person has given to the same text is there already. One of an earlier text
    ends. Raises StateError when the issue is past approving.
    """
    enter(connection, given.issue, given.at)
    state = IssueState(
        connection.execute(
            select(issue.c.state).where(issue.c.name == given.issue).with_for_update()
        ).scalar_one()
    )
    if state not in OPEN:
        raise refusal(given.issue, state, IssueState.APPROVED)
    end_other_approvals(connection, given.issue, given.content_hash, given.at)
    who = {one.approved_by for one in approvals_that_hold(connection, given.issue)}
    if given.approved_by not in who:
        _add(connection, given)
    missing = max(0, yeses - len(who | {given.approved_by}))
    if not missing:
        connection.execute(
            update(issue)
            .where(issue.c.name == given.issue, issue.c.state.in_(UNAPPROVED))
            .values(
                state=IssueState.APPROVED,
                content_hash=given.content_hash,
                updated=given.at,
                **noted(None),
            )
        )
        forget_why_held(connection, given.issue)
    return missing


def other_approvals(connection: Connection, name: str, content_hash: str) -> tuple[Approval, ...]:
    """The yeses to other texts of an issue than this one: they hold until somebody looks."""
    held = approvals_that_hold(connection, name)
    return tuple(one for one in held if one.content_hash != content_hash)


def why_ended(others: Sequence[Approval]) -> Saying:
    """That an edit has ended these yeses, for the status of their issue."""
    return say("changed after {name} approved it", name=others[-1].approved_by)


def end_other_approvals(
    connection: Connection, name: str, content_hash: str, now: datetime
) -> tuple[Approval, ...]:
    """End the yeses to other texts than this one; an issue approved by them is a draft again."""
    others = other_approvals(connection, name, content_hash)
    if not others:
        return ()
    connection.execute(
        update(approval)
        .where(
            approval.c.issue == name,
            approval.c.content_hash != content_hash,
            approval.c.ended.is_(None),
        )
        .values(ended=now, ended_by=EndedBy.EDIT)
    )
    connection.execute(
        update(issue)
        .where(
            issue.c.name == name,
            issue.c.state == IssueState.APPROVED,
            issue.c.content_hash != content_hash,
        )
        .values(
            state=IssueState.DRAFTED,
            content_hash=None,
            updated=now,
            **noted(why_ended(others)),
        )
    )
    return others


def end_all_approvals(connection: Connection, name: str, now: datetime) -> None:
    """Somebody takes every yes to an issue back."""
    connection.execute(
        update(approval)
        .where(approval.c.issue == name, approval.c.ended.is_(None))
        .values(ended=now, ended_by=EndedBy.HAND)
    )


def enter(
    connection: Connection, name: str, now: datetime, state: IssueState = IssueState.DRAFTED
) -> None:
    """The issue's row, made when nobody has told the ledger of it yet; else it stays as it is.

    But one that was skipped is a draft when somebody goes on with it after all.
    """
    row = insert(issue).values(name=name, state=state, updated=now)
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        skipped = issue.c.name == name, issue.c.state == IssueState.SKIPPED
        connection.execute(update(issue).where(*skipped).values(state=state))


def _add(connection: Connection, given: Approval) -> None:
    connection.execute(
        insert(approval).values(
            issue=given.issue,
            content_hash=given.content_hash,
            approved_by=given.approved_by,
            at=given.at,
        )
    )


def _approval(row: Row[Any]) -> Approval:
    return Approval(row.issue, row.content_hash, row.approved_by, row.at)
