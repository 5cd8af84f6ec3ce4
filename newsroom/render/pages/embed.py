"""The newest posts as a piece of HTML that another site can take in."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.render.pages.leaf import Late, Leaf, digest_of
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Teaser

_NEWEST = 5


@dataclass(frozen=True, slots=True)
class EmbedView:
    """The newest posts."""

    teasers: tuple[Teaser, ...]


def embed_leaf(library: Library) -> Iterator[Leaf]:
    """The fragment; none when there are no posts."""
    cards = library.shelf.cards[:_NEWEST]
    if cards:
        view = Late(digest_of(*map(library.face, cards)), lambda: EmbedView(library.teasers(cards)))
        yield Leaf("embed/latest.html", "site/embed.html", view, listed=False)
