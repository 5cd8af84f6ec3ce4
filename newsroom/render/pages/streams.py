"""The files that programs subscribe to: feeds and calendars of everything, of tags, of members."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from newsroom.model import Addresses, Site
from newsroom.model.digest import digest_of
from newsroom.model.feed_format import ATOM, JSON, RSS
from newsroom.render.calendars.event_news import Notice, notice_entry
from newsroom.render.feeds.feed_entries import Entry, fitting
from newsroom.render.feeds.feed_parts import parts, subscribed
from newsroom.render.feeds.feeds import FeedInfo, atom, feed_info, rss
from newsroom.render.feeds.json_feed import json_feed
from newsroom.render.page import Page
from newsroom.render.pages.frame import shown
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import Item, in_order
from newsroom.render.pages.register import Cards

AboutFeed = Callable[[], FeedInfo]
Write = Callable[[FeedInfo, Sequence[Entry]], bytes]

_CURRENT = ATOM.path  # what the documents of the archive are parts of


class _FeedDesk:
    """What every feed is made with: entries, and digests of what they are made from."""

    def __init__(self, library: Library) -> None:
        self.site = library.site
        self._library = library
        self._site_digest = digest_of(repr(shown(library.site)))

    def feed(
        self, path: str, items: Sequence[Item], write: Write, about: AboutFeed, *told: str
    ) -> Page:
        """One document of these items. `told` is what `about` is made from beside path and site."""
        digest = digest_of(self._site_digest, path, *told, *map(self._digest, items))
        return Page(path, digest, partial(self._write, items, write, about))

    def _write(self, items: Sequence[Item], write: Write, about: AboutFeed) -> bytes:
        return write(about(), fitting(map(self._entry, items)))

    def _digest(self, item: Item) -> bytes:
        digests = self._library.digests
        return digest_of(repr(item)) if isinstance(item, Notice) else digests.whole(item)

    def _entry(self, item: Item) -> Entry:
        if isinstance(item, Notice):
            return notice_entry(self.site, item)
        return self._library.entry(item)


def feeds(library: Library) -> Iterator[Page]:
    """The feeds of all news with their archive, and RSS of each tag and member that has posts.

    Notices of changed events stand among the posts, each once. Who follows the news is told when
    the first ones come, or come again: those feeds are always there.
    """
    desk, told = _FeedDesk(library), library.notices_in_feeds
    yield from _whole(desk, in_order(library.posts.cards, told))
    yield from _of_tags(library, desk, told)
    yield from _of_members(library, desk, told)


def _whole(desk: _FeedDesk, items: Sequence[Item]) -> Iterator[Page]:
    """The documents that people subscribe to, and the archive behind them."""
    cut = parts([item.month for item in items])
    newest = subscribed(cut, desk.site.feed.limit)
    current, archived = items[: cut[newest - 1].end if cut else 0], cut[newest:]
    names = ["", *(part.name for part in archived), ""]
    for path, write in ((RSS.path, rss), (_CURRENT, atom)):
        about = partial(_linked, desk.site, path, older=names[1])
        yield desk.feed(path, current, write, about, names[1])
    about = partial(_json_linked, desk.site, JSON.path, older=names[1])
    yield desk.feed(JSON.path, current, json_feed, about, names[1])
    for part, newer, older in zip(archived, names, names[2:], strict=False):
        yield from _archived(desk, part.name, items[part.first : part.end], newer, older)


def _archived(
    desk: _FeedDesk, name: str, items: Sequence[Item], newer: str, older: str
) -> Iterator[Page]:
    """The documents of one part, which change only when an entry is corrected or taken away."""
    about = partial(_in_archive, desk.site, name, newer, older)
    yield desk.feed(_path(name, "xml"), items, atom, about, newer, older)
    path = _path(name, "json")
    about = partial(_json_in_archive, desk.site, path, older=older)
    yield desk.feed(path, items, json_feed, about, older)


def _linked(site: Site, path: str, *, older: str) -> FeedInfo:
    """A subscription document, with the way to the archive."""
    about = feed_info(site, path)
    return replace(about, relations=about.relations + _relation(site, "prev-archive", older))


def _in_archive(site: Site, name: str, newer: str, older: str) -> FeedInfo:
    """A document of the archive, with links to those beside it (RFC 5005, section 4)."""
    whole = feed_info(site, _CURRENT)
    return replace(
        whole,
        self_url=f"{site.url}/{_path(name, 'xml')}",
        archive=True,
        relations=(
            ("current", whole.self_url),
            *_relation(site, "prev-archive", older),
            *_relation(site, "next-archive", newer),
        ),
    )


def _relation(site: Site, relation: str, name: str) -> tuple[tuple[str, str], ...]:
    return ((relation, f"{site.url}/{_path(name, 'xml')}"),) if name else ()


def _json_linked(site: Site, path: str, *, older: str) -> FeedInfo:
    """The JSON document that is subscribed to, with the address of the next, older one."""
    about = feed_info(site, path)
    return replace(about, relations=about.relations + _next(site, older))


def _json_in_archive(site: Site, path: str, *, older: str) -> FeedInfo:
    """A JSON document of the archive; JSON Feed knows no way to the newer ones."""
    return replace(feed_info(site, path), relations=_next(site, older))


def _next(site: Site, name: str) -> tuple[tuple[str, str], ...]:
    return (("next", f"{site.url}/{_path(name, 'json')}"),) if name else ()


def _path(name: str, ending: str) -> str:
    return f"archive/{name}.{ending}"


def _of_tags(library: Library, desk: _FeedDesk, told: Sequence[Notice]) -> Iterator[Page]:
    for tag, cards in sorted(library.register.posts_by_tag.items()):
        named = library.tags.named(tag)
        items = in_order(cards, (n for n in told if tag in library.tags.spelt_alike(n.tags)))
        yield _named_feed(desk, named.title, named.address, items)


def _of_members(library: Library, desk: _FeedDesk, told: Sequence[Notice]) -> Iterator[Page]:
    found = library.register.posts_by_member
    for member in library.public.members:
        if cards := found.get(member.slug, ()):
            items = in_order(cards, (n for n in told if member.slug in n.members))
            yield _named_feed(desk, member.title, library.addresses.piece(member), items)


def _named_feed(desk: _FeedDesk, name: str, address: str, items: Sequence[Item]) -> Page:
    """The newest about one tag or member, beside its page."""
    path = f"{address}feed.xml"
    title = f"{desk.site.name}: {name}"
    about = partial(feed_info, desk.site, path, title=title, page=address)
    return desk.feed(path, items[: desk.site.feed.limit], rss, about, title)


def beside(address: str, addresses: Addresses) -> tuple[str, ...]:
    """Where the feed and the calendar of a page are that is about one event or one member."""
    if address.startswith(addresses.section("events")):
        return (f"{address.removesuffix('/')}.ics",)
    if address.startswith(addresses.section("members")):
        return (f"{address}feed.xml", f"{address}calendar.ics")
    return ()


def calendars(library: Library) -> Iterator[Page]:
    """All events, those of each tag and member, and each event.

    Past and cancelled events stay: what disappears from a calendar stays as a ghost in some
    programs. So does what was in a calendar that is there no longer, which is why that of all
    events is always there.
    """
    events, register = library.events.cards, library.register
    page = library.addresses.section("events" if events else "subscribe")
    desk = _CalendarDesk(library)
    yield desk.calendar(events, library.site.name, "calendar.ics", page)
    for tag, tagged in sorted(register.events_by_tag.items()):
        named = library.tags.named(tag)
        yield desk.of(tagged, named.title, named.address)
    for member in library.public.members:
        if found := register.events_by_member.get(member.slug, ()):
            yield desk.of(found, member.title, library.addresses.piece(member))
    for event in events:
        path = library.addresses.event_calendar(event)
        yield desk.calendar((event,), event.title, path, event.address)


class _CalendarDesk:
    """What every calendar is made with: the events, and a digest of the site."""

    def __init__(self, library: Library) -> None:
        self._site = shown(library.site)
        self._site_digest = digest_of(repr(self._site))
        self._events = library.events
        self._rendered = library.rendered

    def of(self, events: Cards, name: str, address: str) -> Page:
        """The events of one tag or member, beside its page."""
        title = f"{self._site.name}: {name}"
        return self.calendar(events, title, f"{address}calendar.ics", address)

    def calendar(self, events: Cards, name: str, path: str, page: str) -> Page:
        """The calendar at `path` of some events, about the page at `page`."""
        told = (card.digest for card in events)
        digest = digest_of(self._site_digest, name, path, page, *told)

        def render() -> bytes:
            from newsroom.render.calendars.ics import (
                calendar,  # heavy, and a calendar seldom changes
            )

            return calendar(
                self._site,
                self._events.of(events),
                name=name,
                path=path,
                page=page,
                rendered=self._rendered,
            )

        return Page(path, digest, render)
