"""What happens at the slots of an issue: it is drafted, approvers are reminded, it is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from newsroom.errors import ContentError, StateError
from newsroom.model.saying import say
from newsroom.wiring import composing, issue_plan, newsletter, review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from newsroom.jobs.running.rota import Held, Idle, Verb
    from newsroom.model import Schedule, ScheduledJob, Slot
    from newsroom.model.saying import Saying
    from newsroom.wiring.desk import Desk

_AT_ONCE = timedelta(seconds=1)  # after a job was first seen: the next look finds it due
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def issue_verbs(desk: Desk, schedule: Schedule) -> Iterator[tuple[str, Verb]]:
    """Each slot of an issue on the schedule, and what is done at it."""
    for job in schedule.jobs:
        if do := _AT_STEP.get(_step(job.name)):
            yield job.name, partial(_of_issue, do, desk, schedule)


def issues_missed(
    desk: Desk, schedule: Schedule
) -> Iterator[tuple[str, Callable[[Slot, str], str | Held | None]]]:
    """Each slot at which an issue is sent, and what is done when it is too late for it."""
    for job in schedule.jobs:
        if _step(job.name) == "send":
            yield job.name, partial(_missed, desk, schedule)


def late_drafts(
    desk: Desk, schedule: Schedule
) -> Iterator[tuple[str, Callable[[], datetime | None]]]:
    """Each draft, and when it is written beside its slot."""
    for job in schedule.jobs:
        if _step(job.name) == "draft":
            yield job.name, partial(_late_draft, desk, schedule, job)


def _late_draft(desk: Desk, schedule: Schedule, job: ScheduledJob) -> datetime | None:
    """When the draft is due whose day went by before anybody was there to see to it.

    That is at once, and as long as there is nothing to tell on each day until the issue is sent.
    """
    from newsroom.database import reading
    from newsroom.database.job_runs import last_run
    from newsroom.delivery.sending.course import state_of
    from newsroom.model import Slot, Yearly
    from newsroom.schedule import due_today, issue_name, latest_due

    if not isinstance(job.rule, Yearly):
        return None
    now, zone = desk.clock(), schedule.timezone
    day = latest_due(job.rule, zone, _LONG_AGO, now)
    name = issue_name(schedule, Slot(now, job.name))
    if day is None or issue_name(schedule, Slot(day, job.name)) != name:
        return None
    with reading(desk.database) as connection:
        last, state = last_run(connection, job.name, now), state_of(connection, name)
    if last is None or last.due <= day or state is not None or issue_plan.is_written(desk, name):
        return None
    return due_today(job.rule, zone, now) if last.has_run else last.due + _AT_ONCE


def _of_issue(
    do: Callable[[Desk, Schedule, Slot], str | Idle | Held],
    desk: Desk,
    schedule: Schedule,
    slot: Slot,
) -> str | Idle | Held:
    """Do something about an issue; where its state says no, that is no fault of ours."""
    from newsroom.jobs.running.rota import Held

    try:
        return do(desk, schedule, slot)
    except StateError as reason:
        return Held(reason.sentence)


def _draft(desk: Desk, schedule: Schedule, slot: Slot) -> str | Idle:
    """Write the draft, and ask the approvers; where there is nothing to tell, say that.

    Nobody is told so of a draft whose day had gone by: there may be something tomorrow.
    """
    from newsroom.jobs.approval.ask import ask, skip
    from newsroom.jobs.running.rota import Idle
    from newsroom.schedule import due_slots, issue_name

    name, reviewing, now = issue_name(schedule, slot), review.review_desk(desk), desk.clock()
    if over := issue_plan.has_begun(desk, name):
        return Idle(over)
    try:
        note: str = say("drafted {path}", path=composing.draft_issue(desk, name))
    except StateError as reason:  # somebody was first, or there is nothing new to tell
        note = reason.sentence
        if not issue_plan.is_written(desk, name):
            if slot not in due_slots(schedule, slot.due - _AT_ONCE, slot.due):
                return Idle(note)
            skip(reviewing, name, now)
            return note
    ask(reviewing, name, now)
    return note


def _remind(desk: Desk, schedule: Schedule, slot: Slot) -> str | Idle:
    """Mail the approvers of an issue that waits for a yes; who was not told is told at a retry."""
    from newsroom.jobs.approval.ask import remind
    from newsroom.jobs.running.rota import Idle
    from newsroom.schedule import issue_name

    name = issue_name(schedule, slot)
    if day := issue_plan.day_set(desk, name):
        return Idle(
            say("no reminder today: {issue} was moved to {day:%Y-%m-%d}", issue=name, day=day)
        )
    if why_not := issue_plan.why_not_today(desk, name):
        return Idle(why_not)
    if not issue_plan.is_written(desk, name):
        return Idle(say("{issue} has no draft yet", issue=name))
    mailed = remind(review.review_desk(desk), name, slot.due, desk.clock())
    mailed.require_all(name)
    note = say("{name}: mails to approvers: {number}", name=name, number=len(mailed.to))
    return note if mailed.to else Idle(note)


def _send(desk: Desk, schedule: Schedule, slot: Slot) -> str | Held:
    """Freeze an approved issue; hold any other, and tell the approvers why."""
    from newsroom.jobs.running.rota import Held
    from newsroom.schedule import issue_name

    name = issue_name(schedule, slot)
    if why_not := issue_plan.why_not_today(desk, name) or _nothing_to_tell(desk, name):
        return why_not
    try:
        frozen = newsletter.freeze_by_itself(desk, name, None)
    except (ContentError, StateError) as reason:
        if moved := issue_plan.why_not_today(desk, name):  # somebody has just decided so
            return moved
        _hold(desk, schedule, slot, reason.sentence)
        return Held(reason.sentence)
    if frozen:
        return say("{issue} is frozen and on its way", issue=name)
    return say("{issue} was frozen before", issue=name)


def _missed(desk: Desk, schedule: Schedule, slot: Slot, delay: str) -> str | Held | None:
    """Tell the approvers that nobody was there at the slot of an issue.

    Not of one that has left or leaves on another day; and one that could not have been sent before
    now, since no mail may leave at its slot, is not late.
    """
    from newsroom.jobs.issue.departure import leaving
    from newsroom.schedule import issue_name, latest_send

    site, name = desk.site, issue_name(schedule, slot)
    if why_not := issue_plan.has_begun(desk, name) or issue_plan.why_not_today(desk, name):
        return why_not
    if nothing := _nothing_to_tell(desk, name):
        return nothing
    leaves = leaving(slot.due, site.sending, site.timezone)
    if not leaves.is_missed(latest_send(schedule), desk.clock()):
        return _send(desk, schedule, slot)
    reason = say("newsroom was not running then, and looked {delay} later", delay=delay)
    _hold(desk, schedule, slot, reason)
    return None


def _nothing_to_tell(desk: Desk, name: str) -> Saying | None:
    """Leave an issue out that nobody has written, and of which there is nothing to tell."""
    from newsroom.jobs.approval.ask import skip

    if issue_plan.is_written(desk, name) or composing.has_news(desk, name):
        return None
    skip(review.review_desk(desk), name, desk.clock())
    return say("{issue}: no post since the last issue, so there is nothing to tell", issue=name)


def _hold(desk: Desk, schedule: Schedule, slot: Slot, reason: str) -> None:
    """Tell the approvers that an issue was not sent at its slot."""
    from newsroom.jobs.approval.attend import hold
    from newsroom.schedule import issue_name

    name, now = issue_name(schedule, slot), desk.clock()
    hold(review.review_desk(desk), name, slot.due, reason, now)


def _step(job: str) -> str:
    """What a job does with an issue: `send` of `newsletter.var.send`; nothing of other jobs."""
    return job.rpartition(".")[2] if job.startswith("newsletter.") else ""


_AT_STEP: Mapping[str, Callable[[Desk, Schedule, Slot], str | Idle | Held]] = {
    "draft": _draft,
    "remind": _remind,
    "send": _send,
}
