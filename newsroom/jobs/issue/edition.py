"""An issue as it would be sent now: its letters, one for each language, and their hash."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from newsroom.delivery.ledger.freeze import Edition
from newsroom.delivery.ledger.mentions import Mention
from newsroom.errors import ContentError, StateError
from newsroom.model import Issue, Kind, Newsroom, Piece, Problem, Site
from newsroom.model.filing import shelf_of
from newsroom.model.saying import joined, say
from newsroom.render.mail.headers import domain_of
from newsroom.render.mail.letter import Letter, compose, content_hash
from newsroom.render.mail.message import message_template
from newsroom.render.words import SPOKEN

if TYPE_CHECKING:
    from newsroom.render.templates import Templates

_VERY_ALIKE = 0.8  # of one name and another, as difflib counts


@dataclass(frozen=True, slots=True)
class Proof:
    """An issue made up to be looked at, approved or frozen."""

    site: Site
    issue: Issue
    at: datetime  # as readers would get it then
    letters: Mapping[str, Letter]  # by language; the issue's own comes first
    content_hash: str  # what an approval binds
    mentions: tuple[Mention, ...] = ()  # the posts and events in it

    @property
    def letter(self) -> Letter:
        """The letter in the issue's own language."""
        return self.letters[self.issue.lang]

    def edition(self, now: datetime, doctor_reason: str | None = None) -> Edition:
        """What the ledger freezes: each letter as a message with holes, dated `now`."""
        return Edition(
            issue=self.issue.slug,
            content_hash=self.content_hash,
            subject=self.letter.subject,
            letters={
                lang: message_template(letter, self.site, self.issue, now).to_json()
                for lang, letter in self.letters.items()
            },
            default_lang=self.issue.lang,
            audience=self.issue.audience,
            first_url=self.site.first_url,
            sender_domain=domain_of(self.site),
            mentions=self.mentions,
            doctor_reason=doctor_reason,
        )


def make_proof(  # noqa: PLR0913 (what an issue is made of)
    newsroom: Newsroom,
    name: str,
    now: datetime,
    templates: "Templates",
    problems: Iterable[Problem] = (),
    *,
    meant: str | None = None,
) -> Proof:
    """Make the issue called `name` up as readers would get it at `now`.

    Raises what `find_issue` raises, and ContentError when it cannot be rendered.
    """
    issue = find_issue(newsroom, name, problems, meant)
    languages = dict.fromkeys((issue.lang, *SPOKEN))
    letters = {lang: compose(newsroom, issue, lang, now, templates) for lang in languages}
    return Proof(
        site=newsroom.site,
        issue=issue,
        at=now,
        letters=letters,
        content_hash=content_hash(letters.values()),
        mentions=tuple(_mentions(newsroom.public(now), issue)),
    )


def _mentions(public: Newsroom, issue: Issue) -> Iterator[Mention]:
    """What the letters tell of, the lead first."""
    named: tuple[tuple[Kind, Sequence[Piece], tuple[str | None, ...]], ...] = (
        (Kind.NEWS, public.posts, (issue.lead, *issue.stories)),
        (Kind.EVENT, public.events, issue.events),
    )
    for kind, pieces, slugs in named:
        cards = {card.slug: card for card in shelf_of(pieces, public.site).cards}
        for slug in dict.fromkeys(slugs):
            if slug in cards:
                yield Mention(cards[slug].id, kind, cards[slug].title)


def find_issue(
    newsroom: Newsroom, name: str, problems: Iterable[Problem] = (), meant: str | None = None
) -> Issue:
    """The issue of that name; `meant` is the one of the schedule whose name is most like it.

    Raises ContentError with the faults of its file when `problems` has any, else StateError that
    names the one that was meant, or those there are.
    """
    problems = tuple(problems)
    for issue in newsroom.issues:
        if issue.slug == name:
            return issue
    source = PurePosixPath("posts/newsletters") / f"{name}.md"
    faults = [each.sentence for each in problems if each.source == source]
    if faults:
        raise ContentError(joined("\n", faults))
    faulty = {each.source for each in problems if each.source.parent == source.parent}
    there = dict.fromkeys([each.slug for each in newsroom.issues] + sorted(f.stem for f in faulty))
    near = meant or next(iter(get_close_matches(name, there, 1, _VERY_ALIKE)), name)
    if near != name:
        raise StateError(
            say("{name}: there is no such issue; did you mean {near}?", name=name, near=near)
        )
    if name == meant:
        raise StateError(
            say(
                "{name} has no draft yet; write one with: {command}",
                name=name,
                command=f"newsroom issue draft {name}",
            )
        )
    raise StateError(
        say(
            "{name}: there is no readable posts/newsletters/{name}.md (there is: {there}); write "
            "one with: newsroom issue draft {name}",
            name=name,
            there=", ".join(there) or say("none yet"),
        )
    )
