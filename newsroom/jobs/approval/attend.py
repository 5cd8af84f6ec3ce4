"""Looking after issues: once a minute, see what has come of each and do what is due.

It may be done by any number of processes, as often as they like: a mail is sent once, an issue is
frozen once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select

from newsroom.database import reading, transaction
from newsroom.database.restorations import unconfirmed
from newsroom.database.tables import issue
from newsroom.delivery.approval.approvals import (
    EndedBy,
    approvals_that_hold,
    end_other_approvals,
    last_ended,
)
from newsroom.delivery.approval.delays import decision_on, note_why_held
from newsroom.delivery.approval.desk_mails import News, is_untold, last_told
from newsroom.delivery.approval.thaw import forget_day
from newsroom.delivery.ledger.noted import why_held
from newsroom.delivery.sending.course import state_of
from newsroom.errors import ContentError, StateError
from newsroom.jobs.approval.apart import Apart
from newsroom.jobs.approval.ask import (
    LATELY,
    ReviewDesk,
    ask,
    ask_deputy,
    facts,
    names_of,
    remind,
    tell_of_the_yes,
    tell_with_letter,
)
from newsroom.jobs.approval.deadlines import all_noted, deadlines, note_deadlines
from newsroom.jobs.approval.doubts import come_since
from newsroom.jobs.approval.hold_back import tell_of_a_decision
from newsroom.jobs.approval.progress import (
    REPORT_AFTER,
    tell_how_it_went,
    tell_of_a_lane,
    tell_where_it_stands,
)
from newsroom.jobs.approval.tell import Mailed, tell, untold
from newsroom.jobs.issue.departure import day_chosen, leaving, reminder
from newsroom.model.issue_state import OPEN, IssueState
from newsroom.model.saying import say
from newsroom.schedule import latest_send


@dataclass(frozen=True, slots=True)
class Attendance:
    """One look at all issues."""

    desk: ReviewDesk
    freeze: Callable[[str, datetime], object]  # on its day; raises when it may not leave
    texts_may_differ: bool  # something was written since the last look


def attend(look: Attendance, now: datetime) -> None:
    """Send what a person set this time for, void what was edited, and tell the approvers.

    The folder is read once for all of it, and not at all when there is no issue to look after.
    A database that was brought back from a backup waits for a person to say: go on with it. What
    breaks with one issue keeps none of the others waiting; raises StateError at the end.
    """
    with reading(look.desk.post.database) as connection:
        if unconfirmed(connection) is not None:
            return
    desk = replace(look.desk, read=cache(look.desk.read))
    look, apart = replace(look, desk=desk), Apart()
    with apart.alone("deadlines"):
        _note_days(desk, now)
    for row in _issues(desk, issue.c.state.in_(OPEN)):
        with apart.alone(row.name):
            _look_at_waiting(look, row, now)
    for row in _issues(desk, issue.c.updated > now - LATELY):
        with apart.alone(row.name):
            tell_where_it_stands(desk, row, now)
        with apart.alone(row.name):
            tell_of_a_lane(desk, row, now)
    told_by = now - REPORT_AFTER
    ended = (issue.c.state == IssueState.DONE, issue.c.updated <= told_by)
    for row in _issues(desk, and_(*ended, issue.c.updated > told_by - LATELY)):
        with apart.alone(row.name):
            tell_how_it_went(desk, row, now)
    apart.end(desk.post, now)


def _note_days(desk: ReviewDesk, now: datetime) -> None:
    """Remember where the days of the issues to come are, for those who have them in a calendar."""
    with reading(desk.post.database) as connection:
        days = deadlines(connection, desk.schedule, desk.post.site, now)
        known = all_noted(connection, days)
    if not known:
        with transaction(desk.post.database) as connection:
            note_deadlines(connection, days, now)


def _issues(desk: ReviewDesk, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    with reading(desk.post.database) as connection:
        return connection.execute(select(issue).where(which).order_by(issue.c.name)).all()


def hold(desk: ReviewDesk, name: str, at: datetime, reason: str, now: datetime) -> Mailed:
    """Tell all approvers that the time of an issue came and that it was not sent."""
    site = desk.post.site
    with transaction(desk.post.database) as connection:
        note_why_held(connection, name, at.astimezone(site.timezone), reason)
    told = facts(desk, News.HELD, name, at.astimezone(UTC).isoformat())
    with reading(desk.post.database) as connection:
        approved = state_of(connection, name) is IssueState.APPROVED
    departs = leaving(at, site.sending, site.timezone)
    told = replace(told, departure=departs, reason=reason, approved=approved)
    people = untold(desk.post, name, told.news, told.occasion, desk.people(now))
    if people:
        told = replace(told, come=come_since(desk.problems, name))
    return tell(desk.post, told, people, now)


def _look_at_waiting(look: Attendance, row: Row[Any], now: datetime) -> None:
    """See of an issue that has not been frozen whether its day is here or its text another."""
    if row.leaves_at is not None and row.leaves_at <= now:
        _leave(look, row.name, row.leaves_at, now)
        return
    if row.state == IssueState.APPROVED and look.texts_may_differ:
        _void_when_edited(look.desk, row.name, now)
    _catch_up(look.desk, row, now)


def _catch_up(desk: ReviewDesk, row: Row[Any], now: datetime) -> None:
    """Tell what nobody has been told: the relay may have been down, or a process have died."""
    if decision_on(row):
        tell_of_a_decision(desk, row.name, now)
    if held := why_held(row):
        hold(desk, row.name, held.at, held.reason, now)
    elif row.state == IssueState.SKIPPED and not _is_written(desk, row.name):
        tell(desk.post, facts(desk, News.SKIPPED, row.name, ""), desk.people(now), now)
    elif row.state == IssueState.APPROVED:
        tell_of_the_yes(desk, row.name, now)
    else:
        _tell_of_an_edit(desk, row.name, now)
        with reading(desk.post.database) as connection:
            is_new = is_untold(connection, row.name) and last_ended(connection, row.name) is None
        if is_new:
            ask(desk, row.name, now)
        ask_deputy(desk, row.name, now)
        _remind_of_its_own_day(desk, row, now)


def _is_written(desk: ReviewDesk, name: str) -> bool:
    """Whether the folder has an issue: one that was skipped may be written by hand after all."""
    return any(each.slug == name for each in desk.read().issues)


def _remind_of_its_own_day(desk: ReviewDesk, row: Row[Any], now: datetime) -> None:
    """Remind of an issue that a person moved as long before its day as the schedule does."""
    if row.leaves_at is None:
        return
    zone = desk.post.site.timezone
    at = reminder(desk.schedule, row.name, row.leaves_at, zone, day_chosen(row))
    if at is not None and at <= now:
        remind(desk, row.name, row.leaves_at, now)


def _leave(look: Attendance, name: str, day: datetime, now: datetime) -> None:
    """Freeze an issue whose day has come, or hold it and say why."""
    try:
        _require_in_time(look.desk, day, now)
        look.freeze(name, day)
    except (ContentError, StateError) as reason:
        with transaction(look.desk.post.database) as connection:
            if not forget_day(connection, name, day, now):
                return
        hold(look.desk, name, day, reason.sentence, now)


def _require_in_time(desk: ReviewDesk, day: datetime, now: datetime) -> None:
    site, latest = desk.post.site, latest_send(desk.schedule)
    if leaving(day, site.sending, site.timezone).is_missed(latest, now):
        hours = latest // timedelta(hours=1)
        raise StateError(say("more than {hours} hours had gone by since its time", hours=hours))


def _void_when_edited(desk: ReviewDesk, name: str, now: datetime) -> None:
    """End the yes to a text that is another one now, and ask for a new one."""
    content_hash = desk.proof(name).content_hash
    with transaction(desk.post.database) as connection:
        ended = end_other_approvals(connection, name, content_hash, now)
    if ended:
        _tell_of_an_edit(desk, name, now)


def _tell_of_an_edit(desk: ReviewDesk, name: str, now: datetime) -> None:
    """Tell all approvers that a yes was ended by an edit, unless they heard so at the slot."""
    with reading(desk.post.database) as connection:
        ended, holding = last_ended(connection, name), approvals_that_hold(connection, name)
        held = last_told(connection, name, News.HELD)
    if ended is None or ended.by is not EndedBy.EDIT or holding or ended.at < now - LATELY:
        return
    if held is not None and held >= ended.at:
        return
    people, given = desk.people(now), ended.approval
    who = names_of(people, given.approved_by)
    tell_with_letter(desk, name, News.VOIDED, given.at.isoformat(), people, now, who=who)
