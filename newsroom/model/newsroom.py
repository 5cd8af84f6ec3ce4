"""Everything the content folder says, read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Protocol, TypeVar

from newsroom.model.event import Event
from newsroom.model.piece import Contact, Issue, Member, Page, Piece, Post, Publication
from newsroom.model.shelf import Shelf
from newsroom.model.site import Site

P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pieces point to, and the facts a page shows of it."""

    source: PurePosixPath  # relative to the newsroom's root
    size: int  # bytes that readers get when they save it
    digest: str  # SHA-256 of the bytes, hexadecimal
    media_type: str  # image/jpeg, application/pdf
    width: int | None = None  # pixels, for pictures
    height: int | None = None
    animated: bool = False  # a picture that moves
    opaque: bool = False  # a picture of a kind that nothing can be seen through


class KindChange(Protocol):
    """Gives other pieces in place of all those of one kind."""

    def __call__(self, pieces: Sequence[P], /) -> Sequence[P]:
        """The pieces in place of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The site and its pieces, drafts and future ones included.

    Posts, publications and issues stand newest first, events by start, contacts by order and name,
    members by name, pages by order; the slug settles ties, so every order is total. What was read
    from a folder stands on shelves, and is opened when somebody looks at it.
    """

    site: Site
    posts: Sequence[Post] = ()
    events: Sequence[Event] = ()
    contacts: Sequence[Contact] = ()
    members: Sequence[Member] = ()
    publications: Sequence[Publication] = ()
    issues: Sequence[Issue] = ()
    pages: Sequence[Page] = ()
    assets: tuple[Asset, ...] = ()

    def kinds(self) -> tuple[Sequence[Piece], ...]:
        """The pieces, kind by kind."""
        return (
            self.posts,
            self.events,
            self.contacts,
            self.members,
            self.publications,
            self.issues,
            self.pages,
        )

    def pieces(self) -> Iterator[Piece]:
        """Every piece of every kind."""
        for kind in self.kinds():
            yield from kind

    def each(self, change: KindChange) -> "Newsroom":
        """The same newsroom with the pieces of every kind as `change` makes them."""
        return replace(
            self,
            posts=change(self.posts),
            events=change(self.events),
            contacts=change(self.contacts),
            members=change(self.members),
            publications=change(self.publications),
            issues=change(self.issues),
            pages=change(self.pages),
        )

    def public(self, now: datetime) -> "Newsroom":
        """The same newsroom with only what readers may see at `now`."""
        moment = now.timestamp()

        def seen(pieces: Sequence[P]) -> Sequence[P]:
            if isinstance(pieces, Shelf):
                return pieces.only(lambda card: card.is_public(moment))
            return tuple(piece for piece in pieces if piece.is_public(now))

        return self.each(seen)
