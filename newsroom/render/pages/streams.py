"""The files that programs subscribe to: feeds and calendars, of everything, tags and members."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from newsroom.model import Event
from newsroom.render.event_news import Notice, notice_entry
from newsroom.render.feed_entries import Entry, fitting
from newsroom.render.feed_parts import Part, parts, subscribed
from newsroom.render.feeds import FeedInfo, atom, feed_info, rss
from newsroom.render.json_feed import json_feed
from newsroom.render.page import Page
from newsroom.render.pages.archive import events_by_tag
from newsroom.render.pages.leaf import digest_of
from newsroom.render.pages.library import Library, shown
from newsroom.render.pages.membership import events_by_member, posts_by_member
from newsroom.render.pages.news_items import Item, in_order, public_notices

Write = Callable[[FeedInfo, Sequence[Entry]], bytes]

_CURRENT = "atom.xml"  # what the documents of the archive are parts of
_XML_FORMATS = (("feed.xml", rss), (_CURRENT, atom))


class _Desk:
    """What every feed is made with: entries, and digests of what they are made from."""

    def __init__(self, library: Library) -> None:
        self.site = library.site
        self._library = library
        self._site_digest = digest_of(repr(shown(library.site)))

    def feed(self, about: FeedInfo, path: str, items: Sequence[Item], write: Write) -> Page:
        """One document of these items."""
        digest = digest_of(repr(about), self._site_digest, *map(self._digest, items))
        return Page(path, digest, partial(self._write, about, items, write))

    def _write(self, about: FeedInfo, items: Sequence[Item], write: Write) -> bytes:
        return write(about, fitting(map(self._entry, items)))

    def _digest(self, item: Item) -> bytes:
        return digest_of(repr(item)) if isinstance(item, Notice) else self._library.whole(item)

    def _entry(self, item: Item) -> Entry:
        if isinstance(item, Notice):
            return notice_entry(self.site, item)
        return self._library.entry(item)


def feeds(library: Library) -> Iterator[Page]:
    """The feeds of all news with their archive, and RSS of each tag and member that has posts.

    Notices of changed events stand among the posts, each once. There are no feeds without posts.
    """
    if not library.shelf.cards:
        return
    desk, told = _Desk(library), public_notices(library)
    yield from _whole(desk, in_order(library.shelf.cards, told))
    yield from _of_tags(library, desk, told)
    yield from _of_members(library, desk, told)


def _whole(desk: _Desk, items: Sequence[Item]) -> Iterator[Page]:
    """The documents that people subscribe to, and the archive behind them."""
    cut = parts([item.month for item in items])
    newest = subscribed(cut, desk.site.feed.limit)
    archived = cut[newest:]
    current = items[: cut[newest - 1].end]
    for path, write in _XML_FORMATS:
        about = _linked(feed_info(desk.site, path), desk, previous=archived[:1])
        yield desk.feed(about, path, current, write)
    about = _json_linked(feed_info(desk.site, "feed.json"), desk, archived[:1])
    yield desk.feed(about, "feed.json", current, json_feed)
    for number, part in enumerate(archived):
        before, after = archived[number + 1 :][:1], archived[:number][-1:]
        yield from _archived(desk, part, items[part.first : part.end], before, after)


def _archived(
    desk: _Desk, part: Part, items: Sequence[Item], before: Sequence[Part], after: Sequence[Part]
) -> Iterator[Page]:
    """The documents of one part, which change only when an entry is corrected or taken away."""
    path = _path(part, "xml")
    whole = replace(feed_info(desk.site, _CURRENT), relations=(), archive=True)
    about = replace(
        whole, self_url=desk.site.url + "/" + path, relations=(("current", whole.self_url),)
    )
    yield desk.feed(_linked(about, desk, previous=before, following=after), path, items, atom)
    path = _path(part, "json")
    about = replace(feed_info(desk.site, path), relations=())
    yield desk.feed(_json_linked(about, desk, before), path, items, json_feed)


def _linked(
    about: FeedInfo, desk: _Desk, previous: Sequence[Part], following: Sequence[Part] = ()
) -> FeedInfo:
    """The document with links to those beside it (RFC 5005, section 4)."""
    links = [("prev-archive", part) for part in previous]
    links += [("next-archive", part) for part in following]
    found = tuple((relation, f"{desk.site.url}/{_path(part, 'xml')}") for relation, part in links)
    return replace(about, relations=about.relations + found)


def _json_linked(about: FeedInfo, desk: _Desk, previous: Sequence[Part]) -> FeedInfo:
    """The JSON document with the address of the next, older one (version 1.1, `next_url`)."""
    found = tuple(("next", f"{desk.site.url}/{_path(part, 'json')}") for part in previous)
    return replace(about, relations=about.relations + found)


def _path(part: Part, ending: str) -> str:
    return f"archive/{part.name}.{ending}"


def _of_tags(library: Library, desk: _Desk, told: Sequence[Notice]) -> Iterator[Page]:
    for tag, cards in sorted(library.posts_by_tag.items()):
        named = library.tag(tag)
        items = in_order(cards, (notice for notice in told if tag in notice.tags))
        yield _named_feed(desk, named.title, named.address, items)


def _of_members(library: Library, desk: _Desk, told: Sequence[Notice]) -> Iterator[Page]:
    found = posts_by_member(library)
    for member in library.public.members:
        if cards := found.get(member.slug, ()):
            items = in_order(cards, (n for n in told if member.slug in n.members))
            yield _named_feed(desk, member.title, library.addresses.piece(member), items)


def _named_feed(desk: _Desk, name: str, address: str, items: Sequence[Item]) -> Page:
    """The newest about one tag or member, beside its page."""
    path = f"{address}feed.xml"
    about = feed_info(desk.site, path, title=f"{desk.site.name}: {name}", page=address)
    return desk.feed(about, path, items[: desk.site.feed.limit], rss)


def calendars(library: Library) -> Iterator[Page]:
    """All events, those of each tag and member, and each event; none when there are no events.

    Past and cancelled events stay: what disappears from a calendar stays as a ghost in some
    programs.
    """
    events, name = library.public.events, library.site.name
    if not events:
        return
    yield _calendar(library, events, name, "calendar.ics", library.addresses.section("events"))
    for tag, tagged in sorted(events_by_tag(library).items()):
        named = library.tag(tag)
        yield _named_calendar(library, tagged, named.title, named.address)
    by_member = events_by_member(library)
    for member in library.public.members:
        if found := by_member.get(member.slug, ()):
            address = library.addresses.piece(member)
            yield _named_calendar(library, found, member.title, address)
    for event in events:
        path = library.addresses.event_calendar(event)
        page = library.addresses.piece(event)
        yield _calendar(library, (event,), event.title, path, page)


def _named_calendar(library: Library, events: tuple[Event, ...], name: str, address: str) -> Page:
    """The events of one tag or member, beside its page."""
    title = f"{library.site.name}: {name}"
    return _calendar(library, events, title, f"{address}calendar.ics", address)


def _calendar(library: Library, events: tuple[Event, ...], name: str, path: str, page: str) -> Page:
    site = shown(library.site)

    def render() -> bytes:
        from newsroom.render.ics import calendar  # heavy, and a calendar seldom changes

        return calendar(site, events, name=name, path=path, page=page)

    return Page(path, (site, name, page, events), render)
