"""Which issues there are, when each leaves, and what is told of those that nothing would send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import ScheduleError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import PurePosixPath

    from newsroom.content.folder import Reading
    from newsroom.jobs.issue.departure import Departure
    from newsroom.model import Issue, Problem, Schedule
    from newsroom.model.saying import Saying
    from newsroom.wiring.desk import Desk


def departs(desk: Desk, name: str) -> Departure | None:
    """When an issue is to leave; None when neither the schedule nor a person has said."""
    from newsroom.database import reading
    from newsroom.jobs.issue.departure import departure

    schedule, site = desk.schedule_if_any(), desk.site
    with reading(desk.database) as connection:
        return departure(connection, schedule, name, site.sending, site.timezone)


def leaves_at(desk: Desk, name: str) -> datetime:
    """When an issue is to leave: on the day set for it, else at its slot; now when that is past."""
    leaves, now = departs(desk, name), desk.clock()
    return max(leaves.at, now) if leaves else now


def is_written(desk: Desk, name: str) -> bool:
    """Whether an issue has a file, readable or not."""
    return (desk.settings.posts / "newsletters" / f"{name}.md").is_file()


def written_issue(desk: Desk, name: str) -> Issue:
    """What the folder has of an issue. Raises ContentError with the faults of its file."""
    from newsroom.jobs.issue.edition import find_issue
    from newsroom.wiring.desk import usable

    found = desk.read()
    return find_issue(usable(found), name, found.problems, meant(desk, name))


def meant(desk: Desk, name: str) -> str | None:
    """The issue of the schedule whose name is like this one, or is it."""
    from newsroom.schedule import likely_name

    schedule = desk.schedule_if_any()
    return likely_name(schedule, name, desk.clock()) if schedule else None


def why_not_today(desk: Desk, name: str) -> Saying | None:
    """Why an issue does not leave at its slot though nothing is wrong, or None."""
    from newsroom.database import reading
    from newsroom.delivery.sending.course import state_of
    from newsroom.model.issue_state import IssueState, in_words

    with reading(desk.database) as connection:
        state = state_of(connection, name)
    if state is IssueState.CANCELLED or (
        state is IssueState.SKIPPED and not is_written(desk, name)
    ):
        return say("{issue} is {state}", issue=name, state=in_words(state))
    if day := day_set(desk, name):
        return say("{issue} leaves on another day: {day:%Y-%m-%d %H:%M}", issue=name, day=day)
    return None


def day_set(desk: Desk, name: str) -> datetime | None:
    """When an issue is really sent whose day a person has set, on the clock of the site."""
    leaves = departs(desk, name)
    if leaves is None or not leaves.by_hand:
        return None
    return leaves.sent.astimezone(desk.site.timezone)


def has_begun(desk: Desk, name: str) -> Saying | None:
    """That an issue is on its way or over, or None."""
    from newsroom.database import reading
    from newsroom.delivery.sending.course import state_of
    from newsroom.model.issue_state import OPEN, in_words

    with reading(desk.database) as connection:
        state = state_of(connection, name)
    if state is None or state in OPEN:
        return None
    return say("{issue} is {state}", issue=name, state=in_words(state))


def named_by(desk: Desk, title: str) -> str | None:
    """The issue of the schedule that a title names by its season, such as `Våren 2027`."""
    from newsroom.schedule import named_issue

    schedule = _sound_schedule(desk)
    return named_issue(schedule, title, desk.clock()) if schedule else None


def unplanned(desk: Desk, name: str, source: PurePosixPath) -> Problem | None:
    """That nothing sends an issue of this name; None when something does."""
    from newsroom.jobs.issue.unplanned import unplanned as job

    return job(_sound_schedule(desk), name, source, desk.clock())


def of_its_day(desk: Desk, issue: Issue) -> tuple[Problem, ...]:
    """What to know of when an issue leaves: not by itself, or on another day than its own."""
    from newsroom.jobs.issue.shut_days import on_a_shut_day

    leaves = departs(desk, issue.slug)
    if leaves is None:
        remark = unplanned(desk, issue.slug, issue.source)
    else:
        remark = on_a_shut_day(issue.slug, issue.source, leaves, desk.site.timezone, desk.clock())
    return (remark,) if remark else ()


def plan_remarks(desk: Desk, found: Reading) -> Iterator[Problem]:
    """What `check` tells of the issues to come: drafts that nothing sends, days that are shut."""
    from newsroom.jobs.issue.shut_days import shut_slots

    schedule = _sound_schedule(desk)
    if schedule is None or found.newsroom is None:
        return
    yield from _never_sent(desk, found, schedule)
    yield from shut_slots(schedule, found.newsroom.site, desk.clock())


def _never_sent(desk: Desk, found: Reading, schedule: Schedule) -> tuple[Problem, ...]:
    """The database is asked only where the folder alone gives a reason to."""
    from newsroom.database import reading
    from newsroom.jobs.issue.unplanned import never_sent, settled
    from newsroom.wiring.desk import usable

    newsroom, now = usable(found), desk.clock()
    if not (told := tuple(never_sent(newsroom, schedule, (), now))):
        return told
    with reading(desk.database) as connection:
        return tuple(never_sent(newsroom, schedule, settled(connection), now))


def _sound_schedule(desk: Desk) -> Schedule | None:
    """The schedule; None where there is none, or one with faults, which others tell."""
    try:
        return desk.schedule_if_any()
    except ScheduleError:
        return None
