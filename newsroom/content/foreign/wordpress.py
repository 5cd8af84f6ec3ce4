"""An export of WordPress (WXR, any version): what it holds, as clippings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lxml import etree

from newsroom.content.foreign.clipping import Clipping, ClippingRemark, Export, Written
from newsroom.content.foreign.from_html import to_words
from newsroom.content.foreign.wordpress_links import with_addresses
from newsroom.content.foreign.wordpress_losses import losses_in
from newsroom.content.foreign.wordpress_text import html_of
from newsroom.content.foreign.xml_tree import inner, read_xml, text_of
from newsroom.errors import ContentError
from newsroom.model import Kind
from newsroom.model.saying import say

_KINDS = {"post": Kind.NEWS, "page": Kind.PAGE}
_PUBLIC = {"publish", "future", "inherit"}
_NOT_PIECES = {"attachment", "nav_menu_item"}
_THROWN_AWAY = {"trash", "auto-draft"}
_PICTURE = "_thumbnail_id"
_TEXT = b"<content:encoded"
_NEAR = 200  # lines of an item that may stand before its text
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
    around = _Around(
        source,
        (text_of(channel, "wp:base_blog_url") or text_of(channel, "link")).rstrip("/"),
        _authors(channel),
        dict(_pictures(items)),
        dict(_addresses(items)),
        content.split(b"\n"),
    )
    hosts = frozenset(filter(None, (urlsplit(url).hostname for url in around.pictures.values())))
    clippings = tuple(_clipping(item, around) for item in items if _is_piece(item))
    return Export(clippings, around.site or None, _left(items), hosts)


@dataclass(frozen=True, slots=True)
class _Around:
    """An export, as far as its items need to know of it."""

    source: PurePosixPath
    site: str  # its address without the last slash
    authors: Mapping[str, str]
    pictures: Mapping[str, str]
    addresses: Mapping[str, str]  # of pieces and files, by their number
    lines: Sequence[bytes]


def _is_piece(item: etree._Element) -> bool:
    is_kept = text_of(item, "wp:status") not in _THROWN_AWAY
    return is_kept and text_of(item, "wp:post_type") in _KINDS


def _left(items: Iterable[etree._Element]) -> Counter[str]:
    """What has no place here: comments, what was thrown away, the pieces of plugins."""
    left = Counter[str]()
    for item in items:
        left["comments"] += len(inner(item, "wp:comment"))
        kind = text_of(item, "wp:post_type")
        if kind not in _NOT_PIECES and not _is_piece(item):
            left[kind if kind not in _KINDS else text_of(item, "wp:status")] += 1
    return +left


def _clipping(item: etree._Element, around: _Around) -> Clipping:
    written, number = _written(item, around.lines), text_of(item, "wp:post_id")
    creator, status = text_of(item, "dc:creator"), text_of(item, "wp:status")
    html = html_of(written.text.strip(), around.pictures, number)
    return Clipping(
        source=around.source,
        line=item.sourceline,
        kind=_KINDS[text_of(item, "wp:post_type")],
        key=text_of(item, "guid") or None,
        title=to_words(text_of(item, "title")),
        html=with_addresses(html, around.site, around.addresses),
        slug=text_of(item, "wp:post_name"),
        published=_published(item),
        address=text_of(item, "link") or None,
        author=around.authors.get(creator, creator) or None,
        categories=tuple(_terms(item, "category")),
        tags=tuple(_terms(item, "post_tag")),
        summary=to_words(text_of(item, "excerpt:encoded")) or None,
        picture=around.pictures.get(_meta(item).get(_PICTURE, "")),
        draft=status not in _PUBLIC or bool(text_of(item, "wp:post_password")),
        remarks=tuple(_remarks(item, written, around.pictures)),
        written=written,
    )


def _written(item: etree._Element, lines: Sequence[bytes]) -> Written:
    """The text of an item, and the line of the file on which it begins."""
    begins = item.sourceline or 1
    near = range(begins, min(begins + _NEAR, len(lines)) + 1)
    line = next((number for number in near if _TEXT in lines[number - 1]), begins)
    found = inner(item, "content:encoded")
    return Written((found[0].text or "") if found else "", line)


def _remarks(
    item: etree._Element, written: Written, pictures: Mapping[str, str]
) -> Iterator[ClippingRemark]:
    title, status = text_of(item, "title"), text_of(item, "wp:status")
    if text_of(item, "wp:post_password"):
        yield ClippingRemark(say('"{title}" had a password, and is a draft here', title=title))
    elif status not in _PUBLIC:
        told = say(
            '"{title}" was not public ({status}), and is a draft', title=title, status=status
        )
        yield ClippingRemark(told)
    picture = _meta(item).get(_PICTURE)
    if picture and picture not in pictures:
        told = say(
            "the export lacks the picture above the text, by number: {number}", number=picture
        )
        yield ClippingRemark(told)
    for loss in losses_in(written.text, pictures, text_of(item, "wp:post_id")):
        yield ClippingRemark(loss.words, written.line_of(loss.written))


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


def _addresses(items: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
    """Where pieces and files are, by their number; of a file that is not its page."""
    for item in items:
        address = text_of(item, "wp:attachment_url") or text_of(item, "link")
        yield text_of(item, "wp:post_id"), address


def _pictures(items: Iterable[etree._Element]) -> Iterator[tuple[str, str]]:
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
