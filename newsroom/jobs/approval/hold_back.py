"""What an approver decides of an issue beside yes: stop, another day, never, go on, once more."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from newsroom.database import reading, transaction
from newsroom.database.tables import issue
from newsroom.delivery.approval.approvals import enter
from newsroom.delivery.approval.delays import Decision, decision_on, note_decision
from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.approval.thaw import postpone, take_back
from newsroom.delivery.sending.course import cancel, state_of
from newsroom.errors import StateError
from newsroom.jobs.approval.approvers import require_approver
from newsroom.jobs.approval.ask import LATELY, ReviewDesk, facts
from newsroom.jobs.approval.tell import Mailed, tell
from newsroom.jobs.issue.another_day import another_day
from newsroom.jobs.issue.departure import departure
from newsroom.jobs.issue.steer import (
    let_the_rest_follow,
    resolve_issue,
    resume_issue,
    send_again_to_the_rest,
)
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import say


def stop_issue(desk: ReviewDesk, name: str, by: str, now: datetime) -> None:
    """Take the yes back, as long as no mail has left; the other approvers are told.

    Raises StateError when it is too late, or when `by` is no approver.
    """
    person = require_approver(desk.read(), by, name, now)
    with transaction(desk.post.database) as connection:
        take_back(connection, name, now)
        note_decision(connection, name, Decision(News.STOPPED, person.title, now))
    tell_of_a_decision(desk, name, now)


def postpone_issue(desk: ReviewDesk, name: str, day: str, by: str, now: datetime) -> datetime:
    """Set the day that an issue leaves on, and give the moment; the other approvers are told.

    `day` is a date or a week as people write them. A yes holds as long as the text is the same.
    Raises StateError when it is no day to come, too late, or `by` is no approver.
    """
    person, site = require_approver(desk.read(), by, name, now), desk.post.site
    with reading(desk.post.database) as connection:
        leaves = departure(connection, desk.schedule, name, site.sending, site.timezone)
    planned = leaves.at if leaves else None
    moment = another_day(day, planned, site.timezone, now, site.sending.hours)
    with transaction(desk.post.database) as connection:
        postpone(connection, name, moment, now)
        note_decision(connection, name, Decision(News.POSTPONED, person.title, now))
    tell_of_a_decision(desk, name, now)
    return moment


def cancel_as(desk: ReviewDesk, name: str, reason: str, by: str, now: datetime) -> int:
    """Call an issue off in an approver's name; how many readers will not get it."""
    person = require_approver(desk.read(), by, name, now)
    if not reason:
        raise StateError(say("{name}: say why it is cancelled", name=name))
    why = say("{reason} ({name})", reason=reason, name=person.title)
    with transaction(desk.post.database) as connection:
        enter(connection, name, now)
        if state_of(connection, name) is IssueState.CANCELLED:
            return 0  # pressed twice
        return cancel(connection, name, why, now)


def go_on_as(desk: ReviewDesk, name: str, by: str, now: datetime) -> None:
    """Let the rest follow the first few. Raises StateError when they have not been tried."""
    require_approver(desk.read(), by, name, now)
    let_the_rest_follow(desk.post.database, name, by, now)


def resume_as(desk: ReviewDesk, name: str, by: str, now: datetime) -> None:
    """Go on with a paused issue, or with its stopped lanes, on an approver's word."""
    require_approver(desk.read(), by, name, now)
    resume_issue(desk.post.database, name, now)


def try_the_rest_as(desk: ReviewDesk, name: str, by: str, now: datetime) -> int:
    """Write once more to those who were not reached; how many they are."""
    require_approver(desk.read(), by, name, now)
    return send_again_to_the_rest(desk.post.database, name, desk.post.site.sending, now)


def settle_as(desk: ReviewDesk, name: str, by: str, now: datetime, *, arrived: bool) -> int:
    """Settle all copies of which nobody knows whether they left; how many they were."""
    require_approver(desk.read(), by, name, now)
    return resolve_issue(desk.post.database, name, (), arrived=arrived, now=now)


def tell_of_a_decision(desk: ReviewDesk, name: str, now: datetime) -> Mailed:
    """Tell the other approvers what one of them decided last; who was not reached is told later."""
    with reading(desk.post.database) as connection:
        row = connection.execute(select(issue).where(issue.c.name == name)).one()
    decided = decision_on(row)
    if decided is None or decided.at < now - LATELY:
        return Mailed()
    others = [each for each in desk.people(now) if each.title != decided.by]
    told = facts(desk, decided.news, name, decided.at.isoformat())
    return tell(desk.post, replace(told, who=decided.by), others, now)
