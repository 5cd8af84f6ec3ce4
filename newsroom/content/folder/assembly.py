"""Cards and pieces to a newsroom without what breaks a rule, and every rule that is broken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from typing import NamedTuple, TypeVar

from newsroom.content.folder.arrange import arrange
from newsroom.content.folder.assets import Fault
from newsroom.content.folder.cabinet import Cabinet
from newsroom.content.folder.entry import Way, line_of
from newsroom.content.folder.home import Home
from newsroom.content.folder.texts import Texts, kind_of_file
from newsroom.content.rules.breach import SITE, Breach
from newsroom.content.rules.rules import breaches
from newsroom.model import Card, Newsroom, Piece, Problem, Severity, Site
from newsroom.model.filing import all_cards, shelf_of
from newsroom.model.saying import say

P = TypeVar("P", bound=Piece)

Place = Way | int | None  # a field, or a line
Named = Mapping[str, tuple[Card | None, Place]]  # by file: the card it is named by; None: site.yaml


class Assembly(NamedTuple):
    """A newsroom, the cards of its pieces, in order, and of the files that are not in it."""

    newsroom: Newsroom
    cards: tuple[Card, ...]
    unusable: tuple[Card, ...]
    problems: list[Problem]  # what is against the rules


def assemble(
    home: Home, site: Site, cabinet: Cabinet, texts: Texts, files: AbstractSet[str]
) -> Assembly:
    """The newsroom without what breaks a rule. Pieces stay closed: the rules go by their cards."""
    newsroom = arrange(site, texts.cards, cabinet.piece)
    cards = all_cards(newsroom)
    sketches = tuple(sorted(texts.sketches, key=lambda card: card.source))
    found = list(breaches(newsroom, cards, files, texts.broken, sketches))
    kept_out = {card.source for card in cards if card.kept_out}
    if not found and not kept_out:
        return Assembly(newsroom, cards, sketches, [])
    named = {card.source: card for card in (*cards, *sketches)}
    problems = [_problem(breach, named.get(breach.source), home, cabinet) for breach in found]
    kept_out |= {breach.source for breach in found if breach.keeps_out}
    unusable = (*sketches, *(card for card in cards if card.source in kept_out))

    def left(pieces: Sequence[P]) -> Sequence[P]:
        return shelf_of(pieces, site).only(lambda card: card.source not in kept_out)

    newsroom = newsroom.each(left)
    return Assembly(newsroom, all_cards(newsroom), unusable, problems)


def _problem(breach: Breach, card: Card | None, home: Home, cabinet: Cabinet) -> Problem:
    line = cabinet.line(card, breach.field) if card else line_of(home.lines, breach.field)
    source = PurePosixPath(breach.source)
    return Problem(source, line, breach.severity, breach.code, breach.message, breach.fix)


def links_to_nothing(
    site: Site, cards: Sequence[Card], files: AbstractSet[str]
) -> Iterator[Problem]:
    """Links in texts to what is not there; none of them keeps a piece out."""
    links = {link[1:] for card in cards if card.links for link in card.links}
    if not any("#" in written for written, _ in links):
        elsewhere = {meaning for _, meaning in links}.difference(files)
        if not elsewhere or elsewhere <= {f"/{card.address}" for card in cards}:
            return
    from newsroom.content.links.destinations import Destinations
    from newsroom.content.links.link_rules import broken_links

    yield from broken_links(Destinations(cards, files, site))


def files_named(site: Site, cards: Iterable[Card]) -> Named:
    """The files that are no pieces and that pieces name or link to, each with who does so first."""
    named: dict[str, tuple[Card | None, Place]] = {}
    for card in cards:
        for way, file in card.files:
            named.setdefault(file, (card, way))
        for line, _, linked in card.links:
            if linked and linked[0] != "/" and kind_of_file(linked) is None:
                named.setdefault(linked, (card, line))
    if site.brand.logo:
        named.setdefault(f"posts/{site.brand.logo}", (None, None))
    return named


def damaged(named: Named, faults: Mapping[str, Fault], cabinet: Cabinet) -> Iterator[Problem]:
    """Files that cannot be put on the site, told where they are named."""
    for file, fault in faults.items():
        card, place = named[file]
        line = cabinet.line(card, place) if card and isinstance(place, tuple) else None
        line = place if isinstance(place, int) else line
        message = say("{file} {fault}", file=file, fault=fault.message)
        source = PurePosixPath(card.source) if card else SITE
        yield Problem(source, line, Severity.ERROR, "bad-file", message, fault.fix)
