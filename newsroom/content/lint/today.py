"""Findings that depend on today's date: people not verified lately, dates too far off."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from math import inf
from pathlib import PurePosixPath

from newsroom.content.lint.lint import severity_of
from newsroom.model import Card, Contact, Kind, Problem, Site
from newsroom.model.saying import say

_YEAR = timedelta(days=366)
_AHEAD = timedelta(days=2 * 366)  # nobody writes news for the year after the next
_DATED = (Kind.NEWS, Kind.ISSUE)  # told once, and kept as they were
_EARLIEST = 1990  # nothing was on the web before


def unverified(people: Iterable[Contact], site: Site, now: datetime) -> Iterator[Problem]:
    """Contacts that nobody has looked after for a year.

    Those who were never verified are told only where most others are: there it is a habit.
    """
    today = now.astimezone(site.timezone).date()
    current = [person for person in people if person.is_public(now)]
    habit = 2 * sum(person.verified is not None for person in current) > len(current)
    for person in current:
        if person.verified and person.verified < today - _YEAR:
            message = say("nobody has verified this contact since {day}", day=person.verified)
        elif habit and not person.verified:
            message = say("nobody has verified this contact")
        else:
            continue
        fix = say("see that it is right, and write verified: {day}", day=today)
        severity = severity_of("unverified", (*site.checks, *person.checks), draft=False)
        yield Problem(person.source, None, severity, "unverified", message, fix)


def far_dates(cards: Iterable[Card], site: Site, now: datetime) -> Iterator[Problem]:
    """Pieces with a date so far off that the year is most likely a slip of the finger."""
    latest = (now + _AHEAD).timestamp()
    for card in cards:
        if card.since > latest or 0 < card.month < _EARLIEST * 100:
            day = datetime.fromtimestamp(card.since, site.timezone).date()
            severity = severity_of("far-date", (*site.checks, *card.checks), draft=card.draft)
            message = say("the date {day} is far from today", day=day)
            source = PurePosixPath(card.source)
            fix = say("see that the year is right")
            yield Problem(source, None, severity, "far-date", message, fix)


def nobody_to_ask(cards: Sequence[Card], site: Site, now: datetime) -> Iterator[Problem]:
    """Pieces in use that name people, all of whom have left when the piece can be read."""
    ends = {card.slug: card.until for card in cards if card.kind == Kind.CONTACT}
    for card in cards:
        named = [slug for _, slug, kind in card.names if kind == Kind.CONTACT]
        if not named or not _is_in_use(card, now.timestamp()):
            continue
        if all(ends.get(slug, inf) <= max(now.timestamp(), card.since) for slug in named):
            severity = severity_of("contact-left", (*site.checks, *card.checks), draft=False)
            message = say("nobody it names is there any more: {names}", names=", ".join(named))
            fix = say("write somebody else in contacts, or take the line away")
            source = PurePosixPath(card.source)
            yield Problem(source, None, severity, "contact-left", message, fix)


def early_corrections(cards: Iterable[Card], site: Site, now: datetime) -> Iterator[Problem]:
    """Public pieces that were corrected on a day to come, as feeds would tell their readers."""
    for card in cards:
        if not card.has_come(now.timestamp()) or not card.modified:
            continue
        corrected = datetime.fromisoformat(card.modified)
        if corrected > now:
            severity = severity_of("date-order", (*site.checks, *card.checks), draft=False)
            message = say("updated {day} has not come yet", day=corrected.date())
            source = PurePosixPath(card.source)
            fix = say("write the day of the correction")
            yield Problem(source, None, severity, "date-order", message, fix)


def _is_in_use(card: Card, now: float) -> bool:
    """Whether a piece will be read yet: old news and past events tell who was there then."""
    if not card.standing(now).has_readers or card.over <= now:
        return False
    return card.kind not in _DATED or card.since > now - _YEAR.total_seconds()
