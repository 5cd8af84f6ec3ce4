"""What readers do not see yet, as a preview shows it: each piece says in its title why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import TypeVar

from newsroom.model import Card, Kind, Newsroom, Piece, Post, Shelf, Site
from newsroom.render.pages.leaf import digest_of
from newsroom.render.words import Words

_Kind = TypeVar("_Kind", bound=Piece)


def with_reasons(newsroom: Newsroom, now: datetime, *, coming: bool) -> Newsroom:
    """The newsroom with "Draft", or the day that it comes out, before a title that readers miss.

    With `coming`, the posts whose day has not come are among those that readers see.
    """
    marker = _Marker(newsroom.site, now, coming)

    def marked(pieces: Sequence[_Kind]) -> Sequence[_Kind]:
        if isinstance(pieces, Shelf):
            return pieces.altered(marker.card, marker.piece)
        return tuple(map(marker.piece, pieces))

    return newsroom.each(marked)


@dataclass(frozen=True, slots=True)
class _Marker:
    """Writes the reason before titles."""

    site: Site
    now: datetime
    coming: bool

    def card(self, card: Card) -> Card:
        """The card, marked when it has to be."""
        later = self.coming and card.kind == Kind.NEWS and card.since > self.now.timestamp()
        if not later and not card.draft:
            return card
        reason = self._draft if card.draft else self._out(card.since)
        return card._replace(
            title=f"{reason}: {card.title}",
            face=digest_of(card.face, reason),
            digest=digest_of(card.digest, reason),
            since=-inf if later else card.since,
        )

    def piece(self, piece: _Kind) -> _Kind:
        """The piece, marked like its card."""
        if piece.draft:
            return replace(piece, title=f"{self._draft}: {piece.title}")
        if self.coming and isinstance(piece, Post) and piece.published > self.now:
            reason = self._out(piece.published.timestamp())
            return replace(piece, title=f"{reason}: {piece.title}")
        return piece

    @property
    def _draft(self) -> str:
        return Words(self.site.language).gettext("Draft")

    def _out(self, since: float) -> str:
        words = Words(self.site.language)
        day = datetime.fromtimestamp(since, self.site.timezone)
        return words.gettext("Out on %(date)s") % {"date": words.date(day)}
