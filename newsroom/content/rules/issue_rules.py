"""What speaks against sending an issue as it stands: in what it names, and in its own words.

Everything is looked at as it will be when the issue leaves, since that is what readers get.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from newsroom.content.front.front_matter import NOTHING, FrontMatter
from newsroom.content.front.notes import quoted
from newsroom.content.lint.placeholders import placeholders
from newsroom.content.lint.today import unverified
from newsroom.content.rules.breach import SITE
from newsroom.content.rules.told import told_before
from newsroom.model import (
    Event,
    Issue,
    Newsroom,
    Piece,
    Placement,
    Post,
    Problem,
    Severity,
    Site,
    Standing,
)
from newsroom.model.card import Field
from newsroom.model.filing import shelf_of
from newsroom.model.saying import Saying, say

_P = TypeVar("_P", bound=Piece)
_REPEATED = {"told-before", "listed-twice"}
_MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class LeavingIssue:
    """An issue, the file it is written in, and the moment at which it leaves."""

    newsroom: Newsroom
    issue: Issue
    front: FrontMatter
    at: datetime  # aware
    told: Mapping[str, str]  # by the id of a piece: the issue that told it before

    def problem(
        self,
        way: Field,
        code: str,
        message: Saying,
        fix: Saying,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem of the issue's file, on the line of one of its fields."""
        return Problem(self.issue.source, self.front.line(*way), severity, code, message, fix)


def issue_problems(leaving: LeavingIssue) -> Iterator[Problem]:
    """Everything that is wrong with what an issue says and names.

    An error keeps it from being approved and from being sent.
    """
    yield from _unwritten(leaving)
    yield from _posts(leaving)
    yield from _events(leaving)
    yield from _people(leaving)
    yield from _empty(leaving)
    yield from _no_postal_address(leaving.newsroom.site)


def repeated(newsroom: Newsroom, now: datetime) -> Iterator[Problem]:
    """What issues to come tell though another did: while they are written, a word of warning."""
    for issue in newsroom.issues:
        if issue.draft or not issue.is_public(now):
            leaving = LeavingIssue(newsroom, issue, NOTHING, now, told_before(newsroom, issue))
            for problem in _posts(leaving):
                if problem.code in _REPEATED:
                    yield problem


def _unwritten(leaving: LeavingIssue) -> Iterator[Problem]:
    """Places that still wait for their words: a letter that has left cannot be mended."""
    issue, line = leaving.issue, leaving.front.line
    fields = {"title": issue.title, "subject": issue.subject, "preheader": issue.preheader}
    texts = [(line(name) or 1, text) for name, text in fields.items() if text]
    for first, text in (*texts, (issue.body_line, issue.body)):
        for below, words in placeholders(text):
            yield Problem(
                issue.source,
                first + below,
                Severity.ERROR,
                "unfinished",
                say("the text still says {words}", words=quoted(words)),
                say("write the text in its place, or take it away"),
            )


def _posts(leaving: LeavingIssue) -> Iterator[Problem]:
    """Stories that readers could not open, that say nothing, or that they were told before."""
    issue, seen = leaving.issue, set[str]()
    lead = [(("lead",), issue.lead)] if issue.lead else []
    named = [*lead, *((("stories", n), slug) for n, slug in enumerate(issue.stories))]
    posts = _by_slug(leaving.newsroom.posts, {slug for _, slug in named}, leaving.newsroom.site)
    for way, slug in named:
        post = posts.get(slug)
        if slug in seen and slug != issue.lead:
            message = say("{slug} stands in the list twice", slug=quoted(slug))
            fix = say("take one of the lines away; it is told once")
            yield leaving.problem(way, "listed-twice", message, fix, Severity.WARNING)
        elif post is None or not post.is_public(leaving.at):
            yield _unseen(leaving, way, slug, post)
        else:
            yield from _story(leaving, way, post)
        seen.add(slug)


def _story(leaving: LeavingIssue, way: Field, post: Post) -> Iterator[Problem]:
    """What is wrong with a story that readers do get."""
    before = leaving.told.get(post.id)
    if before is not None and post.placement is not Placement.ALWAYS:
        message = say("{issue} told of {slug} before", issue=before, slug=quoted(post.slug))
        fix = say(
            "take the line away, or write newsletter: always in {file}, to tell it each time",
            file=post.source,
        )
        yield leaving.problem(way, "told-before", message, fix, Severity.WARNING)
    if post.image is not None and post.image.alt is None:
        message = say("the picture {file} has no description", file=post.image.file.name)
        fix = say('write alt: "what it shows", or alt: "" when it only decorates')
        yield Problem(post.source, None, Severity.ERROR, "missing-alt", message, fix)
    for text in (post.title, post.summary or ""):
        for _, words in placeholders(text):
            message = say("the text still says {words}", words=quoted(words))
            fix = say("write the text in its place, or take it away")
            yield Problem(post.source, None, Severity.ERROR, "unfinished", message, fix)


def _events(leaving: LeavingIssue) -> Iterator[Problem]:
    """Events that will be over, that nobody can register for any more, or without a place."""
    issue, site = leaving.issue, leaving.newsroom.site
    events = _by_slug(leaving.newsroom.events, set(issue.events), site)
    for number, slug in enumerate(issue.events):
        way, event = ("events", number), events.get(slug)
        if event is None or not event.is_public(leaving.at):
            yield _unseen(leaving, way, slug, event)
        else:
            yield from _event(leaving, way, event)


def _event(leaving: LeavingIssue, way: Field, event: Event) -> Iterator[Problem]:
    if event.is_over(leaving.at):
        message = say(
            "{slug} is over when the issue leaves, {at}",
            slug=quoted(event.slug),
            at=_local(leaving.at, leaving.newsroom.site),
        )
        fix = say("take the line away")
        yield leaving.problem(way, "past-event", message, fix)
        return
    deadline = event.registration.deadline if event.registration else None
    if deadline is not None and not event.is_open(leaving.at):
        message = say(
            "one can register for {slug} until {day} only, before the issue leaves",
            slug=quoted(event.slug),
            day=_local(deadline, leaving.newsroom.site),
        )
        fix = say("take the line away, or see that the deadline is right")
        yield leaving.problem(way, "past-deadline", message, fix, Severity.WARNING)


def _people(leaving: LeavingIssue) -> Iterator[Problem]:
    """People who have left, or whose telephone and address nobody has looked at for a year."""
    issue, site = leaving.issue, leaving.newsroom.site
    people = _by_slug(leaving.newsroom.contacts, set(issue.contacts), site)
    for number, slug in enumerate(issue.contacts):
        person = people.get(slug)
        if person is None or not person.is_public(leaving.at):
            yield _unseen(leaving, ("contacts", number), slug, person)
    dates = {person.source: person.verified for person in people.values()}
    for old in unverified(leaving.newsroom.contacts, site, leaving.at):
        if old.source in dates:
            severity = Severity.ERROR if dates[old.source] else Severity.WARNING
            fix = say("see that it is right, and write today's date after verified:")
            yield replace(old, severity=severity, fix=fix)


def _empty(leaving: LeavingIssue) -> Iterator[Problem]:
    """Nothing new to tell: such an issue is skipped."""
    if not leaving.issue.lead and not leaving.issue.stories:
        message = say("the issue names no story, so there is nothing to tell")
        fix = say("name one under stories:, or send no issue this time")
        yield leaving.problem(("stories",), "empty-issue", message, fix)


def _no_postal_address(site: Site) -> Iterator[Problem]:
    """The law asks for it in each mail of this kind (2008:486 section 20, directive 2002/58)."""
    if not site.postal_address:
        message = say("there is no postal_address, and each letter has to tell who sends it")
        fix = say("write postal_address: the street, the postcode and the town")
        yield Problem(SITE, None, Severity.ERROR, "postal-address", message, fix)


def _unseen(leaving: LeavingIssue, way: Field, slug: str, piece: Piece | None) -> Problem:
    """A name of what readers will not find, so that the letter would leave it out."""
    message = say(
        "{slug} would be left out of the letter: {why}",
        slug=quoted(slug),
        why=_why_unseen(piece, leaving.at, leaving.newsroom.site),
    )
    fix = say("see to that, or take the line away")
    return leaving.problem(way, "left-out", message, fix)


def _why_unseen(piece: Piece | None, at: datetime, site: Site) -> Saying:
    if piece is None:
        return say("its file has errors; see: newsroom check")
    since, until = piece.span()
    match piece.standing(at):
        case Standing.DRAFT:
            return say("it is a draft")
        case Standing.WITHDRAWN:
            return say("it was withdrawn")
        case Standing.WAITING if since:
            return say("it is not public before {day}", day=_local(since, site))
        case _:
            day = _local(until, site) if until else ""
            return say("its time was over at {day}", day=day)


def _local(moment: datetime, site: Site) -> str:
    return format(moment.astimezone(site.timezone), _MOMENT)


def _by_slug(pieces: Sequence[_P], slugs: set[str], site: Site) -> dict[str, _P]:
    """Those of the pieces that are named; the others are not opened."""
    shelf = shelf_of(pieces, site)
    return {card.slug: shelf.take(card) for card in shelf.cards if card.slug in slugs}
