"""Where readers are led to other sites: by public pieces, by site.yaml, and by templates."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import urldefrag, urlsplit

from newsroom.content.links.meaning import is_web_address
from newsroom.content.lint.markup import Markup
from newsroom.model import Event, Issue, Member, Newsroom, Piece, Post, Site
from newsroom.model.shelf import Shelf

_LONGEST = 2000  # characters; what is longer no browser is sure to follow
_ADDRESS = re.compile(r"""https?://[^\s"'<>{}|\\^`]{1,2000}""")
_LED_TO = re.compile(r"""\b(?:href|src)\s*=\s*["'](https?://[^\s"'<>{}]{1,2000})["']""")
_AMPERSAND = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)
# What site.yaml names for machines: our own addresses, and doors that are not readers' to open.
_NOT_FOR_READERS = re.compile(r"(?:url|first_url|announce|deploy|sending|sender)\s*:")
_TOP_LEVEL = re.compile(r"[a-z_]")
P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """Where a link to another site stands."""

    url: str  # without its fragment
    source: PurePosixPath  # from the newsroom's root
    line: int | None
    since: datetime | None = None  # when readers first saw it, where that is known


ReadText = Callable[[PurePosixPath], str]
"""The text of a file; "" of one that cannot be read."""


def gather(newsroom: Newsroom, read_text: ReadText, now: datetime) -> Iterator[LinkPlace]:
    """Every link of what is public at `now`, in the order of the pieces."""
    ours = hosts_of(newsroom.site)
    for piece in newsroom.public(now).pieces():
        yield from links_of(piece, read_text, now, ours)


def links_of(
    piece: Piece, read_text: ReadText, now: datetime, ours: frozenset[str]
) -> Iterator[LinkPlace]:
    """The links of one piece: of its text, then of its fields; `ours` are the site's own hosts."""
    markup, since = Markup(piece.body), piece.span().since
    shown = {picture.at for picture in markup.pictures}  # a picture of another site is not fetched
    for found in markup.addresses:
        url = _plain(found.address or "", ours)
        if url and found.at not in shown:
            yield LinkPlace(url, piece.source, piece.body_line + markup.line(found.at), since)
    named = [url for written in _named(piece, now) if (url := _plain(written, ours))]
    if named:
        text = read_text(piece.source)
        yield from (LinkPlace(url, piece.source, _line_of(url, text), since) for url in named)


def told_in(issue: Issue, newsroom: Newsroom) -> Iterator[Piece]:
    """An issue, and the posts and events that it tells of."""
    yield issue
    stories = {slug for slug in (issue.lead, *issue.stories) if slug}
    yield from _named_so(newsroom.posts, stories)
    yield from _named_so(newsroom.events, set(issue.events))


def of_settings(text: str, source: PurePosixPath, ours: frozenset[str]) -> Iterator[LinkPlace]:
    """The links in `site.yaml` that readers follow."""
    is_for_readers = True
    for number, line in enumerate(text.splitlines(), start=1):
        if _TOP_LEVEL.match(line):
            is_for_readers = not _NOT_FOR_READERS.match(line)
        if is_for_readers and not line.lstrip().startswith("#"):
            yield from _on_line(_ADDRESS.findall(line), source, number, ours)


def of_template(text: str, source: PurePosixPath, ours: frozenset[str]) -> Iterator[LinkPlace]:
    """The links that a template has by itself, whatever it is filled with."""
    for number, line in enumerate(text.splitlines(), start=1):
        yield from _on_line(_LED_TO.findall(line), source, number, ours)


def by_url(places: Iterable[LinkPlace]) -> Mapping[str, tuple[LinkPlace, ...]]:
    """The places of each link, each place once."""
    found: dict[str, dict[LinkPlace, None]] = {}
    for place in places:
        found.setdefault(place.url, {})[place] = None
    return {url: tuple(where) for url, where in found.items()}


def hosts_of(site: Site) -> frozenset[str]:
    """The hosts that are the site's own: what it has is known without asking."""
    return frozenset(urlsplit(url).hostname or "" for url in (site.url, site.first_url))


def _named_so(pieces: Sequence[P], slugs: Collection[str]) -> Iterator[P]:
    """Of many pieces these; no others are opened."""
    if isinstance(pieces, Shelf):
        yield from pieces.only(lambda card: card.slug in slugs)
    else:
        yield from (piece for piece in pieces if piece.slug in slugs)


def _named(piece: Piece, now: datetime) -> Iterator[str]:
    """The addresses in the fields of a piece that readers are led to now."""
    match piece:
        case Post(origin=origin) if origin and origin.url:
            yield origin.url
        case Member(url=url) if url:
            yield url
        case Event():
            yield from _of_event(piece, now)


def _of_event(event: Event, now: datetime) -> Iterator[str]:
    """Where a meeting is held leads nowhere when it is over, and nobody minds."""
    if event.online and not event.is_over(now):
        yield event.online.url
    if event.registration and event.registration.url and event.is_open(now):
        yield event.registration.url
    yield from event.recordings
    for text in filter(None, (event.program, event.documentation)):
        yield from (found.address or "" for found in Markup(text).addresses)


def _on_line(
    addresses: Iterable[str], source: PurePosixPath, line: int, ours: frozenset[str]
) -> Iterator[LinkPlace]:
    yield from (LinkPlace(url, source, line) for each in addresses if (url := _plain(each, ours)))


def _plain(written: str, ours: frozenset[str]) -> str | None:
    """A link as it is asked for: whole, without its fragment; None of what leads to no other site.

    Whether a page has the place that a fragment names is not asked: it is there all the same.
    """
    url = urldefrag(_AMPERSAND.sub("&", written))[0]
    is_web = url[:8].lower().startswith(("http://", "https://")) and is_web_address(url)
    if not is_web or len(url) > _LONGEST:
        return None
    return None if (urlsplit(url).hostname or "") in ours else url


def _line_of(url: str, text: str) -> int | None:
    """The line of a file on which an address stands first."""
    lines = (number for number, line in enumerate(text.splitlines(), start=1) if url in line)
    return next(lines, None)
