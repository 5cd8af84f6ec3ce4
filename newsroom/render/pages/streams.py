"""The files that programs subscribe to: feeds and calendars, of everything and of each tag."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from newsroom.model import Card, Event
from newsroom.render.feed_entries import Entry, fitting
from newsroom.render.feeds import FeedInfo, atom, feed_info, rss
from newsroom.render.json_feed import json_feed
from newsroom.render.page import Page
from newsroom.render.pages.archive import events_by_tag
from newsroom.render.pages.leaf import digest_of
from newsroom.render.pages.library import Library, shown

_FORMATS = (("feed.xml", rss), ("atom.xml", atom), ("feed.json", json_feed))


class _Stream:
    """The entries of some posts, made when the first feed asks for them."""

    def __init__(self, library: Library, cards: Sequence[Card]) -> None:
        self._library = library
        self._cards = cards[: library.site.feed.limit]

    @cached_property
    def digest(self) -> str:
        """A digest of all that the entries are made from."""
        site = repr(shown(self._library.site))
        return digest_of(site, *map(self._library.whole, self._cards)).hex()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The posts as feeds carry them."""
        return fitting(self._library.site, map(self._library.entry, self._cards))


def feeds(library: Library) -> Iterator[Page]:
    """RSS, Atom and JSON Feed of all posts, and RSS of each tag; none when there are no posts."""
    cards = library.shelf.cards
    if not cards:
        return
    stream = _Stream(library, cards)
    for path, write in _FORMATS:
        yield _feed(stream, feed_info(library.site, path), path, write)
    for tag, tagged in sorted(library.posts_by_tag.items()):
        named = library.tag(tag)
        path = f"{named.address}feed.xml"
        title = f"{library.site.name}: {named.title}"
        about = feed_info(library.site, path, title=title, page=named.address)
        yield _feed(_Stream(library, tagged), about, path, rss)


def calendars(library: Library) -> Iterator[Page]:
    """All events, those of each tag, and each event; none when there are no events.

    Past and cancelled events stay: what disappears from a calendar stays as a ghost in some
    programs.
    """
    events, name = library.public.events, library.site.name
    if not events:
        return
    yield _calendar(library, events, name, "calendar.ics", library.addresses.section("events"))
    for tag, tagged in sorted(events_by_tag(library).items()):
        named = library.tag(tag)
        path = f"{named.address}calendar.ics"
        yield _calendar(library, tagged, f"{name}: {named.title}", path, named.address)
    for event in events:
        path = library.addresses.event_calendar(event)
        page = library.addresses.piece(event)
        yield _calendar(library, (event,), event.title, path, page)


def _feed(
    stream: _Stream,
    about: FeedInfo,
    path: str,
    write: Callable[[FeedInfo, Sequence[Entry]], bytes],
) -> Page:
    return Page(path, (about, stream.digest), lambda: write(about, stream.entries))


def _calendar(library: Library, events: tuple[Event, ...], name: str, path: str, page: str) -> Page:
    site = shown(library.site)

    def render() -> bytes:
        from newsroom.render.ics import calendar  # heavy, and a calendar seldom changes

        return calendar(site, events, name=name, path=path, page=page)

    return Page(path, (site, name, page, events), render)
