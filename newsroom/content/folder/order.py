"""The pieces of a folder as a newsroom, in the orders that Newsroom promises."""

from collections.abc import Callable, Iterable
from datetime import datetime
from math import inf
from operator import attrgetter
from typing import Any, TypeVar

from newsroom.model import (
    Card,
    Contact,
    Event,
    Issue,
    Member,
    Newsroom,
    Page,
    Piece,
    Publication,
    Shelf,
    Site,
)
from newsroom.render.words import Words

P = TypeVar("P", bound=Piece)


def newest_first(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards of posts in their order, which is total: the slug and the file settle ties."""
    ordered = sorted(cards, key=attrgetter("source"))  # three keys, each quick to compare
    ordered.sort(key=attrgetter("slug"))
    ordered.sort(key=attrgetter("since"), reverse=True)
    return tuple(ordered)


def arrange(site: Site, posts: Shelf, others: Iterable[Piece]) -> Newsroom:
    """A newsroom of these posts and pieces; every order is total, as that of posts."""
    pieces = sorted(others, key=lambda piece: (piece.slug, str(piece.source)))
    name = Words(site.language).sort_key
    return Newsroom(
        site=site,
        posts=posts,
        events=_of(Event, pieces, key=lambda event: event.start.timestamp()),
        contacts=_of(Contact, pieces, key=lambda person: (person.order, name(person.title))),
        members=_of(Member, pieces, key=lambda member: name(member.title)),
        publications=_of(Publication, pieces, key=lambda paper: _newest(paper.published)),
        issues=_of(Issue, pieces, key=lambda issue: _newest(issue.published)),
        pages=_of(Page, pieces, key=lambda page: page.order),
    )


def _of(kind: type[P], pieces: Iterable[Piece], key: Callable[[P], Any]) -> tuple[P, ...]:
    return tuple(sorted((piece for piece in pieces if isinstance(piece, kind)), key=key))


def _newest(moment: datetime | None) -> float:
    """The later, the further ahead; what has no time yet stands first.

    Two aware times of one zone compare by the clock on the wall, so the instants are compared.
    """
    return -moment.timestamp() if moment else -inf
