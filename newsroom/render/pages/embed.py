"""The newest posts as a piece of HTML that another site can take in."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsroom.render.pages.leaf import Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import Teaser

_NEWEST = 5


@dataclass(frozen=True, slots=True)
class EmbedView:
    """The newest posts."""

    teasers: tuple[Teaser, ...]


def embed_leaf(library: Library) -> Iterator[Leaf]:
    """The fragment; none when there are no posts."""
    if library.public.posts:
        view = EmbedView(library.teasers(library.public.posts[:_NEWEST]))
        yield Leaf("embed/latest.html", "site/embed.html", view, listed=False)
