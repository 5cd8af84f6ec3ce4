"""The piece that somebody names by its file."""

from datetime import datetime
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


def has_been_seen(card: Card, now: datetime) -> bool:
    """Whether readers have met the piece, or been told that it was withdrawn."""
    return not card.draft and card.since <= now.timestamp()
