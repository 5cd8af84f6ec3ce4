"""The cards of everything in a newsroom, with the links that stand in its texts."""

from collections.abc import Iterator

from newsroom.content.front.front_matter import NOTHING
from newsroom.content.links.text_links import links_of
from newsroom.content.lint.lint import passages
from newsroom.model import Card, Newsroom, Shelf
from newsroom.model.filing import card_of


def cards_of(newsroom: Newsroom) -> Iterator[Card]:
    """The card of every piece: those of a folder have theirs already, others are taken apart."""
    for kind in newsroom.kinds():
        if isinstance(kind, Shelf):
            yield from kind.cards
            continue
        for piece in kind:
            links = links_of(piece, passages(piece, NOTHING), newsroom.site.url)
            yield card_of(piece, newsroom.site, links=links)
