"""A feed of another system: RSS, Atom or JSON Feed, saved as a file."""

import json
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import SplitResult, urlsplit

from newsroom.content.foreign.clipping import Clipping, Export
from newsroom.content.foreign.from_html import to_words
from newsroom.content.foreign.wordpress_text import with_paragraphs
from newsroom.errors import ContentError
from newsroom.model import Kind
from newsroom.model.saying import say


def read_feed(content: bytes, source: PurePosixPath) -> Export:
    """What a feed holds, newest first as feeds are. Raises ContentError when it is none."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(content, source)
    import feedparser

    # From memory: given a name, the library would open it, or fetch it.
    found = feedparser.parse(BytesIO(content), resolve_relative_uris=True)
    if not found.get("version"):
        raise _no_feed(source)
    site = found.feed.get("link")
    return Export(tuple(_of_entry(each, source) for each in found.entries), _root(site), {})


def _of_entry(entry: Any, source: PurePosixPath) -> Clipping:  # noqa: ANN401 (feedparser has no types)
    texts = [text["value"] for text in entry.get("content", ()) if text.get("value")]
    summary = entry.get("summary", "")
    # What is not there is not asked for: feedparser would give the one for the other.
    times = {name: entry[name] for name in ("published_parsed", "updated_parsed") if name in entry}
    published, updated = (
        _moment(times.get("published_parsed")),
        _moment(times.get("updated_parsed")),
    )
    return Clipping(
        source=source,
        line=None,
        kind=Kind.NEWS,
        key=entry.get("id") or entry.get("link"),
        title=to_words(entry.get("title", "")),
        html=texts[0] if texts else summary,
        slug=_slug_of(entry.get("link")),
        published=published or updated,
        updated=_if_later(published, updated),
        address=entry.get("link"),
        author=entry.get("author") or None,
        tags=tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term")),
        summary=(to_words(summary) or None) if texts else None,
    )


def _read_json(content: bytes, source: PurePosixPath) -> Export:
    """A JSON Feed, version 1 or 1.1."""
    try:
        feed = json.loads(content)
    except ValueError as error:
        raise _no_feed(source) from error
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        raise _no_feed(source)
    listed = feed.get("items")
    listed = feed.get("items")
    items = tuple(_of_item(item, source) for item in _many(listed) if isinstance(item, dict))
    return Export(items, _root(_text(feed, "home_page_url")), {})


def _of_item(item: dict[str, Any], source: PurePosixPath) -> Clipping:
    html = _text(item, "content_html") or with_paragraphs(escape(_text(item, "content_text")))
    published, updated = _iso(_text(item, "date_published")), _iso(_text(item, "date_modified"))
    address = _text(item, "url") or None
    return Clipping(
        source=source,
        line=None,
        kind=Kind.NEWS,
        key=_text(item, "id") or address,
        title=to_words(_text(item, "title")),
        html=html,
        slug=_slug_of(address),
        published=published or updated,
        updated=_if_later(published, updated),
        address=address,
        author=", ".join(_authors(item)) or None,
        tags=tuple(str(tag) for tag in _many(item.get("tags"))),
        summary=to_words(_text(item, "summary")) or None,
        picture=_text(item, "image") or None,
    )


def _text(item: dict[str, Any], name: str) -> str:
    """A text, or a number as one; "" where there is neither."""
    value = item.get(name)
    return str(value) if isinstance(value, str | int) else ""


def _many(value: Any) -> list[Any]:  # noqa: ANN401 (whatever JSON holds)
    return value if isinstance(value, list) else []


def _authors(item: dict[str, Any]) -> Iterator[str]:
    """Version 1.1 has several, version 1 has one."""
    for author in _many(item.get("authors")) or [item.get("author")]:
        if isinstance(author, dict) and (name := to_words(_text(author, "name"))):
            yield name


def _moment(parsed: Any) -> datetime | None:  # noqa: ANN401
    """A time as feedparser gives it: in UTC, in nine numbers."""
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _iso(written: str) -> datetime | None:
    """A time of RFC 3339; one without an offset is taken for the site's own clock."""
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


def _if_later(published: datetime | None, updated: datetime | None) -> datetime | None:
    """When it was changed, if that was after it was published; of two clocks nobody can say."""
    if published is None or updated is None or bool(published.tzinfo) != bool(updated.tzinfo):
        return None
    return updated if updated > published else None


def _slug_of(address: str | None) -> str:
    """The last word of an address."""
    path = _split(address).path.rstrip("/")
    return PurePosixPath(path).stem if path else ""


def _split(address: str | None) -> SplitResult:
    """The parts of an address; none of what cannot be one."""
    try:
        return urlsplit(address or "")
    except ValueError:
        return urlsplit("")


def _root(address: str | None) -> str | None:
    """The site that an address is on."""
    parts = _split(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _no_feed(source: PurePosixPath) -> ContentError:
    return ContentError(
        say(
            "{source}: this is no feed; save one of RSS, Atom or JSON Feed as a file", source=source
        )
    )
