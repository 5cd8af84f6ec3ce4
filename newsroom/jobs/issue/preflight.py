"""Pre-flight: everything that speaks against an issue before anybody gets it.

It is gathered from the folder's reading, from what the issue names, from the letters and from the
pages they lead to. An error forbids approving and freezing; a warning is for whoever approves.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.content.folder import Reading
from newsroom.content.front.front_matter import NOTHING, split
from newsroom.content.front.notes import Notes
from newsroom.content.links.destinations import Destinations
from newsroom.content.links.link_rules import hidden_links
from newsroom.content.rules.cards import cards_of
from newsroom.content.rules.issue_rules import LeavingIssue, issue_problems
from newsroom.content.rules.told import told_before
from newsroom.errors import ContentError
from newsroom.jobs.advice.sample_values import sample_values
from newsroom.jobs.issue.come_since import come_since
from newsroom.jobs.issue.departure import first_mail
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.letter_links import as_sent, dead_ends
from newsroom.jobs.issue.proofread import proofread
from newsroom.model import Issue, Newsroom, Problem, Severity
from newsroom.model.saying import joined
from newsroom.render.mail.lint import UNFINISHED

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_WAITING = {UNFINISHED, "mail-unfinished"}
# What a draft is only warned of, and a letter is not sent with.
_FORBIDDEN = frozenset(
    [
        *("missing-alt", "broken-link", "broken-anchor", "not-a-link", "heading-order"),
        *("unfinished", "filler-text", "personal-number"),
    ]
)


def preflight(
    reading: Reading,
    proof: Proof,
    text: str,
    templates: "Templates",
    told: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Every problem of an issue as it would be frozen at `proof.at`, errors first, each once.

    What it names must still be there when the first mail leaves, which a weekend may lie before.
    `text` is what stands in the issue's file; `told` what the ledger knows of earlier issues: by
    the id of a piece, who told it.
    """
    newsroom = reading.newsroom
    if newsroom is None:
        return reading.problems
    issue = proof.issue
    front = split(text, Notes(issue.source)) or NOTHING
    before = {**told_before(newsroom, issue), **(told or {})}
    leaving = LeavingIssue(newsroom, issue, front, proof.at, before)
    found = dict.fromkeys(
        (
            *_of_the_folder(reading.problems, newsroom, issue),
            *_until_the_first_mail(leaving),
            *_hidden(newsroom, proof),
            *proofread(proof),
            *dead_ends(newsroom, proof, templates),
            *_remarks(newsroom, issue, proof.at, before),
        )
    )
    return tuple(sorted(_without_echoes(found), key=_weight))


def require_ready(problems: Iterable[Problem]) -> None:
    """Pass when nothing forbids sending. Raises ContentError that names all that does."""
    errors = [each.sentence for each in problems if each.severity is Severity.ERROR]
    if errors:
        raise ContentError(joined("\n", errors))


def _until_the_first_mail(leaving: LeavingIssue) -> Iterator[Problem]:
    """What is wrong when an issue is frozen, and what only comes before its first mail."""
    site, told = leaving.newsroom.site, set[tuple[object, ...]]()
    later = replace(leaving, at=first_mail(leaving.at, site.sending, site.timezone))
    for each in (leaving, later):
        found = tuple(issue_problems(each))
        yield from (problem for problem in found if _place(problem) not in told)
        told.update(map(_place, found))


def _place(problem: Problem) -> tuple[object, ...]:
    """What a problem is about, whatever its words say of the time."""
    return problem.source, problem.line, problem.code


def _of_the_folder(
    problems: Iterable[Problem], newsroom: Newsroom, issue: Issue
) -> Iterator[Problem]:
    """What is known of the issue's own file, and what is wrong with those it leads readers to."""
    named = {(kind, slug) for kind, slug in _names(issue)}
    sources = {card.source for card in cards_of(newsroom) if (card.kind, card.slug) in named}
    for problem in problems:
        if problem.source == issue.source:
            forbidden = problem.code in _FORBIDDEN
            yield replace(problem, severity=Severity.ERROR) if forbidden else problem
        elif str(problem.source) in sources and problem.severity is Severity.ERROR:
            yield problem


def _names(issue: Issue) -> Iterator[tuple[str, str]]:
    """The pieces that an issue names, each with its kind."""
    yield from (("news", slug) for slug in (*issue.stories, issue.lead) if slug)
    yield from (("events", slug) for slug in issue.events)
    yield from (("contacts", slug) for slug in issue.contacts)


def _hidden(newsroom: Newsroom, proof: Proof) -> Iterator[Problem]:
    """Links of the introduction to what readers will not see: only their words are shown."""
    everything = Destinations(cards_of(as_sent(newsroom, proof)), frozenset(), newsroom.site)
    for problem in hidden_links(everything, proof.at):
        if problem.source == proof.issue.source:
            yield problem


def _remarks(
    newsroom: Newsroom, issue: Issue, at: datetime, told: Mapping[str, str]
) -> Iterator[Problem]:
    """What whoever approves should know: a sender still the sample's, and what was left out."""
    remarks = sample_values(newsroom.site), come_since(newsroom, issue, at, told)
    yield from (remark for remark in remarks if remark is not None)


def _without_echoes(found: Iterable[Problem]) -> Iterator[Problem]:
    """A place that waits for its words is told where it stands, and not of the letter again."""
    problems = list(found)
    placed = any(each.code == UNFINISHED and each.line for each in problems)
    for problem in problems:
        if problem.line or not placed or problem.code not in _WAITING:
            yield problem


def _weight(problem: Problem) -> tuple[int, str, int, str]:
    return (
        list(Severity).index(problem.severity),
        str(problem.source),
        problem.line or 0,
        str(problem.message),
    )
