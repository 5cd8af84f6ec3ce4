"""Pre-flight: everything that speaks against an issue before anybody gets it.

It is gathered from the folder's reading, from what the issue names, from the letters and from the
pages they lead to. An error forbids approving and freezing; a warning is for whoever approves.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from newsroom.content.cards import cards_of
from newsroom.content.destinations import Destinations
from newsroom.content.folder import Reading
from newsroom.content.front_matter import NOTHING, split
from newsroom.content.issue_rules import Leaving, issue_problems
from newsroom.content.link_rules import hidden_links
from newsroom.content.notes import Notes, quoted
from newsroom.content.told import told_before
from newsroom.errors import ContentError
from newsroom.jobs.edition import Proof
from newsroom.jobs.proofread import proofread
from newsroom.model import Addresses, Issue, Newsroom, Problem, Severity
from newsroom.model.saying import joined, say
from newsroom.render.mail.letter import Letter
from newsroom.render.mail.lint import UNFINISHED
from newsroom.render.pages.whole_site import plan
from newsroom.render.pictures import variants

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_WAITING = {UNFINISHED, "mail-unfinished"}
# What a draft is only warned of, and a letter is not sent with.
_FORBIDDEN = frozenset(
    [
        *("missing-alt", "broken-link", "broken-anchor", "not-a-link", "heading-order"),
        *("unfinished", "personal-number"),
    ]
)


def preflight(
    reading: Reading,
    proof: Proof,
    text: str,
    templates: "Templates",
    told: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Every problem of an issue as it would leave at `proof.at`, errors first, each once.

    `text` is what stands in the issue's file; `told` what the ledger knows of earlier issues: by
    the id of a piece, who told it.
    """
    newsroom = reading.newsroom
    if newsroom is None:
        return reading.problems
    issue = proof.issue
    front = split(text, Notes(issue.source)) or NOTHING
    before = {**told_before(newsroom, issue), **(told or {})}
    found = dict.fromkeys(
        (
            *_of_the_folder(reading.problems, newsroom, issue),
            *issue_problems(Leaving(newsroom, issue, front, proof.at, before)),
            *_hidden(newsroom, proof),
            *proofread(proof),
            *_dead_ends(newsroom, proof, templates),
        )
    )
    return tuple(sorted(_without_echoes(found), key=_weight))


def outside_links(proof: Proof) -> tuple[str, ...]:
    """The addresses of other sites that the letters lead to."""
    own = f"{proof.site.url}/"
    found = (address for letter in proof.letters.values() for address in _addresses(letter))
    web = (each for each in found if each.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(each for each in web if not each.startswith(own)))


def dead_outside(proof: Proof, dead: Mapping[str, str]) -> tuple[Problem, ...]:
    """A warning for each address of another site that leads nowhere: `dead` says why."""
    return tuple(
        Problem(
            proof.issue.source,
            None,
            Severity.WARNING,
            "dead-link",
            say("the letter leads to {address}: {why}", address=quoted(address), why=why),
            say("open it, and mend the link if it leads nowhere"),
        )
        for address, why in dead.items()
    )


def require_ready(problems: Iterable[Problem]) -> None:
    """Pass when nothing forbids sending. Raises ContentError that names all that does."""
    errors = [each.sentence for each in problems if each.severity is Severity.ERROR]
    if errors:
        raise ContentError(joined("\n", errors))


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
    everything = Destinations(cards_of(_sent(newsroom, proof)), frozenset(), newsroom.site)
    for problem in hidden_links(everything, proof.at):
        if problem.source == proof.issue.source:
            yield problem


def _dead_ends(newsroom: Newsroom, proof: Proof, templates: "Templates") -> Iterator[Problem]:
    """Links and pictures of the letters that the site will not have when they leave."""
    site = plan(_sent(newsroom, proof), proof.at, templates)
    addresses = Addresses(newsroom.site)
    there = {page.path for page in site.pages}
    for asset in (*site.shown, *site.offered):
        there |= {addresses.asset(asset), *(each.address for each in variants(asset, addresses))}
    for letter in proof.letters.values():
        own = {a for a in _addresses(letter) if a.startswith(f"{newsroom.site.url}/")}
        for address in sorted(own):
            path = unquote(urlsplit(address).path).removeprefix(_path_of(newsroom.site.url))
            if not {path, f"{path}index.html"} & there:
                message = say(
                    "the letter leads to {address}, which will not be there",
                    address=quoted(address),
                )
                fix = say("see that the site has it, or take the link away")
                yield Problem(proof.issue.source, None, Severity.ERROR, "broken-link", message, fix)


def _addresses(letter: Letter) -> list[str]:
    """Everything that a letter links to or shows, in its order."""
    from lxml.html import document_fromstring

    return [address for _, _, address, _ in document_fromstring(letter.html).iterlinks()]


def _path_of(site_url: str) -> str:
    return f"{urlsplit(site_url).path}/"


def _sent(newsroom: Newsroom, proof: Proof) -> Newsroom:
    """The newsroom as it is when the issue has left: its page is there."""
    sent = replace(proof.issue, draft=False, published=proof.at)
    others = [issue for issue in newsroom.issues if issue.slug != sent.slug]
    return replace(newsroom, issues=(sent, *others))


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
