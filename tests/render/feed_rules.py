"""What a feed must keep to be read everywhere: each rule that a document breaks, in words.

The rules are those of RSS 2.0 with the RSS Advisory Board's profile, Atom (RFC 4287), JSON Feed
1.1, feed history (RFC 5005) and what readers are known to stumble on. Nothing here is shared with
the code that writes the feeds.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from tests.render.html_rules import Given, address_faults, html_faults

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}archive"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_OCTETS = 512_000
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
BCP_47 = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
TAG_OR_UUID = re.compile(r"(urn:uuid:|tag:)\S+|urn:\S+")


def rss_faults(document: bytes, given: Given) -> Iterator[str]:
    """The rules that an RSS document breaks."""
    yield from xml_faults(document)
    root = etree.fromstring(document)
    channel = root.find("channel")
    if root.get("version") != "2.0" or channel is None:
        yield "it is no RSS 2.0"
        return
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        if len(channel.findall(name)) != 1 or not channel.findtext(name):
            yield f"the channel has not one {name}"
    if not (channel.findtext("link") or "").startswith(f"{given.site}/"):
        yield "the channel's link is not a page of the site"
    own = [
        dict(link.attrib) for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"
    ]
    if own != [{"href": given.url, "rel": "self", "type": "application/rss+xml"}]:
        yield f"the link to itself is {own}"
    yield from language_faults(channel.findtext("language"))
    items = channel.findall("item")
    for item in items:
        yield from (f"{item.findtext('guid')}: {fault}" for fault in rss_item_faults(item, given))
    dates = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    yield from order_faults(
        [(date, item.findtext("guid") or "") for date, item in zip(dates, items, strict=True)],
        given,
    )
    built = parsedate_to_datetime(channel.findtext("lastBuildDate") or "")
    if dates and built < max(dates):
        yield "the channel is older than its newest item"


def rss_item_faults(item: Any, given: Given) -> Iterator[str]:  # noqa: ANN401 (lxml has no types)
    """The rules that an item breaks."""
    for name in ("title", "link", "description", "guid", "pubDate"):
        if len(item.findall(name)) != 1 or not item.findtext(name):
            yield f"it has not one {name}"
    guid = item.find("guid")
    if guid.get("isPermaLink") != "false" or not TAG_OR_UUID.fullmatch(guid.text):
        yield "its guid is an address, or may pass for one"
    if not RFC_822.fullmatch(item.findtext("pubDate")):
        yield f"its date is {item.findtext('pubDate')}"
    names = [child.tag for child in item]
    if CONTENT in names and names.index("description") > names.index(CONTENT):
        yield "its description comes after its content"
    if item.find("author") is not None or not item.findtext(f"{DC}creator"):
        yield "its author is not a dc:creator"
    enclosures = item.findall("enclosure")
    if len(enclosures) > 1:
        yield "it has more than one enclosure"
    for enclosure in enclosures:
        yield from file_faults(enclosure.get("url"), enclosure.get("length"), enclosure.get("type"))
    yield from title_faults(item.findtext("title"))
    yield from address_faults("link", item.findtext("link"), given)
    yield from html_faults(item.findtext("description"), given)
    yield from html_faults(item.findtext(CONTENT) or "", given)


def atom_faults(document: bytes, given: Given) -> Iterator[str]:
    """The rules that an Atom document breaks."""
    yield from xml_faults(document)
    feed = etree.fromstring(document)
    if feed.tag != f"{ATOM}feed":
        yield "it is no Atom"
        return
    yield from construct_faults(feed)
    yield from language_faults(feed.get(LANG))
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        yield "the feed has no author"
    own = [link.get("href") for link in links(feed, "self")]
    if own != [given.url]:
        yield f"the link to itself is {own}"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        id_ = entry.findtext(f"{ATOM}id")
        yield from (f"{id_}: {fault}" for fault in atom_entry_faults(entry, given))
    stamps = [datetime.fromisoformat(entry.findtext(f"{ATOM}published")) for entry in entries]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    yield from order_faults(list(zip(stamps, ids, strict=True)), given)
    updated = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) for entry in entries]
    if updated and datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) != max(updated):
        yield "the feed was not updated with its newest entry"
    if (feed.find(HISTORY) is not None) != (given.limit is None):
        yield "what says that a document is part of an archive is wrong"


def construct_faults(element: Any) -> Iterator[str]:  # noqa: ANN401
    """What a feed and an entry must both have."""
    for name in ("id", "title", "updated"):
        if len(element.findall(f"{ATOM}{name}")) != 1 or not element.findtext(f"{ATOM}{name}"):
            yield f"it has not one {name}"
    for name in ("updated", "published"):
        date = element.findtext(f"{ATOM}{name}")
        if date and not RFC_3339.fullmatch(date):
            yield f"its date is {date}"
    if len(links(element, "alternate")) != 1:
        yield "it has not one alternate link"


def atom_entry_faults(entry: Any, given: Given) -> Iterator[str]:  # noqa: ANN401
    """The rules that an entry breaks."""
    yield from construct_faults(entry)
    published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
    if datetime.fromisoformat(updated) < datetime.fromisoformat(published):
        yield "it was updated before it was published"
    yield from title_faults(entry.findtext(f"{ATOM}title"))
    yield from language_faults(entry.get(LANG))
    for link in links(entry, "alternate"):
        yield from address_faults("link", link.get("href"), given)
    for link in links(entry, "enclosure"):
        yield from file_faults(link.get("href"), link.get("length"), link.get("type"))
    for content in entry.findall(f"{ATOM}content"):
        if content.get("type") != "html":
            yield f"its content is of type {content.get('type')}"
        yield from html_faults(content.text or "", given)


def links(element: Any, relation: str) -> list[Any]:  # noqa: ANN401
    """The links of a relation; one without is alternate (RFC 4287, section 4.2.7.2)."""
    found = element.findall(f"{ATOM}link")
    return [link for link in found if link.get("rel", "alternate") == relation]


def json_faults(document: bytes, given: Given) -> Iterator[str]:
    """The rules that a JSON Feed breaks."""
    feed = json.loads(document.decode("utf-8"))
    if len(document) > MOST_OCTETS:
        yield f"it has {len(document)} octets"
    if feed.get("version") != "https://jsonfeed.org/version/1.1" or not feed.get("title"):
        yield "it is no JSON Feed 1.1 with a title"
    if feed.get("feed_url") != given.url:
        yield f"it says that it is {feed.get('feed_url')}"
    yield from language_faults(feed.get("language"))
    yield from author_faults(feed)
    items = feed["items"]
    for item in items:
        yield from (f"{item['id']}: {fault}" for fault in json_item_faults(item, given))
    dated = [(datetime.fromisoformat(item["date_published"]), item["id"]) for item in items]
    yield from order_faults(dated, given)


def json_item_faults(item: dict[str, Any], given: Given) -> Iterator[str]:
    """The rules that an item breaks."""
    if not isinstance(item["id"], str) or not TAG_OR_UUID.fullmatch(item["id"]):
        yield "its id is an address, or no text"
    for name in ("date_published", "date_modified"):
        if not RFC_3339.fullmatch(item[name]):
            yield f"its date is {item[name]}"
    if ("content_html" in item) == ("content_text" in item):
        yield "it has not one content"
    for file in item.get("attachments", []):
        yield from file_faults(file["url"], str(file["size_in_bytes"]), file["mime_type"])
    if FORBIDDEN.search(json.dumps(item, ensure_ascii=False)):
        yield "it has control characters"
    yield from author_faults(item)
    yield from title_faults(item["title"])
    yield from language_faults(item.get("language"))
    yield from address_faults("url", item["url"], given)
    yield from html_faults(item.get("content_html", ""), given)


def author_faults(thing: dict[str, Any]) -> Iterator[str]:
    """JSON Feed 1.1 has a list of authors, and no longer one."""
    if "author" in thing or not all(author.get("name") for author in thing.get("authors", [{}])):
        yield "its authors are not a list of names"


def xml_faults(document: bytes) -> Iterator[str]:
    """What is wrong with a document as XML 1.0 in UTF-8, and in its size."""
    if not re.match(rb"<\?xml version=['\"]1\.0['\"] encoding=['\"]UTF-8['\"]\?>", document):
        yield "it does not say that it is XML in UTF-8"
    text = document.decode("utf-8")
    if "<!DOCTYPE" in text or "<!ENTITY" in text or "<?xml-stylesheet" in text:
        yield "it has a document type, entities or a style sheet"
    if FORBIDDEN.search(text):
        yield "it has control characters"
    if len(document) > MOST_OCTETS:
        yield f"it has {len(document)} octets"


def order_faults(dated: list[tuple[datetime, str]], given: Given) -> Iterator[str]:
    """What is wrong with which entries there are, and how they stand."""
    keys = [(date.timestamp(), id_) for date, id_ in dated]
    if keys != sorted(keys, reverse=True):
        yield "the entries do not stand newest first"
    if len({id_ for _, id_ in dated}) != len(dated):
        yield "two entries have one id"
    if any(date > given.now for date, _ in dated):
        yield "an entry comes from the future"
    if given.limit is not None and len(dated) > given.limit:
        yield f"it has {len(dated)} entries"


def title_faults(title: str | None) -> Iterator[str]:
    """What is wrong with a title as plain text."""
    if not title or MARKUP.search(title) or "\n" in title:
        yield f"its title is not plain: {title}"


def language_faults(language: str | None) -> Iterator[str]:
    """What is wrong with the name of a language."""
    if not language or not BCP_47.fullmatch(language):
        yield f"the language is {language}"


def file_faults(url: str, length: str, media_type: str) -> Iterator[str]:
    """What is wrong with a file that comes along."""
    whole = url.startswith("https://") and length.isdigit() and int(length) > 0
    if not whole or not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", media_type):
        yield f"the file {url} has not its address, true length and type"
