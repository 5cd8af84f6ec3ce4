"""Making the card of a piece: all that others need to know of it without opening it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from math import inf
from sys import intern
from typing import TypeVar

from newsroom.model.address import Addresses
from newsroom.model.card import Card, Field
from newsroom.model.digest import digest_of
from newsroom.model.event import Event, EventStatus
from newsroom.model.lifecycle import version_of
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

P = TypeVar("P", bound=Piece)


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
    # Words that many cards share are interned: marshal remembers it, and holds each once.
    addresses = Addresses(site)
    address = addresses.piece(piece)
    since, until = piece.span().seconds()
    day = piece.span().since
    modified = piece.updated or day
    return Card(
        source=str(piece.source),
        kind=kind_of(piece).value,
        digest=digest or digest_of(piece),
        face=_face(piece, address),
        id=piece.id,
        slug=piece.slug,
        title=piece.title,
        lang=intern(piece.lang),
        address=address,
        aliases=tuple(addresses.alias(piece, alias) for alias in piece.aliases),
        tags=tuple(map(intern, piece.tags)),
        category=intern(piece.category) if isinstance(piece, Post) and piece.category else None,
        image=str(piece.image.file) if piece.image else None,
        since=since,
        until=until,
        draft=piece.draft,
        withdrawn=piece.withdrawn is not None,
        rank=_rank(piece),
        month=day.year * 100 + day.month if day else 0,
        modified=modified.isoformat(timespec="seconds") if modified else None,
        over=(piece.end or piece.start).timestamp() if isinstance(piece, Event) else inf,
        turns=tuple(_turns(piece)),
        series=piece.series if isinstance(piece, Event) else None,
        altered=isinstance(piece, Event) and _is_altered(piece),
        names=tuple(_names(piece)),
        files=tuple(named_files(piece)),
        links=tuple(links),
        leads=tuple(leads),
        checks=tuple((code, severity.value) for code, severity in piece.checks),
    )


def kind_of(piece: Piece) -> Kind:
    """The kind that a piece is of."""
    return KINDS[type(piece)]


def shelf_of(
    pieces: Sequence[P], site: Site, leads: Callable[[P], Iterable[str]] = lambda _: ()
) -> Shelf[P]:
    """Pieces of one kind with their cards, which are made when they came without."""
    if isinstance(pieces, Shelf):
        return pieces
    known = {str(piece.source): piece for piece in pieces}
    cards = (card_of(piece, site, leads=leads(piece)) for piece in pieces)
    return Shelf(cards, lambda card: known[card.source])


def shelved(newsroom: Newsroom, leads: Callable[[Piece], Iterable[str]] = lambda _: ()) -> Newsroom:
    """The same newsroom with every kind on a shelf."""

    def shelf(pieces: Sequence[P]) -> Shelf[P]:
        return shelf_of(pieces, newsroom.site, leads)

    return newsroom.each(shelf)


def all_cards(newsroom: Newsroom) -> tuple[Card, ...]:
    """The card of every piece, kind by kind."""
    shelves = (shelf_of(kind, newsroom.site) for kind in newsroom.kinds())
    return tuple(chain.from_iterable(shelf.cards for shelf in shelves))


def without_page(newsroom: Newsroom, now: datetime) -> Iterator[tuple[str, str]]:
    """The file of each piece that has no page at `now`, and where the page would be.

    Those are drafts, what is to come, and what has expired; who takes a piece back says so on it.
    """
    moment = now.timestamp()
    for card in all_cards(newsroom):
        if not card.has_page(moment):
            yield card.source, card.address


def _face(piece: Piece, address: str) -> bytes:
    day = piece.span().since
    said: list[object] = [address, piece.title, piece.lang, piece.summary, piece.image, day]
    match piece:
        case Post(category=category):
            said.append(category)
        case Event():
            said += [version_of(piece), piece.previously, piece.updated]
    return digest_of(*said)


def _rank(piece: Piece) -> float:
    """Where a piece stands among its kind; what has no time yet stands before what has one.

    Two aware times of one zone compare by the clock on the wall, so the instants are compared.
    """
    match piece:
        case Post(published=moment) | Publication(published=moment):
            return -moment.timestamp()
        case Issue(published=moment):
            return -moment.timestamp() if moment else -inf
        case Event(start=start):
            return start.timestamp()
        case Contact(order=order) | Page(order=order):
            return order
    return 0


def _turns(piece: Piece) -> Iterator[float]:
    """When the page of a piece changes without an edit."""
    if isinstance(piece, Event):
        yield from sorted(moment.timestamp() for moment in piece.turns())


def _is_altered(event: Event) -> bool:
    return bool(event.previously) or event.status is not EventStatus.PLANNED


def _names(piece: Piece) -> Iterator[tuple[Field, str, str]]:
    """The pieces that a piece names, each with the field it stands in."""
    for number, slug in enumerate(piece.contacts):
        yield ("contacts", number), intern(slug), Kind.CONTACT.value
    if isinstance(piece, Post | Event | Publication):
        for number, slug in enumerate(piece.members):
            yield ("members", number), intern(slug), Kind.MEMBER.value
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


KINDS: Mapping[type[Piece], Kind] = {
    Post: Kind.NEWS,
    Event: Kind.EVENT,
    Contact: Kind.CONTACT,
    Member: Kind.MEMBER,
    Publication: Kind.PUBLICATION,
    Issue: Kind.ISSUE,
    Page: Kind.PAGE,
}
