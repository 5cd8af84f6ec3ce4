"""News in one order: posts, and notices of changed events among them."""

from collections.abc import Iterable

from newsroom.model import Card
from newsroom.render.event_news import Notice, notices
from newsroom.render.pages.leaf import digest_of
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Teaser

Item = Card | Notice


def public_notices(library: Library) -> tuple[Notice, ...]:
    """What readers are told of events that were changed, newest first."""
    told = {
        slug: tuple(card.since for card in cards) for slug, cards in library.posts_by_event.items()
    }
    return notices(library.site, library.public.events, told, library.now)


def in_order(cards: Iterable[Card], told: Iterable[Notice]) -> list[Item]:
    """Both kinds newest first, by time and id."""
    timed: list[tuple[float, str, Item]] = [(card.since, card.id, card) for card in cards]
    timed += [(notice.published.timestamp(), notice.id, notice) for notice in told]
    timed.sort(key=lambda item: item[:2], reverse=True)
    return [item for _, _, item in timed]


def face_of(library: Library, item: Item) -> bytes:
    """A digest of an item as it stands in lists."""
    return digest_of(repr(item)) if isinstance(item, Notice) else library.face(item)


def teaser_of(library: Library, item: Item) -> Teaser:
    """An item as it stands in a list of news; a notice leads to the page of its event."""
    if not isinstance(item, Notice):
        return library.teaser(item)
    return Teaser(
        title=item.title,
        address=item.address,
        lang=item.lang,
        published=item.published,
        category=None,
        summary=item.summary,
        picture=None,
    )
