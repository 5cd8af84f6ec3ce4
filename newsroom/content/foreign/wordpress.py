"""An export of WordPress (WXR, any version): what it holds, as clippings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree

from newsroom.content.foreign.clipping import Clipping, Export
from newsroom.content.foreign.from_html import to_words
from newsroom.content.foreign.wordpress_text import codes_left, html_of
from newsroom.content.foreign.xml_tree import inner, read_xml, text_of
from newsroom.errors import ContentError
from newsroom.model import Kind
from newsroom.model.saying import Saying, say

_KINDS = {"post": Kind.NEWS, "page": Kind.PAGE}
_PUBLIC = {"publish", "future", "inherit"}
_NOT_PIECES = {"attachment", "nav_menu_item"}
_THROWN_AWAY = {"trash", "auto-draft"}
_PICTURE = "_thumbnail_id"
_NEVER = "0000-00-00"  # as MySQL writes a time that never was


def read_wordpress(content: bytes, source: PurePosixPath) -> Export:
    """The posts and pages of an export, in its order. Raises ContentError when it is none."""
    channel = read_xml(content, source).find("channel")
    if channel is None or not text_of(channel, "wp:wxr_version"):
        raise ContentError(
            say(
                "{source}: this is no export of WordPress; make one there with Tools, Export, "
                "All content",
                source=source,
            )
        )
    items = channel.findall("item")
    authors = _authors(channel)
    pictures = dict(_pictures(items))
    kept, left = [], Counter[str]()
    for item in items:
        left["comments"] += len(inner(item, "wp:comment"))
        kind, status = text_of(item, "wp:post_type"), text_of(item, "wp:status")
        if kind in _KINDS and status not in _THROWN_AWAY:
            kept.append(_clipping(item, source, authors, pictures))
        elif kind not in _NOT_PIECES:
            left[kind if kind not in _KINDS else status] += 1
    site = (text_of(channel, "wp:base_blog_url") or text_of(channel, "link")).rstrip("/")
    numbers = {text_of(item, "wp:post_id"): text_of(item, "link") for item in items}
    clippings = (replace(one, html=_with_addresses(one.html, site, numbers)) for one in kept)
    hosts = frozenset(filter(None, (urlsplit(url).hostname for url in pictures.values())))
    return Export(tuple(clippings), site or None, +left, hosts)


def _with_addresses(html: str, site: str, numbers: Mapping[str, str]) -> str:
    """The same with addresses where it names a piece by its number: `/?p=358`."""

    def address(match: re.Match[str]) -> str:
        return numbers.get(match[1]) or match[0]

    by_number = rf"(?<=[\"'])(?:{re.escape(site)})?/?\?(?:p|page_id|attachment_id)=(\d+)(?=[\"'#&])"
    return re.sub(by_number, address, html)


def _clipping(
    item: etree._Element,
    source: PurePosixPath,
    authors: Mapping[str, str],
    pictures: Mapping[str, str],
) -> Clipping:
    content, number = text_of(item, "content:encoded"), text_of(item, "wp:post_id")
    creator, status = text_of(item, "dc:creator"), text_of(item, "wp:status")
    excerpt = text_of(item, "excerpt:encoded")
    return Clipping(
        source=source,
        line=item.sourceline,
        kind=_KINDS[text_of(item, "wp:post_type")],
        key=text_of(item, "guid") or None,
        title=to_words(text_of(item, "title")),
        html=html_of(content, pictures, number),
        slug=text_of(item, "wp:post_name"),
        published=_published(item),
        address=text_of(item, "link") or None,
        author=authors.get(creator, creator) or None,
        categories=tuple(_terms(item, "category")),
        tags=tuple(_terms(item, "post_tag")),
        summary=to_words(excerpt) or None,
        picture=pictures.get(_meta(item).get(_PICTURE, "")),
        draft=status not in _PUBLIC or bool(text_of(item, "wp:post_password")),
        remarks=tuple(_remarks(item, content, status)),
    )


def _remarks(item: etree._Element, content: str, status: str) -> Iterator[Saying]:
    title = text_of(item, "title")
    if text_of(item, "wp:post_password"):
        yield say('"{title}" had a password, and is a draft here', title=title)
    elif status not in _PUBLIC:
        yield say('"{title}" was not public ({status}), and is a draft', title=title, status=status)
    for name in codes_left(content):
        yield say("the code [{name}] means nothing here and stays in the text", name=name)


def _published(item: etree._Element) -> datetime | None:
    """When it was published: the instant where WordPress knows it, else the time on its clock."""
    written = text_of(item, "wp:post_date_gmt")
    if written and not written.startswith(_NEVER):
        return _moment(written, is_utc=True)
    return _moment(text_of(item, "wp:post_date"), is_utc=False)


def _moment(written: str, *, is_utc: bool) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if is_utc and found.tzinfo is None else found


def _terms(item: etree._Element, domain: str) -> Iterator[str]:
    for term in item.findall("category"):
        words = (term.text or "").strip()
        if term.get("domain") == domain and words and term.get("nicename") != "uncategorized":
            yield words


def _authors(channel: etree._Element) -> dict[str, str]:
    """The names of authors by what they log in as; their addresses are left where they are."""
    return {
        text_of(author, "wp:author_login"): text_of(author, "wp:author_display_name")
        for author in inner(channel, "wp:author")
    }


def _pictures(items: list[etree._Element]) -> Iterator[tuple[str, str]]:
    """The addresses of files by their number, and by that of their post with theirs behind."""
    for item in items:
        if text_of(item, "wp:post_type") == "attachment":
            number, url = text_of(item, "wp:post_id"), text_of(item, "wp:attachment_url")
            yield number, url
            yield f"{text_of(item, 'wp:post_parent')}/{number}", url


def _meta(item: etree._Element) -> dict[str, str]:
    return {
        text_of(meta, "wp:meta_key"): text_of(meta, "wp:meta_value")
        for meta in inner(item, "wp:postmeta")
    }
