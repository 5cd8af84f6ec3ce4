"""RSS 2.0 and Atom, written by feedgen from entries; the same entries give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from threading import Lock
from typing import Any

from newsroom.model import ChannelKind, Site
from newsroom.render.feeds.feed_entries import Entry, plain
from newsroom.render.text.characters import one_line

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the date of a feed without entries
_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "http://purl.org/syndication/history/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# feedgen writes each RSS date by changing the locale of the whole process and back.
_LOCALE_IN_USE = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedInfo:
    """What a feed says of itself."""

    id: str  # permanent: made from the site's first address
    title: str
    description: str
    site_url: str  # the page that people read
    self_url: str  # where this document is fetched
    lang: str
    author: str
    relations: tuple[tuple[str, str], ...] = ()  # (relation, address): hub, prev-archive, …
    archive: bool = False  # a document that stays as it is (RFC 5005, section 4)


def feed_info(site: Site, path: str, *, title: str | None = None, page: str = "") -> FeedInfo:
    """The feed at `path` about the page at `page`, both below the site's root."""
    # Only what is subscribed to has a hub: an archive document hardly ever changes.
    hubs = [channel.target for channel in site.announce if channel.kind is ChannelKind.WEBSUB]
    return FeedInfo(
        id=f"{site.first_url}/{path}",
        title=plain(title or site.name),
        description=one_line(site.description or site.name),
        site_url=f"{site.url}/{page}",
        self_url=f"{site.url}/{path}",
        lang=site.language,
        author=one_line(site.name),
        relations=tuple(("hub", hub) for hub in hubs),
    )


def make_ready() -> None:
    """Take the library in that feeds are written with, ahead of the first feed."""
    import feedgen.feed  # noqa: F401  (for its modules to be there)


def rss(feed: FeedInfo, entries: Sequence[Entry]) -> bytes:
    """The RSS 2.0 document of some entries, in the order given."""
    made = _generator(feed, entries, "application/rss+xml")
    for item, entry in zip(made.entry(), entries, strict=True):
        # RSS's description is HTML, so the words of a summary are written as such.
        item.description(escape(entry.summary, quote=False), isSummary=True)
        for file in entry.enclosures[:1]:  # RSS may have one
            item.enclosure(file.url, str(file.size), file.media_type)
    with _LOCALE_IN_USE:
        return bytes(made.rss_str(pretty=True))


def atom(feed: FeedInfo, entries: Sequence[Entry]) -> bytes:
    """The Atom document (RFC 4287) of some entries, in the order given."""
    return bytes(_generator(feed, entries, "application/atom+xml").atom_str(pretty=True))


class _Extension:
    """What feedgen asks of every extension; elements are lxml's, which has no types."""

    def extend_ns(self) -> dict[str, str]:
        """No namespaces but those the documents have."""
        return {}


class _Relations(_Extension):
    """The channel's links beside `self`, of which feedgen writes only that one in RSS."""

    def __init__(self, relations: tuple[tuple[str, str], ...]) -> None:
        self._relations = relations

    def extend_rss(self, rss: Any) -> Any:  # noqa: ANN401
        """The channel with a link for each relation."""
        for relation, address in self._relations:
            link = rss[0].makeelement(f"{_ATOM}link", {"rel": relation, "href": address})
            rss[0].append(link)
        return rss


class _Archive(_Extension):
    """What says that an Atom document is part of an archive."""

    def extend_ns(self) -> dict[str, str]:
        """The namespace of feed history (RFC 5005, section 1)."""
        return {"fh": _HISTORY}

    def extend_atom(self, atom: Any) -> Any:  # noqa: ANN401
        """The feed with its mark."""
        atom.append(atom.makeelement(f"{{{_HISTORY}}}archive"))
        return atom


class _AtomEntry(_Extension):
    """What feedgen does not write into an Atom entry: its language, and links that are files.

    Its own links to files come out without `rel`, and so as second addresses of the entry.
    """

    entry: Entry | None = None

    def extend_atom(self, atom: Any) -> Any:  # noqa: ANN401
        """The entry with its language and its files."""
        if self.entry is None:  # the feed itself
            return atom
        atom.set(_LANG, self.entry.lang)
        for file in self.entry.enclosures:
            link = {"rel": "enclosure", "href": file.url, "type": file.media_type}
            atom.append(atom.makeelement("link", {**link, "length": str(file.size)}))
        return atom


# feedgen has no types of its own, so what it makes is Any in this file.
def _generator(feed: FeedInfo, entries: Sequence[Entry], media_type: str) -> Any:  # noqa: ANN401
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.load_extension("dc", atom=False)  # Atom has words of its own for author and language
    made.register_extension("relations", lambda: _Relations(feed.relations), None, atom=False)
    if feed.archive:
        made.register_extension("history", _Archive, None, rss=False)
    made.register_extension("beside", _AtomEntry, _AtomEntry, rss=False)
    made.id(feed.id)
    made.title(feed.title)
    made.description(feed.description)
    made.language(feed.lang)
    made.author(name=feed.author)
    made.generator("newsroom")
    # Both default to the wall clock.
    newest = max((entry.updated for entry in entries), key=datetime.timestamp, default=_NEVER)
    made.updated(newest)
    made.lastBuildDate(newest)
    made.link(href=feed.self_url, rel="self", type=media_type)
    for relation, address in feed.relations:
        made.link(href=address, rel=relation)
    made.link(href=feed.site_url, rel="alternate")  # last: RSS takes the last as the site's
    for entry in entries:
        _add(made, entry)
    return made


def _add(made: Any, entry: Entry) -> None:  # noqa: ANN401
    item = made.add_entry(order="append")
    item.guid(entry.id, permalink=False)
    item.title(entry.title)
    item.published(entry.published)
    item.updated(entry.updated)
    item.author(name=entry.author)  # Atom's; RSS's would have to be a mail address
    item.dc.dc_creator(entry.author)
    item.dc.dc_language(entry.lang)
    item.beside.entry = entry
    item.summary(entry.summary)
    if entry.html is not None:
        item.content(entry.html, type="html")
    for tag in entry.tags:
        item.category(term=tag)
    item.link(href=entry.url, rel="alternate")
