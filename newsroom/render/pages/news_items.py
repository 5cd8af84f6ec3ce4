"""News in one order: posts, and notices of changed events among them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from newsroom.model import Card
from newsroom.model.digest import digest_of
from newsroom.render.calendars.event_news import Notice
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Teaser

Item = Card | Notice


def still_true(told: Iterable[Notice]) -> tuple[Notice, ...]:
    """Those that no later change has overtaken: what is shown where only the newest stands."""
    return tuple(notice for notice in told if notice.overtaken is None)


def in_order(cards: Iterable[Card], told: Iterable[Notice]) -> list[Item]:
    """Both kinds newest first, by time and id."""
    timed: list[tuple[float, str, Item]] = [(card.since, card.id, card) for card in cards]
    timed += [(notice.published.timestamp(), notice.id, notice) for notice in told]
    timed.sort(key=lambda item: item[:2], reverse=True)
    return [item for _, _, item in timed]


def among(cards: Sequence[Card], told: Sequence[Notice]) -> list[Item]:
    """The posts as they stand, newest first, with each notice where its time puts it.

    It takes a few steps for each notice, and none for each post.
    """
    items: list[Item] = list(cards)
    for notice in reversed(told):
        moment = notice.published.timestamp()
        items.insert(bisect_left(cards, -moment, key=lambda card: -card.since), notice)
    return items


def faces(library: Library, items: Iterable[Item]) -> bytes:
    """A digest of some items as they stand in lists."""
    return digest_of(*(face_of(library, item) for item in items))


def face_of(library: Library, item: Item) -> bytes:
    """A digest of an item as it stands in lists."""
    return digest_of(repr(item)) if isinstance(item, Notice) else library.digests.face(item)


def teaser_of(library: Library, item: Item) -> Teaser:
    """An item as it stands in a list of news; a notice leads to the page of its event."""
    if not isinstance(item, Notice):
        return library.cutter.teaser(item)
    return Teaser(
        title=item.title,
        address=item.address,
        lang=item.lang,
        published=item.published,
        category=item.kind,
        summary=item.summary,
        picture=None,
    )


def teasers_of(library: Library, items: Iterable[Item]) -> tuple[Teaser, ...]:
    """The items as they stand in lists of news."""
    return tuple(teaser_of(library, item) for item in items)


def newest_change(items: Iterable[Item]) -> str | None:
    """When the content of one of them last changed, in ISO 8601."""
    return max(filter(None, map(_modified, items)), default=None)


def _modified(item: Item) -> str | None:
    if isinstance(item, Notice):
        return item.modified.isoformat(timespec="seconds")
    return item.modified
