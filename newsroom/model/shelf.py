"""Pieces of one kind in their order, each opened only when somebody looks into it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar, overload

from newsroom.model.card import Card
from newsroom.model.piece import Piece

P = TypeVar("P", bound=Piece)

_OPEN = 500  # pieces; of more, those that nobody looked at for longest are closed again


class Shelf(Sequence[P], Generic[P]):
    """The pieces of one kind in a newsroom.

    It is a sequence of pieces like any other. What is asked of all of them at once is answered from
    their cards; a piece is opened when somebody looks at it, and stays open for a while.
    """

    __slots__ = ("_open", "cards")

    def __init__(self, cards: Iterable[Card], open_piece: Callable[[Card], P]) -> None:
        """`open_piece` gives the piece of a card."""
        self.cards = tuple(cards)
        self._open: Callable[[Card], P] = lru_cache(_OPEN)(open_piece)

    def take(self, card: Card) -> P:
        """The piece of this card."""
        return self._open(card)

    def only(self, wanted: Callable[[Card], bool]) -> "Shelf[P]":
        """The pieces whose card is wanted, in the same order."""
        return self.of(filter(wanted, self.cards))

    def of(self, cards: Iterable[Card]) -> "Shelf[P]":
        """Some of these pieces, in the order given; what is open stays open for both."""
        other = Shelf(cards, self._open)
        other._open = self._open
        return other

    def altered(self, card: Callable[[Card], Card], piece: Callable[[P], P]) -> "Shelf[P]":
        """The same pieces, each with its card, as these make them."""
        originals = {known.source: known for known in self.cards}
        return Shelf(
            map(card, self.cards),
            lambda changed: piece(self.take(originals[changed.source])),
        )

    def __len__(self) -> int:
        return len(self.cards)

    @overload
    def __getitem__(self, index: int) -> P: ...
    @overload
    def __getitem__(self, index: slice) -> "Shelf[P]": ...
    def __getitem__(self, index: int | slice) -> "P | Shelf[P]":
        if isinstance(index, slice):
            return self.of(self.cards[index])
        return self.take(self.cards[index])

    def __iter__(self) -> Iterator[P]:
        return map(self.take, self.cards)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shelf):
            return self.cards == other.cards
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # like other sequences that are compared by value

    def __repr__(self) -> str:
        return f"Shelf({len(self.cards)} pieces)"
