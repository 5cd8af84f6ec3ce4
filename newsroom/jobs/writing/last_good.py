"""The last version of a file without faults, for a preview while somebody is typing."""

from dataclasses import replace

from newsroom.content.folder import Reading
from newsroom.content.folder.arrange import arrange
from newsroom.model import Card, Newsroom, Piece, Severity, Shelf
from newsroom.model.filing import all_cards, shelved


def with_last_good(reading: Reading, before: Reading) -> Reading:
    """The reading with each piece whose file has an error as it was in the reading `before`.

    A piece stays out when another has its address by now. Problems are told as they are; without
    a newsroom, or with another site, nothing is taken from before.
    """
    now, then = reading.newsroom, before.newsroom
    if now is None or then is None or now.site != then.site:
        return reading
    faulty = {str(p.source) for p in reading.problems if p.severity is Severity.ERROR}
    here = all_cards(now) if faulty else ()
    taken = {card.source for card in here} | {card.address for card in here}
    kept = [
        card
        for card in all_cards(then)
        if card.source in faulty and taken.isdisjoint((card.source, card.address))
    ]
    return replace(reading, newsroom=_joined(now, then, kept)) if kept else reading


def _joined(now: Newsroom, then: Newsroom, kept: list[Card]) -> Newsroom:
    """One newsroom with some of the pieces of an earlier one, in the order of all."""
    homes = _shelves(then)
    homes = {card.source: homes[card.source] for card in kept} | _shelves(now)
    cards = [*all_cards(now), *kept]
    joined = arrange(now.site, cards, lambda card: homes[card.source].take(card))
    there = {asset.source for asset in now.assets}
    shown = (asset for asset in then.assets if asset.source not in there)
    return replace(joined, assets=(*now.assets, *shown))


def _shelves(newsroom: Newsroom) -> dict[str, Shelf[Piece]]:
    """The shelf that each file's piece stands on."""
    return {
        card.source: kind
        for kind in shelved(newsroom).kinds()
        if isinstance(kind, Shelf)
        for card in kind.cards
    }
