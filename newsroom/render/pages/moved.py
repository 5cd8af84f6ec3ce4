"""The page at an address that a piece no longer has: a redirect, or that it was withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.model import Contact, Kind, Withdrawal
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
    for card in library.cards:
        if card.aliases and card.kind != Kind.CONTACT:
            view = MovedView(Named(card.title, card.address, card.lang))
            yield from (Leaf(a, "site/moved.html", view, listed=False) for a in card.aliases)


def withdrawn_leaves(library: Library) -> Iterator[Leaf]:
    """A short page for each piece that was public and has been taken back."""
    for piece in library.withdrawn():
        if piece.withdrawn is not None and not isinstance(piece, Contact):
            view = WithdrawnView(piece.title, piece.lang, piece.withdrawn)
            address = library.addresses.piece(piece)
            yield Leaf(address, "site/withdrawn.html", view, listed=False)
