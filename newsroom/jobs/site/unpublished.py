"""Labels of preview pages that readers cannot see yet: drafts, and what is to come."""

from collections.abc import Sequence
from datetime import datetime
from math import inf
from typing import TypeVar

from newsroom.model import Card, Kind, Newsroom, Piece, Shelf
from newsroom.model.filing import all_cards, shelf_of
from newsroom.render.words import Words

_Kind = TypeVar("_Kind", bound=Piece)


def with_coming(newsroom: Newsroom, now: datetime) -> Newsroom:
    """The newsroom with the posts whose day has not come among those that readers see."""

    def out(card: Card) -> Card:
        return card._replace(since=-inf) if _is_coming(card, now) else card

    def shown(pieces: Sequence[_Kind]) -> Shelf[_Kind]:
        return shelf_of(pieces, newsroom.site).altered(out, lambda piece: piece)

    return newsroom.each(shown)


def labels(newsroom: Newsroom, now: datetime, *, coming: bool) -> dict[str, str]:
    """Why readers miss a page, by its address below the site's root: "Draft", or when it is out.

    With `coming`, the posts whose day has not come are among those that a preview shows.
    """
    words, zone = Words(newsroom.site.language), newsroom.site.timezone
    found = {}
    for card in all_cards(newsroom):
        if card.draft:
            found[card.address] = words.gettext("Draft")
        elif coming and _is_coming(card, now):
            day = words.date(datetime.fromtimestamp(card.since, zone))
            found[card.address] = words.gettext("Out on %(date)s") % {"date": day}
    return found


def _is_coming(card: Card, now: datetime) -> bool:
    return card.kind == Kind.NEWS and card.since > now.timestamp()
