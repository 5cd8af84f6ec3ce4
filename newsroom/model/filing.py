"""A piece to the card that stands for it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from math import inf

from newsroom.model.address import Addresses
from newsroom.model.card import Card, Field
from newsroom.model.event import Event
from newsroom.model.newsroom import Newsroom
from newsroom.model.piece import (
    Contact,
    Image,
    Issue,
    Kind,
    Member,
    Page,
    Piece,
    Post,
    Publication,
)
from newsroom.model.shelf import Shelf
from newsroom.model.site import Site

_OCTETS = 16  # of a digest: enough that no two texts of the world share one


def card_of(
    piece: Piece,
    site: Site,
    digest: bytes | None = None,
    links: Iterable[tuple[int, str, str | None]] = (),
    leads: Iterable[str] = (),
) -> Card:
    """The card of a piece; without the digest of its text, that of what the piece says.

    `leads` are the files that addresses in its rendered texts may mean (render.links.leads).
    """
    addresses = Addresses(site)
    address = addresses.piece(piece)
    since, until = _span(piece)
    day = _day(piece)
    modified = piece.updated or day
    return Card(
        source=str(piece.source),
        kind=kind_of(piece).value,
        digest=digest or _digest(piece),
        face=_face(piece, address),
        id=piece.id,
        slug=piece.slug,
        title=piece.title,
        lang=piece.lang,
        address=address,
        aliases=tuple(addresses.alias(piece, alias) for alias in piece.aliases),
        tags=piece.tags,
        category=piece.category if isinstance(piece, Post) else None,
        image=str(piece.image.file) if piece.image else None,
        since=since,
        until=until,
        draft=piece.draft,
        withdrawn=piece.withdrawn is not None,
        month=day.year * 100 + day.month if day else 0,
        modified=modified.isoformat(timespec="seconds") if modified else None,
        names=tuple(_names(piece)),
        files=tuple(named_files(piece)),
        links=tuple(links),
        leads=tuple(leads),
        checks=tuple((code, severity.value) for code, severity in piece.checks),
    )


def kind_of(piece: Piece) -> Kind:
    """The kind that a piece is of."""
    return _KINDS[type(piece)]


def shelf_of(newsroom: Newsroom, leads: Callable[[Post], Iterable[str]]) -> Shelf:
    """The posts of a newsroom with their cards, which are made when they came without."""
    if isinstance(newsroom.posts, Shelf):
        return newsroom.posts
    posts = {str(post.source): post for post in newsroom.posts}
    cards = (card_of(post, newsroom.site, leads=leads(post)) for post in newsroom.posts)
    return Shelf(tuple(cards), lambda card: posts[card.source])


def homes(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """The file of each piece, and the address of its page."""
    address = Addresses(newsroom.site).piece
    yield from ((card.source, card.address) for card in _cards_at_hand(newsroom))
    yield from ((str(piece.source), address(piece)) for piece in _without_cards(newsroom))


def without_page(newsroom: Newsroom, now: datetime) -> Iterator[tuple[str, str]]:
    """The file of each piece that has no page at `now`, and where the page would be.

    Those are drafts, what is to come, and what has expired; who takes a piece back says so on it.
    """
    address, moment = Addresses(newsroom.site).piece, now.timestamp()
    for card in _cards_at_hand(newsroom):
        if not card.is_public(moment) and (card.draft or not card.withdrawn or card.since > moment):
            yield card.source, card.address
    for piece in _without_cards(newsroom):
        is_back = piece.withdrawn and not piece.draft and _span(piece)[0] <= moment
        if not is_back and not piece.is_public(now):
            yield str(piece.source), address(piece)


def languages(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """The file of each piece, and the language that it is written in."""
    yield from ((card.source, card.lang) for card in _cards_at_hand(newsroom))
    yield from ((str(piece.source), piece.lang) for piece in _without_cards(newsroom))


def _cards_at_hand(newsroom: Newsroom) -> tuple[Card, ...]:
    return newsroom.posts.cards if isinstance(newsroom.posts, Shelf) else ()


def _without_cards(newsroom: Newsroom) -> Iterable[Piece]:
    has_shelf = isinstance(newsroom.posts, Shelf)
    return (replace(newsroom, posts=()) if has_shelf else newsroom).pieces()


def _digest(*said: object) -> bytes:
    return blake2b(repr(said).encode(), digest_size=_OCTETS).digest()


def _face(piece: Piece, address: str) -> bytes:
    said = (address, piece.title, piece.lang, piece.summary, piece.image, _day(piece))
    return _digest(said, piece.category if isinstance(piece, Post) else None)


def _day(piece: Piece) -> datetime | None:
    """The time a piece itself says it is of."""
    match piece:
        case Post(published=moment) | Publication(published=moment) | Issue(published=moment):
            return moment
    return None


def _span(piece: Piece) -> tuple[float, float]:
    """From when and until when a piece is public, unless it is a draft or withdrawn."""
    day = _day(piece)
    since = day.timestamp() if day else -inf
    until = piece.expires.timestamp() if isinstance(piece, Post) and piece.expires else inf
    return since, until


def _names(piece: Piece) -> Iterator[tuple[Field, str, str]]:
    """The pieces that a piece names, each with the field it stands in."""
    for number, slug in enumerate(piece.contacts):
        yield ("contacts", number), slug, Kind.CONTACT.value
    if isinstance(piece, Post | Event):
        for number, slug in enumerate(piece.members):
            yield ("members", number), slug, Kind.MEMBER.value
    match piece:
        case Post(event=str(slug)):
            yield ("event",), slug, Kind.EVENT.value
        case Issue(stories=stories, events=events, lead=lead):
            yield from ((("stories", n), slug, Kind.NEWS.value) for n, slug in enumerate(stories))
            yield from ((("events", n), slug, Kind.EVENT.value) for n, slug in enumerate(events))
            if lead:
                yield ("lead",), lead, Kind.NEWS.value


def named_files(piece: Piece) -> Iterator[tuple[Field, str]]:
    """The files that the fields of a piece name."""
    images: list[tuple[str, Image | None]] = [("image", piece.image)]
    match piece:
        case Contact(photo=photo):
            images.append(("photo", photo))
        case Member(logo=logo):
            images.append(("logo", logo))
        case Publication(file=file):
            yield ("file",), str(file)
    yield from (((name, "file"), str(image.file)) for name, image in images if image)
    for number, attachment in enumerate(piece.attachments):
        yield ("attachments", number, "file"), str(attachment.file)


_KINDS = {
    Post: Kind.NEWS,
    Event: Kind.EVENT,
    Contact: Kind.CONTACT,
    Member: Kind.MEMBER,
    Publication: Kind.PUBLICATION,
    Issue: Kind.ISSUE,
    Page: Kind.PAGE,
}
