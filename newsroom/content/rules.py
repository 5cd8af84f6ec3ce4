"""Rules across files: nothing twice, nothing that names what is not there."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from typing import TypeVar

from newsroom.content.breach import SITE, Breach, Slugs
from newsroom.content.notes import quoted, suggestion
from newsroom.content.site_rules import site_breaches
from newsroom.model import (
    SECTIONS,
    Addresses,
    Contact,
    Event,
    Image,
    Issue,
    Kind,
    Member,
    Newsroom,
    Piece,
    Post,
    Publication,
    Severity,
    slugify,
)

_TAKEN = ("archive", "embed", "u")  # folders that the site itself has

Item = TypeVar("Item")


def breaches(
    newsroom: Newsroom, files: AbstractSet[PurePosixPath], broken: Slugs
) -> Iterator[Breach]:
    """Every breach. `files` are those of the folder, `broken` the slugs of unreadable pieces.

    A piece that names a contact or an event that is gone is published without it: taking a person
    out of the folder must not take down everything the person is named in. Two pieces with the
    same id or address are both kept out, since nobody can say which was meant.
    """
    yield from _same_id(newsroom)
    yield from _same_slug(newsroom)
    yield from _addresses(newsroom)
    yield from _aliases(newsroom)
    yield from _references(newsroom, _slugs(newsroom, broken))
    yield from _files(newsroom, files)
    yield from _categories(newsroom)
    yield from _tags(newsroom)
    yield from site_breaches(newsroom, files, _slugs(newsroom, broken))


def _same_id(newsroom: Newsroom) -> Iterator[Breach]:
    for piece, other in _pairs(newsroom.pieces(), lambda piece: piece.id):
        message = f"the id {piece.id} is that of {other.source} too"
        fix = "take the id line out of the newer file and run: newsroom check --fix"
        yield Breach(piece.source, ("id",), "duplicate-id", message, fix)


def _same_slug(newsroom: Newsroom) -> Iterator[Breach]:
    """Posts of different years have different addresses, yet an issue names them by slug alone."""
    address = Addresses(newsroom.site).piece
    for piece, other in _pairs(newsroom.pieces(), lambda piece: (type(piece), piece.slug)):
        message = f'the slug "{piece.slug}" is that of {other.source} too'
        fix = f"write slug: {piece.slug}-2 in one of them"
        same = address(piece) == address(other)
        yield Breach(piece.source, ("slug",), "duplicate-slug", message, fix, keeps_out=same)


def _addresses(newsroom: Newsroom) -> Iterator[Breach]:
    """Addresses that the site needs for itself."""
    words = Addresses(newsroom.site)
    taken = {words.word(section) for section in SECTIONS}.union(_TAKEN)
    for page in newsroom.pages:
        if page.slug in taken:
            message = f'the address "{page.slug}/" is the site\'s own'
            fix = (
                f"write slug: {page.slug}-sida"
                if _swedish(newsroom)
                else f"write slug: {page.slug}-page"
            )
            yield Breach(page.source, ("slug",), "taken-address", message, fix)
    for post in newsroom.posts:
        if post.slug.isdigit():
            message = f'the slug "{post.slug}" looks like a month or a page of the archive'
            fix = f"write slug: nr-{post.slug}"
            yield Breach(post.source, ("slug",), "taken-address", message, fix)


def _aliases(newsroom: Newsroom) -> Iterator[Breach]:
    addresses = Addresses(newsroom.site)
    homes = {addresses.piece(piece): piece for piece in newsroom.pieces()}
    aliases = [
        (piece, number, _alias_address(addresses, piece, alias))
        for piece in newsroom.pieces()
        for number, alias in enumerate(piece.aliases)
    ]
    for piece, number, address in aliases:
        if address in homes:
            message = f"the alias {address} is the address of {homes[address].source}"
            yield Breach(
                piece.source, ("aliases", number), "taken-address", message, "take it away"
            )
    others = [alias for alias in aliases if alias[2] not in homes]
    for (piece, number, address), (other, _, _) in _pairs(others, lambda alias: alias[2]):
        message = f"the alias {address} is in {other.source} too"
        yield Breach(
            piece.source, ("aliases", number), "duplicate-slug", message, "keep one of them"
        )


def _alias_address(addresses: Addresses, piece: Piece, alias: str) -> str:
    """The address that a piece once had."""
    if isinstance(piece, Post):
        return addresses.post_at(alias, piece.published)
    home = addresses.piece(piece)
    return home.removesuffix(f"{piece.slug}/").removesuffix(f"#{piece.slug}") + f"{alias}/"


def _references(newsroom: Newsroom, slugs: Slugs) -> Iterator[Breach]:
    for piece in newsroom.pieces():
        for field, slug, kind in _named(piece):
            if slug not in slugs[kind]:
                folder = f"posts/{kind.value}/"
                message = f"there is no {quoted(slug)} in {folder}"
                fix = suggestion(slug, slugs[kind], f"write the name of a file in {folder}")
                keeps_out = isinstance(piece, Issue)
                yield Breach(piece.source, field, "unknown-reference", message, fix, keeps_out)


def _named(piece: Piece) -> Iterator[tuple[tuple[str | int, ...], str, Kind]]:
    """The pieces that a piece names, each with the field it stands in."""
    for number, slug in enumerate(piece.contacts):
        yield ("contacts", number), slug, Kind.CONTACT
    if isinstance(piece, Post | Event):
        for number, slug in enumerate(piece.members):
            yield ("members", number), slug, Kind.MEMBER
    match piece:
        case Post(event=str(slug)):
            yield ("event",), slug, Kind.EVENT
        case Issue(stories=stories, events=events, lead=lead):
            yield from ((("stories", n), slug, Kind.NEWS) for n, slug in enumerate(stories))
            yield from ((("events", n), slug, Kind.EVENT) for n, slug in enumerate(events))
            if lead:
                yield ("lead",), lead, Kind.NEWS


def _files(newsroom: Newsroom, files: AbstractSet[PurePosixPath]) -> Iterator[Breach]:
    for piece in newsroom.pieces():
        for field, file in named_files(piece):
            if file not in files:
                message = f"there is no file {file}"
                fix = suggestion(
                    file.name, _beside(piece, files), "put it there, or take the line away"
                )
                yield Breach(piece.source, field, "missing-file", message, fix)


def _beside(piece: Piece, files: AbstractSet[PurePosixPath]) -> Iterator[str]:
    """The names of the files next to a piece that are no pieces themselves."""
    folder = piece.source.parent
    return (file.name for file in files if file.parent == folder and file.suffix != ".md")


def named_files(piece: Piece) -> Iterator[tuple[tuple[str | int, ...], PurePosixPath]]:
    """The files that the fields of a piece name."""
    images: list[tuple[str, Image | None]] = [("image", piece.image)]
    match piece:
        case Contact(photo=photo):
            images.append(("photo", photo))
        case Member(logo=logo):
            images.append(("logo", logo))
        case Publication(file=file):
            yield ("file",), file
    yield from (((name, "file"), image.file) for name, image in images if image)
    for number, attachment in enumerate(piece.attachments):
        yield ("attachments", number, "file"), attachment.file


def _categories(newsroom: Newsroom) -> Iterator[Breach]:
    declared = dict(newsroom.site.categories)
    for post in newsroom.posts:
        if post.category is not None and post.category not in declared:
            message = f"the category {quoted(post.category)} is not in {SITE}"
            fix = suggestion(post.category, declared, f"write it there first: {post.category}: …")
            yield Breach(post.source, ("category",), "unknown-category", message, fix)


def _tags(newsroom: Newsroom) -> Iterator[Breach]:
    """Tags that share a page though they are spelt differently."""
    spelt: dict[str, str] = {}
    for piece in newsroom.pieces():
        for number, tag in enumerate(piece.tags):
            first = spelt.setdefault(slugify(tag), tag)
            if tag != first:
                message = f"the tag {quoted(tag)} is spelt {quoted(first)} elsewhere"
                yield Breach(
                    *(piece.source, ("tags", number), "tag-spelling", message, f"write {first}"),
                    keeps_out=False,
                    severity=Severity.WARNING,
                )


def _slugs(newsroom: Newsroom, broken: Slugs) -> Slugs:
    """The slugs that a piece may name; those of broken files count, since they are there."""
    groups: Mapping[Kind, Iterable[Piece]] = {
        Kind.NEWS: newsroom.posts,
        Kind.EVENT: newsroom.events,
        Kind.CONTACT: newsroom.contacts,
        Kind.MEMBER: newsroom.members,
        Kind.PAGE: newsroom.pages,
    }
    return {
        kind: frozenset(piece.slug for piece in pieces) | broken.get(kind, frozenset())
        for kind, pieces in groups.items()
    }


def _pairs(items: Iterable[Item], key: Callable[[Item], Hashable]) -> Iterator[tuple[Item, Item]]:
    """Each item that shares its key with others, beside one of those."""
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    for group in groups.values():
        for item in group[1:]:
            yield item, group[0]
        if len(group) > 1:
            yield group[0], group[1]


def _swedish(newsroom: Newsroom) -> bool:
    return newsroom.site.language.startswith("sv")
