"""Sorts the cards of a folder into the orders that Newsroom promises."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar, cast

from newsroom.model import (
    Card,
    Contact,
    Event,
    Issue,
    Member,
    Newsroom,
    Page,
    Piece,
    Post,
    Publication,
    Shelf,
    Site,
)
from newsroom.model.filing import KINDS
from newsroom.render.words import Words

P = TypeVar("P", bound=Piece)


def arrange(site: Site, cards: Iterable[Card], open_piece: Callable[[Card], Piece]) -> Newsroom:
    """A newsroom of the pieces of these cards; every order is total: slug and file settle ties."""
    ordered = sorted(cards, key=attrgetter("source"))  # three keys, each quick to compare
    ordered.sort(key=attrgetter("slug"))
    ordered.sort(key=attrgetter("rank"))
    by_kind = defaultdict(list)
    for card in ordered:
        by_kind[card.kind].append(card)
    name = Words(site.language).sort_key

    def shelf(kind: type[P]) -> Shelf[P]:
        return Shelf(by_kind[KINDS[kind]], cast("Callable[[Card], P]", open_piece))

    def by_name(shelf: Shelf[P]) -> Shelf[P]:
        return shelf.of(sorted(shelf.cards, key=lambda card: (card.rank, name(card.title))))

    return Newsroom(
        site=site,
        posts=shelf(Post),
        events=shelf(Event),
        contacts=by_name(shelf(Contact)),
        members=by_name(shelf(Member)),
        publications=shelf(Publication),
        issues=shelf(Issue),
        pages=shelf(Page),
    )
