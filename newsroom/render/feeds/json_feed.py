"""JSON Feed 1.1 (jsonfeed.org) from the same entries as RSS and Atom."""

import json
from collections.abc import Sequence

from newsroom.render.feeds.feed_entries import Enclosure, Entry
from newsroom.render.feeds.feeds import FeedInfo


def json_feed(feed: FeedInfo, entries: Sequence[Entry]) -> bytes:
    """The JSON Feed document of some entries, in the order given."""
    hubs = [{"type": "WebSub", "url": url} for relation, url in feed.relations if relation == "hub"]
    older = [url for relation, url in feed.relations if relation == "next"]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.site_url,
        "feed_url": feed.self_url,
        "next_url": next(iter(older), None),
        "description": feed.description,
        "language": feed.lang,
        "authors": [{"name": feed.author}],
        "hubs": hubs,
        "items": [_item(entry) for entry in entries],
    }
    present = {key: value for key, value in document.items() if value or key == "items"}
    return (json.dumps(present, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        # An item has one of the two at least (version 1.1, "Items").
        "content_html" if entry.html else "content_text": entry.html or entry.summary,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}],
        "tags": entry.tags,
        "language": entry.lang,
        "attachments": [_attachment(enclosure) for enclosure in entry.enclosures],
    }
    return {key: value for key, value in item.items() if value}


def _attachment(enclosure: Enclosure) -> dict[str, object]:
    return {
        "url": enclosure.url,
        "mime_type": enclosure.media_type,
        "title": enclosure.title,
        "size_in_bytes": enclosure.size,
    }
