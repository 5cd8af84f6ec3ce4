"""The front page: what is most important, what is new, and what is coming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from newsroom.model import Card, Placement
from newsroom.model.digest import digest_of
from newsroom.render.calendars.event_news import Notice
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import among, faces, still_true, teasers_of
from newsroom.render.pages.parts import Occasion, Teaser

_NEWS = 7
_LITTLE = 4  # news beside which there is room for more
_PUBLICATIONS = 3
_EVENTS = 5
_LEAD_AMONG = 5  # a post that wants to lead does so while it is among the newest

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FrontView:
    """The lead, which is a post, the newest news after it, and the next events.

    Where the news is little the newest publications fill the page.
    """

    lead: Teaser | None
    teasers: tuple[Teaser, ...]
    publications: tuple[Teaser, ...]
    occasions: tuple[Occasion, ...]


def on_front(newest: Sequence[Item]) -> Sequence[Item]:
    """Those that the front page shows of some posts, or cards of posts, newest first."""
    return newest[: _NEWS + 1]


def front_leaf(library: Library) -> Iterator[Leaf]:
    """The front page, which every site has."""
    cards = library.posts.cards[: _NEWS + _LEAD_AMONG]
    told = still_true(library.notices)[:_NEWS]
    coming = library.upcoming()[:_EVENTS]
    is_little = len(cards) + len(told) <= _LITTLE
    publications = library.publications.cards[:_PUBLICATIONS] if is_little else ()
    looked_at = faces(library, [*cards, *told, *publications, *coming])
    digest = digest_of(looked_at, *(card.digest for card in cards))
    view = Late(digest, lambda: _view(library, cards, told, publications, coming))
    yield Leaf("", "site/front.html", view, cards[0].modified if cards else None)


def _view(
    library: Library,
    cards: Sequence[Card],
    told: Sequence[Notice],
    publications: Sequence[Card],
    coming: Sequence[Card],
) -> FrontView:
    lead = _lead(library, cards)
    rest = [item for item in among(cards, told) if item is not lead]
    return FrontView(
        lead=library.cutter.teaser(lead) if lead else None,
        teasers=teasers_of(library, rest[:_NEWS]),
        publications=library.cutter.publications(publications),
        occasions=library.cutter.occasions(coming),
    )


def _lead(library: Library, cards: Sequence[Card]) -> Card | None:
    """The newest that asks to lead among the very newest, else simply the newest."""
    asking = (c for c in cards[:_LEAD_AMONG] if library.posts.take(c).placement is Placement.LEAD)
    return next(asking, cards[0] if cards else None)
