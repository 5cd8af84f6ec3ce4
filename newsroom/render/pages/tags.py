"""The tags of a site, each with the words shown for it and the page it has."""

from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from newsroom.model import Addresses, Card, Piece, Site, slugify
from newsroom.render.pages.parts import Named


class Tags:
    """The tags of some cards."""

    def __init__(self, site: Site, cards: Iterable[Card]) -> None:
        self._site = site
        self._addresses = Addresses(site)
        self._known = frozenset(chain.from_iterable({card.tags for card in cards}))

    def named(self, tag: str) -> Named:
        """A tag with the words shown for it."""
        words = self._site.tag_words(tag)
        return Named(words, self._addresses.tag(tag), self._site.language)

    def of(self, piece: Piece) -> tuple[Named, ...]:
        """The piece's tags that have a page, with the words shown for them."""
        return tuple(self.named(tag) for tag in piece.tags if tag in self._known)

    def spelt_alike(self, tags: Iterable[str]) -> Iterable[str]:
        """Each tag once, as it is spelt on its page: `halsa` is `Hälsa` where somebody wrote so."""
        return dict.fromkeys(self._spellings[tag] for tag in tags)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """Of all spellings that share a page the one in site.yaml, else the one with accents."""
        declared = dict(self._site.tags)
        pages: dict[str, str] = {}
        for tag in sorted(self._known, key=lambda tag: (tag in declared, tag.casefold(), tag)):
            pages[slugify(tag)] = tag
        return {tag: pages[slugify(tag)] for tag in self._known}
