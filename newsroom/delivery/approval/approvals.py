"""Approvals on record: who said yes to which text of an issue, and which of them still hold."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import approval, issue
from newsroom.delivery.approval.desk_mails import News
from newsroom.model.issue_state import OPEN, UNAPPROVED, IssueState
from newsroom.model.saying import Saying, say
from newsroom.schedule.issue_life import refusal

_HELD = "held since {at:%Y-%m-%d}: {reason}"
_STOPPED = "{name} took the yes back"
_MOVED = "{name} set another day"


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
                note=None,
                updated=given.at,
            )
        )
        forget_why_held(connection, given.issue)
    return missing


def end_other_approvals(
    connection: Connection, name: str, content_hash: str, now: datetime
) -> tuple[Approval, ...]:
    """End the yeses to other texts than this one; an issue approved by them is a draft again."""
    held = approvals_that_hold(connection, name)
    others = tuple(one for one in held if one.content_hash != content_hash)
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
            note=say("changed after {name} approved it", name=others[-1].approved_by),
            updated=now,
        )
    )
    return others


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
            note=say(
                "approved before the database was brought back from a backup; it may have been "
                "sent since"
            ),
            updated=now,
        )
    )
    return names


def ended_by_a_restore(connection: Connection) -> tuple[str, ...]:
    """The issues whose yes ended as the database was brought back, and that have no new one."""
    held = select(approval.c.issue).where(approval.c.ended.is_(None))
    had = select(approval.c.issue).where(approval.c.ended_by == EndedBy.RESTORE)
    waits = issue.c.state.in_(OPEN), issue.c.name.in_(had), issue.c.name.not_in(held)
    return tuple(connection.scalars(select(issue.c.name).where(*waits).order_by(issue.c.name)))


def note_why_held(connection: Connection, name: str, at: datetime, reason: str) -> None:
    """Keep for its status that an issue has not left at its time, and why."""
    connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state.in_(OPEN))
        .values(note=say(_HELD, at=at, reason=reason))
    )


def why_held(note: str | None) -> tuple[datetime, str] | None:
    """The time at which an issue should have left, and why it has not, when its note says so."""
    if not isinstance(note, Saying) or note.template != _HELD:
        return None
    at, reason = note.values["at"], note.values["reason"]
    if not isinstance(at, datetime) or not isinstance(reason, str):
        return None
    return at, reason


def note_decision(connection: Connection, name: str, news: News, who: str, now: datetime) -> None:
    """Keep for its status, and for those to be told, who took a yes back or set another day."""
    note = say(_STOPPED, name=who) if news is News.STOPPED else say(_MOVED, name=who)
    connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state.in_(OPEN))
        .values(note=note, updated=now)
    )


def who_decided(note: str | None) -> tuple[News, str] | None:
    """What somebody decided about an issue, and their name, when its note says so."""
    if not isinstance(note, Saying):
        return None
    news = {_STOPPED: News.STOPPED, _MOVED: News.POSTPONED}.get(note.template)
    return None if news is None else (news, str(note.values["name"]))


def forget_why_held(connection: Connection, name: str) -> None:
    """Somebody has decided what becomes of an issue that had not left at its time."""
    if why_held(connection.scalar(select(issue.c.note).where(issue.c.name == name))):
        connection.execute(update(issue).where(issue.c.name == name).values(note=None))


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
