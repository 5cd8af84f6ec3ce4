"""Posts as feeds carry them: absolute addresses, plain titles, nothing that XML forbids."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from textwrap import shorten

from markupsafe import Markup
from markupsafe import escape as escaped

from newsroom.model import Addresses, Attachment, Contact, Image, Post, Site
from newsroom.model.file_type import type_of
from newsroom.render.text.characters import legal, one_line
from newsroom.render.text.links import Links
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.plain import first_paragraph
from newsroom.render.text.rendered import Rendered
from newsroom.render.words import Words

MOST_OCTETS = 512_000  # of a feed; some readers stop in the middle of a larger one
_FRAME = 2_000  # octets that an entry takes beside its texts, and the feed beside its entries
_LONGEST_ESCAPE = 6  # octets, of one character: &quot;
_SHORT = 400  # characters of a summary that nobody wrote
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry."""

    url: str
    size: int  # octets
    media_type: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One post in a feed."""

    id: str
    title: str
    url: str
    published: datetime  # aware; never changes
    updated: datetime  # aware
    lang: str
    author: str
    summary: str
    html: str | None  # the whole text; None when the feed carries summaries
    tags: tuple[str, ...] = ()  # as shown to readers
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()


def fitting(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries of one document, in the order given.

    Where their whole texts together are more than readers take, the last ones have their summary
    alone, so that each is still there.
    """
    entries = tuple(entries)
    if sum(map(_most_octets, entries)) <= MOST_OCTETS - _FRAME:
        return entries
    pairs = [(entry, replace(entry, html=None)) for entry in entries]
    room = MOST_OCTETS - _FRAME - sum(_octets(short) for _, short in pairs)
    chosen: list[Entry] = []
    for entry, short in pairs:
        more = _octets(entry) - _octets(short)
        chosen.append(entry if more <= room else short)
        room -= more if more <= room else 0
    return tuple(chosen)


def plain(title: str) -> str:
    """A title without what looks like HTML, which some readers would take for it."""
    text = one_line(title)
    return one_line(_TAG.sub("", text)) or re.sub("[<>/]", "", text)


def entry(
    site: Site,
    post: Post,
    links: Links,
    rendered: Callable[[str], Rendered] = render_markdown,
    people: Iterable[Contact] = (),
) -> Entry:
    """One post as an entry; `rendered` gives the rendering of its text, `people` its contacts."""
    base = f"{site.url}/"
    return Entry(
        id=post.id,
        title=plain(post.title),
        url=base + Addresses(site).piece(post),
        published=post.published,
        updated=max(post.updated or post.published, post.published, key=datetime.timestamp),
        lang=post.lang,
        author=legal(post.author or site.name),
        summary=_summary(site, post, rendered),
        html=_whole(site, post, links, rendered, people) if site.feed.full else None,
        tags=_tags(site, post),
        image=_image(post.image, links, base),
        enclosures=tuple(_attached(post.attachments, links, base)),
    )


def _opening(text: Rendered) -> str | None:
    """The beginning of the text, which is not all of it where the first paragraph is long."""
    paragraph = first_paragraph(text)
    return paragraph and shorten(paragraph, _SHORT, placeholder=" …")


def _octets(entry: Entry) -> int:
    """How much room an entry takes in a feed, about; escaped, since XML and JSON escape too."""
    texts = (entry.title, entry.summary, entry.html or "")
    return _FRAME + sum(len(escape(text).encode()) for text in texts)


def _most_octets(entry: Entry) -> int:
    """More room than an entry can take in a feed, without escaping its texts."""
    characters = len(entry.title) + len(entry.summary) + len(entry.html or "")
    return _FRAME + _LONGEST_ESCAPE * characters


def _tags(site: Site, post: Post) -> tuple[str, ...]:
    category = (site.category_word(post.category),) if post.category else ()
    return tuple(map(one_line, (*category, *(site.tag_words(tag) for tag in post.tags))))


def _summary(site: Site, post: Post, rendered: Callable[[str], Rendered]) -> str:
    """The editor's words, else the first of the text, the title, or at least whose post it is."""
    return (
        _said(post.summary)
        or _said(_opening(rendered(post.body)))
        or _said(post.title)
        or legal(site.name)
    )


def _said(words: str | None) -> str:
    return legal(words or "").strip()


def _whole(
    site: Site,
    post: Post,
    links: Links,
    rendered: Callable[[str], Rendered],
    people: Iterable[Contact],
) -> str | None:
    """The post as its page shows it: picture, text, files, and whom to ask."""
    base = f"{site.url}/"
    html = rendered(post.body).html(links.resolver(post.source, base))
    text = Markup(html)  # noqa: S704 (sanitised by render_markdown)
    whole = _picture(post.image, links, base) + text + _files(post, links, base)
    return legal(whole + _people(post, people)) or None


def _picture(image: Image | None, links: Links, base: str) -> str:
    target = links.file(image.file, base) if image else None
    if image is None or target is None:
        return ""
    size = Markup(' width="{}" height="{}"').format(target.width, target.height)
    return Markup('<p><img src="{}" alt="{}"{}></p>\n').format(
        target.url, image.alt or "", size if target.width and target.height else ""
    )


def _files(post: Post, links: Links, base: str) -> str:
    words = Words(post.lang)
    rows = [
        Markup('<li><a href="{}">{}</a> ({}, {})</li>\n').format(
            file.url, file.title, type_of(file.url), words.size(file.size)
        )
        for file in _attached(post.attachments, links, base)
    ]
    return Markup("\n<ul>\n{}</ul>\n").format(Markup("").join(rows)) if rows else ""


def _people(post: Post, people: Iterable[Contact]) -> str:
    """Whom to ask, and how."""
    label = Words(post.lang).gettext("Contact")
    lines = (Markup("\n<p>{}: {}</p>").format(label, _reached(person)) for person in people)
    return Markup("").join(lines)


def _reached(person: Contact) -> Markup:
    parts = [escaped(part) for part in (person.title, person.role, person.organisation) if part]
    if person.email:
        parts.append(Markup('<a href="mailto:{0}">{0}</a>').format(person.email))
    if person.phone:
        number = re.sub("[ -]", "", person.phone)
        parts.append(Markup('<a href="tel:{}">{}</a>').format(number, person.phone))
    return Markup(", ").join(parts)


def _attached(attachments: Iterable[Attachment], links: Links, base: str) -> Iterable[Enclosure]:
    for attachment in attachments:
        asset, url = links.asset(attachment.file), links.offered(attachment.file, base)
        if asset is not None and url is not None:
            yield Enclosure(url, asset.size, asset.media_type, legal(attachment.title))


def _image(image: Image | None, links: Links, base: str) -> str | None:
    target = links.file(image.file, base) if image else None
    return target.url if target else None
