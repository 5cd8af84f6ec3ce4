"""A feed of another system: RSS, Atom or JSON Feed, saved as a file."""

import json
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from newsroom.content.foreign.clipping import Clipping, Export
from newsroom.content.foreign.from_html import to_words
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
    return Clipping(
        source=source,
        line=None,
        kind=Kind.NEWS,
        key=entry.get("id") or entry.get("link"),
        title=to_words(entry.get("title", "")),
        html=texts[0] if texts else summary,
        slug=_slug_of(entry.get("link")),
        published=_moment(entry.get("published_parsed") or entry.get("updated_parsed")),
        updated=_later(entry),
        address=entry.get("link"),
        author=entry.get("author") or None,
        tags=tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term")),
        summary=(to_words(summary) or None) if texts else None,
    )


def _later(entry: Any) -> datetime | None:  # noqa: ANN401
    """When it was changed, if that was after it was published."""
    published = _moment(entry.get("published_parsed"))
    updated = _moment(entry.get("updated_parsed")) if "updated_parsed" in entry else None
    return updated if published and updated and updated > published else None


def _read_json(content: bytes, source: PurePosixPath) -> Export:
    """A JSON Feed, version 1 or 1.1."""
    try:
        feed = json.loads(content)
    except ValueError as error:
        raise _no_feed(source) from error
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        raise _no_feed(source)
    items = tuple(
        _of_item(item, source) for item in feed.get("items", ()) if isinstance(item, dict)
    )
    return Export(items, _root(feed.get("home_page_url")), {})


def _of_item(item: dict[str, Any], source: PurePosixPath) -> Clipping:
    html = item.get("content_html") or f"<p>{item.get('content_text', '')}</p>"
    published, updated = _iso(item.get("date_published")), _iso(item.get("date_modified"))
    return Clipping(
        source=source,
        line=None,
        kind=Kind.NEWS,
        key=str(item["id"]) if item.get("id") else item.get("url"),
        title=to_words(str(item.get("title") or "")),
        html=str(html),
        slug=_slug_of(item.get("url")),
        published=published or updated,
        updated=updated if published and updated and updated > published else None,
        address=item.get("url"),
        author=", ".join(_authors(item)) or None,
        tags=tuple(str(tag) for tag in item.get("tags", ())),
        summary=item.get("summary") or None,
        picture=item.get("image") or None,
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    """Version 1.1 has several, version 1 has one."""
    for author in item.get("authors") or [item.get("author") or {}]:
        if isinstance(author, dict) and author.get("name"):
            yield str(author["name"])


def _moment(parsed: Any) -> datetime | None:  # noqa: ANN401
    """A time as feedparser gives it: in UTC, in nine numbers."""
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _iso(written: object) -> datetime | None:
    """A time of RFC 3339; one without an offset is taken for the site's own clock."""
    try:
        return datetime.fromisoformat(str(written)) if written else None
    except ValueError:
        return None


def _slug_of(address: str | None) -> str:
    """The last word of an address."""
    path = urlsplit(address or "").path.rstrip("/")
    return PurePosixPath(path).stem if path else ""


def _root(address: str | None) -> str | None:
    """The site that an address is on."""
    parts = urlsplit(address or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None


def _no_feed(source: PurePosixPath) -> ContentError:
    return ContentError(
        say(
            "{source}: this is no feed; save one of RSS, Atom or JSON Feed as a file", source=source
        )
    )
