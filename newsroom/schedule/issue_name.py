"""Issues by name: `2026-var` is the issue that the season `var` sends in 2026."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from difflib import get_close_matches

from newsroom.errors import ScheduleError
from newsroom.model import Schedule, ScheduledJob, Slot, Yearly, slugify
from newsroom.model.saying import say
from newsroom.model.season import find_season
from newsroom.schedule.slots import next_due

_NAME = re.compile(r"(2[0-9]{3})-(.+)")
_INSTANT = timedelta(seconds=1)
_YEAR = re.compile(r"2[0-9]{3}")
_ALIKE = 0.8  # host and hst, not host and post
_ANY_ISSUE = frozenset(  # words of a title that do not say which issue it is
    [
        *("nyhetsbrev", "nyhetsbrevet", "brev", "brevet", "nummer", "numret", "utskick"),
        *("newsletter", "issue", "letter", "the", "of", "for"),
    ]
)


def issue_name(schedule: Schedule, slot: Slot) -> str:
    """The issue that a newsletter slot is about.

    Draft and remind slots give the name of the issue they precede, even across a new year, and
    however late the draft is: the year is that of the next day on which it is sent.
    """
    job = _job(schedule, slot.job)
    if job is None or not isinstance(job.rule, Yearly):
        raise ScheduleError(
            say("{job} is no newsletter job of the schedule; add it there", job=slot.job)
        )
    season = slot.job.split(".")[1]
    sends = _job(schedule, f"newsletter.{season}.send") or job
    sent = next_due(sends.rule, schedule.timezone, slot.due - _INSTANT)
    return f"{sent.astimezone(schedule.timezone).year}-{season}"


def send_slot(schedule: Schedule, issue: str) -> Slot | None:
    """The slot at which an issue is sent; None when its name is not one the schedule gives."""
    found = _NAME.fullmatch(issue)
    job = _job(schedule, f"newsletter.{found[2]}.send") if found else None
    if found is None or job is None:
        return None
    new_year = datetime(int(found[1]), 1, 1, tzinfo=schedule.timezone)
    return Slot(next_due(job.rule, schedule.timezone, new_year - _INSTANT), job.name)


def named_issue(schedule: Schedule, title: str, now: datetime) -> str | None:
    """The issue of the schedule that a title names by its season alone: `Våren 2027` is 2027-var.

    Without a year it is the next one. None for a title that says anything else.
    """
    words = [word for word in slugify(title).split("-") if word not in _ANY_ISSUE]
    years = [word for word in words if _YEAR.fullmatch(word)]
    named = [word for word in words if word not in years]
    if len(years) > 1 or len(named) != 1:
        return None
    seasons = _seasons(schedule)
    meant = _same_season(named[0], seasons)
    if meant is None:
        return None
    due = next_due(seasons[meant].rule, schedule.timezone, now)
    return f"{years[0] if years else due.astimezone(schedule.timezone).year}-{meant}"


def next_issues(schedule: Schedule, now: datetime) -> tuple[str, ...]:
    """The next issue of each season that the schedule sends, the nearest first."""
    slots = (
        Slot(next_due(job.rule, schedule.timezone, now), job.name)
        for job in _seasons(schedule).values()
    )
    return tuple(issue_name(schedule, slot) for slot in sorted(slots))


def likely_name(schedule: Schedule, name: str, now: datetime) -> str | None:
    """The issue of the schedule that `2026-hst`, `hosten` or `2026-autumn` most likely means."""
    if plainly := named_issue(schedule, name, now):
        return plainly
    found, seasons = _NAME.fullmatch(name), _seasons(schedule)
    meant = _alike(found[2] if found else name, seasons)
    if meant is None:
        return None
    due = next_due(seasons[meant].rule, schedule.timezone, now)
    return f"{found[1] if found else due.astimezone(schedule.timezone).year}-{meant}"


def _alike(word: str, seasons: Collection[str]) -> str | None:
    """The season that a word names in another language, or nearly spells."""
    return _same_season(word, seasons) or next(
        iter(get_close_matches(word, seasons, 1, _ALIKE)), None
    )


def _same_season(word: str, seasons: Collection[str]) -> str | None:
    """The season of the schedule that a word names, in whichever language."""
    named = find_season(word)
    same = (each for each in seasons if named is not None and find_season(each) is named)
    return word if word in seasons else next(same, None)


def _seasons(schedule: Schedule) -> dict[str, ScheduledJob]:
    """The job that sends each season's issue."""
    sends = [job for job in schedule.jobs if job.name.endswith(".send")]
    return {job.name.split(".")[1]: job for job in sends}


def _job(schedule: Schedule, name: str) -> ScheduledJob | None:
    return next((job for job in schedule.jobs if job.name == name), None)
