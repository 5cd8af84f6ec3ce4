"""Everything the content folder says, read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from newsroom.model.event import Event
from newsroom.model.piece import Contact, Issue, Member, Page, Piece, Post, Publication
from newsroom.model.shelf import Shelf
from newsroom.model.site import Site


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The site and its pieces, drafts and future ones included.

    Posts, publications and issues stand newest first, events by start, contacts by order and name,
    members by name, pages by order; the slug settles ties, so every order is total.
    """

    site: Site
    posts: Sequence[Post] = ()  # a Shelf when read from a folder
    events: tuple[Event, ...] = ()
    contacts: tuple[Contact, ...] = ()
    members: tuple[Member, ...] = ()
    publications: tuple[Publication, ...] = ()
    issues: tuple[Issue, ...] = ()
    pages: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """Every piece of every kind."""
        for group in (
            self.posts,
            self.events,
            self.contacts,
            self.members,
            self.publications,
            self.issues,
            self.pages,
        ):
            yield from group

    def public(self, now: datetime) -> "Newsroom":
        """The same newsroom with only what readers may see at `now`."""
        return Newsroom(
            site=self.site,
            posts=_public_posts(self.posts, now),
            events=tuple(e for e in self.events if e.is_public(now)),
            contacts=tuple(c for c in self.contacts if c.is_public(now)),
            members=tuple(m for m in self.members if m.is_public(now)),
            publications=tuple(p for p in self.publications if p.is_public(now)),
            issues=tuple(i for i in self.issues if i.is_public(now)),
            pages=tuple(p for p in self.pages if p.is_public(now)),
            assets=self.assets,
        )


def _public_posts(posts: Sequence[Post], now: datetime) -> Sequence[Post]:
    if isinstance(posts, Shelf):
        moment = now.timestamp()
        return posts.only(lambda card: card.is_public(moment))
    return tuple(post for post in posts if post.is_public(now))
