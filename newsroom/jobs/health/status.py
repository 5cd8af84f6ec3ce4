"""What is next, what waits and what happened: one screen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from sqlalchemy import Connection, Engine

from newsroom.content.folder import Reading
from newsroom.database import reading
from newsroom.delivery.ledger.report import Plan, report
from newsroom.jobs.health.cares import Care, Worry, cares_of, in_order
from newsroom.jobs.health.vitals import Look, Marks, Vitals
from newsroom.jobs.issue.off_schedule import missed_drafts
from newsroom.model import Card, Kind, Newsroom, Problem, Schedule, Severity, Site, Standing
from newsroom.model.delivery import Counts
from newsroom.model.filing import all_cards
from newsroom.model.issue_state import IssueState
from newsroom.output.published import Published


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
    """The newsroom at one moment: its vital signs, and what its folder says."""

    vitals: Vitals
    waiting: tuple[Waiting, ...]
    drafts: tuple[Draft, ...]  # by their files
    cares: tuple[Care, ...]  # what asks for a person, that of the machine first


def status(  # noqa: PLR0913, PLR0917 (all that is looked at)
    found: Reading,
    schedule: Schedule | None,
    database: Engine,
    marks: Marks,
    now: datetime,
    plan: Plan | None = None,
    gone: Sequence[Published] = (),
    edited: Mapping[str, str] | None = None,
) -> Status:
    """What there is to know at `now`. It only asks tables, so it works while nothing runs.

    `found` is a reading that has a newsroom, `plan` how issues leave; None: as site.yaml says.
    `gone` is what was published and has lost its file lately, `edited` which approved issues have
    another text by now, each with what its status says then.
    """
    newsroom = found.newsroom
    if newsroom is None:
        raise ValueError("there is no newsroom in this reading")
    site = newsroom.site
    with reading(database) as connection:
        tally = partial(_report, plan or Plan(site.sending, site.timezone), edited or {})
        vitals = Look(schedule, site.sending.canary, tally).at(connection, marks, now)
    cards = all_cards(newsroom)
    return Status(
        vitals,
        _waiting(cards, site, now),
        _drafts(cards),
        in_order(
            (
                *cares_of(vitals),
                *_of_gone(gone),
                *_of_folder(newsroom, found.problems, schedule, vitals),
            )
        ),
    )


def _report(
    plan: Plan, edited: Mapping[str, str], connection: Connection, name: str, now: datetime
) -> Counts:
    """An issue as it will be as soon as somebody looks after it."""
    tally = report(connection, name, plan, now)
    if name not in edited:
        return tally
    return replace(tally, state=IssueState.DRAFTED, note=edited[name])


def _of_folder(
    newsroom: Newsroom, problems: Iterable[Problem], schedule: Schedule | None, vitals: Vitals
) -> Iterator[Care]:
    """What asks for a person by what the folder says."""
    faults = sum(problem.severity is Severity.ERROR for problem in problems)
    if faults:
        yield Care(Worry.CONTENT, number=faults)
    if schedule is not None:
        known = {tally.issue for tally in vitals.issues}
        for sentence in missed_drafts(newsroom, schedule, known, vitals.at):
            yield Care(Worry.UNDRAFTED, note=sentence)


def _of_gone(gone: Sequence[Published]) -> Iterator[Care]:
    if gone:
        yield Care(Worry.GONE, number=len(gone), note=gone[0].source)


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
