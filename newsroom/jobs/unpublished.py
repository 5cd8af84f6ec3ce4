"""What readers do not see yet, as a preview shows it: each piece says in its title why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import TypeVar

from newsroom.model import Card, Newsroom, Piece, Post, Shelf, Site
from newsroom.render.pages.leaf import digest_of
from newsroom.render.words import Words

_Kind = TypeVar("_Kind", bound=Piece)


def with_reasons(newsroom: Newsroom, now: datetime, *, coming: bool) -> Newsroom:
    """The newsroom with "Draft", or the day that it comes out, before a title that readers miss.

    With `coming`, the posts whose day has not come are among those that readers see.
    """
    marker = _Marker(newsroom.site, now, coming)
    posts = newsroom.posts
    return replace(
        newsroom,
        posts=posts.altered(marker.card, marker.post)
        if isinstance(posts, Shelf)
        else tuple(map(marker.post, posts)),
        events=marker.drafts(newsroom.events),
        contacts=marker.drafts(newsroom.contacts),
        members=marker.drafts(newsroom.members),
        publications=marker.drafts(newsroom.publications),
        issues=marker.drafts(newsroom.issues),
        pages=marker.drafts(newsroom.pages),
    )


@dataclass(frozen=True, slots=True)
class _Marker:
    """Writes the reason before titles."""

    site: Site
    now: datetime
    coming: bool

    def card(self, card: Card) -> Card:
        """The card, marked when it has to be."""
        later = self.coming and card.since > self.now.timestamp()
        if not later and not card.draft:
            return card
        reason = self._reason(datetime.fromtimestamp(card.since, self.site.timezone), card.draft)
        return card._replace(
            title=f"{reason}: {card.title}",
            face=digest_of(card.face, reason),
            digest=digest_of(card.digest, reason),
            since=-inf if later else card.since,
        )

    def post(self, post: Post) -> Post:
        """The post, marked like its card."""
        if not post.draft and not (self.coming and post.published > self.now):
            return post
        return replace(post, title=f"{self._reason(post.published, post.draft)}: {post.title}")

    def drafts(self, pieces: Iterable[_Kind]) -> tuple[_Kind, ...]:
        """The pieces, those that are drafts marked."""
        word = Words(self.site.language).gettext("Draft")
        return tuple(
            replace(piece, title=f"{word}: {piece.title}") if piece.draft else piece
            for piece in pieces
        )

    def _reason(self, day: datetime, draft: bool) -> str:  # noqa: FBT001 (one of two reasons)
        words = Words(self.site.language)
        if draft:
            return words.gettext("Draft")
        return words.gettext("Out on %(date)s") % {"date": words.date(day)}
