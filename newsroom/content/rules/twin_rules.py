"""Pieces that look like one piece twice: files that were copied, titles that came again."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from pathlib import PurePosixPath

from newsroom.content.front.notes import quoted
from newsroom.content.rules.breach import Breach
from newsroom.model import Card, Kind, Severity
from newsroom.model.saying import say

_NEAR = 31 * 24 * 60 * 60  # seconds: what comes every month or year may have its title every time
# Events of a series share their title, and so may two persons.
_BY_TITLE = frozenset([Kind.NEWS, Kind.PUBLICATION, Kind.MEMBER, Kind.PAGE])
# What file managers call a copy: "Rapport - kopia (2)", "Rapport (2)", "Rapport copy".
_COPY = re.compile(
    r"(?P<name>.*?\w)(?:\s*-\s*(?:kopia|copy)|[\s_-](?:kopia|copy)|(?=\s*\([0-9]))"
    r"(?:\s*\(?[0-9]{1,2}\)?)?",
    re.IGNORECASE,
)
_SIGNS_OF_A_COPY = ("opia", "opy", "OPIA", "OPY", "(")


def twins(cards: Sequence[Card]) -> Iterator[Breach]:
    """Files that look like copies of others, and equal titles of pieces that stand side by side."""
    told = {(copy.source, original) for copy, original in _copies(cards)}
    for source, original in sorted(told):
        message = say("the file looks like a copy of {other}", other=original)
        fix = say("take it away, or give it a name of its own")
        yield _doubt(source, (), "copied-file", message, fix)
    for card, other in _same_titles(cards):
        if (card.source, other.source) not in told and (other.source, card.source) not in told:
            title = quoted(card.title)
            message = say("{title} is the title of {other} too", title=title, other=other.source)
            fix = say("write another title, or take one of them away")
            yield _doubt(card.source, ("title",), "same-title", message, fix)


def _doubt(source: str, field: tuple[str, ...], code: str, message: str, fix: str) -> Breach:
    return Breach(source, field, code, message, fix, keeps_out=False, severity=Severity.WARNING)


def _copies(cards: Sequence[Card]) -> Iterator[tuple[Card, str]]:
    """Each file that is called like a copy, and the one beside it that it is a copy of."""
    likely = [card for card in cards if any(sign in card.source for sign in _SIGNS_OF_A_COPY)]
    sources = {card.source for card in cards} if likely else set()
    for card in likely:
        path = PurePosixPath(card.source)
        named = path.parent if path.name == "index.md" else path
        if copy := _COPY.fullmatch(named.name.removesuffix(".md")):
            beside = str(named.parent / copy["name"])
            found = {f"{beside}.md", f"{beside}/index.md"} & sources
            yield from ((card, original) for original in found)


def _same_titles(cards: Sequence[Card]) -> Iterator[tuple[Card, Card]]:
    """Each public piece, and the one of its kind and title that was public shortly before it."""
    titles = list(map(attrgetter("kind", "title"), cards))
    if len(set(titles)) == len(titles):
        return
    groups: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card, key in zip(cards, titles, strict=True):
        if card.kind in _BY_TITLE and not card.draft and not card.withdrawn:
            groups[key].append(card)
    for group in groups.values():
        in_order = sorted(group, key=lambda card: (card.since, card.source))
        for before, after in pairwise(in_order):
            if before.since == after.since or after.since - before.since < _NEAR:
                yield after, before
