"""Check: everything that should be mended, as it stands today."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from newsroom.content.folder import Reading
from newsroom.content.links.destinations import Destinations
from newsroom.content.links.link_rules import hidden_links
from newsroom.content.lint.today import early_corrections, far_dates, nobody_to_ask, unverified
from newsroom.content.rules.cards import cards_of
from newsroom.content.rules.issue_rules import repeated
from newsroom.jobs.advice.changes_told import changes_told
from newsroom.jobs.advice.site_advice import never_reviewed, site_advice
from newsroom.model import Card, Newsroom, Problem


def check(
    reading: Reading,
    of_schedule: tuple[Problem, ...],
    now: datetime,
    since_published: Iterable[Problem] = (),
) -> tuple[Problem, ...]:
    """What the folder's reading told, what `schedule.yaml` has, and what only `now` can tell.

    `since_published` is what only somebody can tell who knows what was published.
    """
    problems = [*reading.problems, *since_published]
    if reading.newsroom is not None:
        problems += _of_today(reading.newsroom, reading.unusable, now)
    problems.sort(key=lambda problem: (str(problem.source), problem.line or 0))
    return (*problems, *of_schedule)


def _of_today(newsroom: Newsroom, unusable: tuple[Card, ...], now: datetime) -> Iterator[Problem]:
    site, cards = newsroom.site, tuple(cards_of(newsroom))
    yield from site_advice(site, now)
    yield from filter(None, [never_reviewed(site, now)])
    everything = Destinations((*cards, *unusable), frozenset(), site)
    yield from hidden_links(everything, now, {card.source for card in unusable})
    yield from far_dates(cards, site, now)
    yield from early_corrections(cards, site, now)
    yield from unverified(newsroom.contacts, site, now)
    yield from nobody_to_ask(cards, site, now)
    yield from repeated(newsroom, now)
    yield from changes_told(newsroom, now)
