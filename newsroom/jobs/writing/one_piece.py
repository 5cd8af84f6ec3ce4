"""The piece that somebody names by its file."""

from pathlib import PurePosixPath

from newsroom.errors import ContentError
from newsroom.model import Card, Newsroom
from newsroom.model.filing import all_cards
from newsroom.model.saying import say


def card_at(source: PurePosixPath, newsroom: Newsroom) -> Card:
    """The card of the piece in a file, or in a folder of its own.

    Raises ContentError when there is none that can be read.
    """
    named = {str(source), str(source / "index.md")}
    card = next((card for card in all_cards(newsroom) if card.source in named), None)
    if card is None:
        raise ContentError(
            say("{file}: no piece can be read there; ask newsroom explain {file}", file=source)
        )
    return card
