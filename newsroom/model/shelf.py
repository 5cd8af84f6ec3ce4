"""Posts in their order, each opened only when somebody looks into it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload

from newsroom.model.card import Card
from newsroom.model.piece import Post


class Shelf(Sequence[Post]):
    """The posts of a newsroom, newest first.

    It is a sequence of posts like any other. What is asked of all of them at once is answered from
    their cards; a post is opened when it is first looked at, and stays open.
    """

    __slots__ = ("_open", "_opened", "cards")

    def __init__(self, cards: tuple[Card, ...], open_post: Callable[[Card], Post]) -> None:
        self.cards = cards
        self._open = open_post
        self._opened: dict[str, Post] = {}

    def take(self, card: Card) -> Post:
        """The post of this card."""
        post = self._opened.get(card.source)
        if post is None:
            post = self._opened[card.source] = self._open(card)
        return post

    def only(self, wanted: Callable[[Card], bool]) -> "Shelf":
        """The posts whose card is wanted, in the same order."""
        return self.of(filter(wanted, self.cards))

    def of(self, cards: Iterable[Card]) -> "Shelf":
        """Some of these posts, in the order given; what is open stays open for both."""
        other = Shelf(tuple(cards), self._open)
        other._opened = self._opened
        return other

    def altered(self, card: Callable[[Card], Card], post: Callable[[Post], Post]) -> "Shelf":
        """The same posts, each with its card, as these make them."""
        originals = {known.source: known for known in self.cards}
        return Shelf(
            tuple(map(card, self.cards)),
            lambda changed: post(self.take(originals[changed.source])),
        )

    def __len__(self) -> int:
        return len(self.cards)

    @overload
    def __getitem__(self, index: int) -> Post: ...
    @overload
    def __getitem__(self, index: slice) -> "Shelf": ...
    def __getitem__(self, index: int | slice) -> "Post | Shelf":
        if isinstance(index, slice):
            return self.of(self.cards[index])
        return self.take(self.cards[index])

    def __iter__(self) -> Iterator[Post]:
        return map(self.take, self.cards)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shelf):
            return self.cards == other.cards
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # like other sequences that are compared by value

    def __repr__(self) -> str:
        return f"Shelf({len(self.cards)} posts)"
