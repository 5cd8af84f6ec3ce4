"""What stands where a page once was: the way to where it moved, or that it was withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsroom.model import Contact, Issue, Piece, Post, Publication, Withdrawal
from newsroom.render.pages.leaf import Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Named


@dataclass(frozen=True, slots=True)
class MovedView:
    """Where the page is now."""

    to: Named


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """When and why a piece was taken back."""

    title: str
    lang: str
    withdrawal: Withdrawal


def moved_leaves(library: Library) -> Iterator[Leaf]:
    """A page at each earlier address, which sends the reader on."""
    for piece in library.public.pieces():
        if isinstance(piece, Contact):  # they share a page; a fragment cannot be sent on
            continue
        view = MovedView(library.named(piece))
        for alias in piece.aliases:
            address = library.addresses.piece(replace(piece, slug=alias))
            yield Leaf(address, "site/moved.html", view, listed=False)


def withdrawn_leaves(library: Library) -> Iterator[Leaf]:
    """A short page for each piece that was public and has been taken back."""
    for piece in library.everything.pieces():
        if piece.withdrawn is None or isinstance(piece, Contact) or not _was_public(library, piece):
            continue
        view = WithdrawnView(piece.title, piece.lang, piece.withdrawn)
        yield Leaf(library.addresses.piece(piece), "site/withdrawn.html", view, listed=False)


def _was_public(library: Library, piece: Piece) -> bool:
    if piece.draft:
        return False
    if not isinstance(piece, Post | Publication | Issue) or piece.published is None:
        return True
    return piece.published <= library.now
