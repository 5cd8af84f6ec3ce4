"""What is next, what waits and what happened: one screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy import Engine, select

from newsroom.database import reading
from newsroom.database.job_runs import JobRun, last_runs
from newsroom.database.tables import issue
from newsroom.delivery.ledger.report import Plan, report
from newsroom.model import Card, Kind, Newsroom, Schedule, Site, Slot, Standing
from newsroom.model.delivery import Counts
from newsroom.model.filing import all_cards
from newsroom.readers.outbox import Backlog, backlog
from newsroom.schedule import next_slots

_AHEAD = 400  # days: every yearly slot is among them
_SHOWN = timedelta(days=400)  # an issue older than this is history


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece whose time has not come."""

    path: PurePosixPath
    at: datetime  # aware
    title: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A piece that somebody is still writing."""

    path: PurePosixPath
    title: str


@dataclass(frozen=True, slots=True)
class Status:
    """The newsroom at one moment."""

    next: tuple[Slot, ...]  # the next slot of each job, the soonest first
    waiting: tuple[Waiting, ...]
    drafts: tuple[Draft, ...]  # by their files
    jobs: tuple[JobRun, ...]
    issues: tuple[Counts, ...]  # those the ledger knows, the latest first
    mails: tuple[Backlog, ...]  # from the public forms, that wait to be handed over


def status(
    newsroom: Newsroom, schedule: Schedule | None, database: Engine, now: datetime
) -> Status:
    """What there is to know at `now`. It asks tables only, so it works while nothing runs."""
    with reading(database) as connection:
        names = connection.scalars(
            select(issue.c.name)
            .where(issue.c.updated > now - _SHOWN)
            .order_by(issue.c.updated.desc(), issue.c.name)
        ).all()
        plan = Plan(newsroom.site.sending, newsroom.site.timezone)
        issues = tuple(report(connection, name, plan, now) for name in names)
        jobs, mails = last_runs(connection, now), backlog(connection)
    cards = all_cards(newsroom)
    return Status(
        next_of_each(schedule, now),
        _waiting(cards, newsroom.site, now),
        _drafts(cards),
        jobs,
        issues,
        mails,
    )


def next_of_each(schedule: Schedule | None, now: datetime) -> tuple[Slot, ...]:
    """The next slot of each job."""
    if schedule is None:
        return ()
    first: dict[str, Slot] = {}
    for days in (1, _AHEAD):  # a day first: what comes every few minutes comes often in a year
        jobs = tuple(job for job in schedule.jobs if job.name not in first)
        for slot in next_slots(Schedule(schedule.timezone, jobs), now, days):
            first.setdefault(slot.job, slot)
    return tuple(sorted(first.values()))


def _waiting(cards: Iterable[Card], site: Site, now: datetime) -> tuple[Waiting, ...]:
    """What has a day that has not come, and is else as it should be; issues wait to be sent."""
    waiting = [
        Waiting(
            PurePosixPath(card.source),
            datetime.fromtimestamp(card.since, site.timezone),
            card.title,
        )
        for card in cards
        if card.standing(now.timestamp()) is Standing.WAITING and card.kind != Kind.ISSUE
    ]
    return tuple(sorted(waiting, key=lambda one: (one.at.timestamp(), one.path)))


def _drafts(cards: Iterable[Card]) -> tuple[Draft, ...]:
    drafts = [Draft(PurePosixPath(card.source), card.title) for card in cards if card.draft]
    return tuple(sorted(drafts, key=lambda one: one.path))
