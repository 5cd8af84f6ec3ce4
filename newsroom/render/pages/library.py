"""All that readers may see at one time, and lists of it made from cards alone."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import PurePosixPath

from newsroom.model import Addresses, Asset, Card, Event, Newsroom, Piece
from newsroom.model.filing import all_cards, shelf_of, shelved
from newsroom.render.calendars.event_news import Notice, for_feeds, notices
from newsroom.render.feeds.feed_entries import Entry, entry
from newsroom.render.pages.cutter import Cutter
from newsroom.render.pages.digests import Digests
from newsroom.render.pages.register import Register
from newsroom.render.pages.tags import Tags
from newsroom.render.text.links import Links, leads
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.rendered import Rendered
from newsroom.render.words import Words

_AT_HAND = 200  # entries of feeds
_OFFERED = ("attachments", "file")  # fields whose files readers save as they are


class Library:
    """The public newsroom at `now`."""

    def __init__(
        self,
        newsroom: Newsroom,
        now: datetime,
        rendered: Callable[[str], Rendered] = render_markdown,
    ) -> None:
        """`rendered` gives the rendering of a text, from where it is kept."""
        self.rendered = rendered
        newsroom = shelved(newsroom, self._leads)
        self.everything = newsroom  # drafts too: only for where links lead and what was withdrawn
        self.public = newsroom.public(now)
        self.now = now
        self.site = newsroom.site
        self.words = Words(self.site.language)
        self.addresses = Addresses(self.site)
        self.posts = shelf_of(self.public.posts, self.site)
        self.events = shelf_of(self.public.events, self.site)
        self.cards = all_cards(self.public)  # the posts' first
        self.publications = shelf_of(self.public.publications, self.site)
        tagged = chain(self.posts.cards, self.events.cards, self.publications.cards)
        self.tags = Tags(self.site, tagged)
        self.register = Register(self.public, self.tags)
        self._links = Links(newsroom, now)
        self.cutter = Cutter(self.public, now, self._links, rendered)
        self.digests = Digests(self.register, self.cutter, self._links, now)
        self._entry = lru_cache(_AT_HAND)(self._made_entry)

    def _leads(self, piece: Piece) -> tuple[str, ...]:
        return leads(piece.source, map(self.rendered, _texts(piece)))

    def upcoming(self, events: Iterable[Card] | None = None) -> tuple[Card, ...]:
        """Those of some events, or of all, that have not ended; the nearest first."""
        moment = self.now.timestamp()
        among = self.events.cards if events is None else events
        return tuple(card for card in among if card.over > moment)

    @cached_property
    def changes(self) -> tuple[Notice, ...]:
        """What has been changed of events, newest first, whoever tells of it."""
        altered = self.events.only(lambda card: card.altered)
        return notices(self.site, altered, self.register.posts_by_event, self.now)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What pages tell of events that were changed, newest first.

        Nothing where there are no posts: such a site has no news section.
        """
        return self.notices_in_feeds if self.posts.cards else ()

    @cached_property
    def notices_in_feeds(self) -> tuple[Notice, ...]:
        """What feeds tell of events that were changed, newest first, with posts or without."""
        return for_feeds(self.changes)

    def entry(self, card: Card) -> Entry:
        """The post as feeds carry it, made once for those that are made together."""
        return self._entry(card)

    def _made_entry(self, card: Card) -> Entry:
        post = self.posts.take(card)
        people = [person.contact for person in self.cutter.people(post.contacts)]
        return entry(self.site, post, self._links, self.rendered, people)

    def withdrawn(self) -> Iterator[Piece]:
        """The pieces that were public and have been taken back."""
        moment = self.now.timestamp()
        for kind in self.everything.kinds():
            yield from shelf_of(kind, self.site).only(lambda card: card.is_taken_back(moment))

    def assets_shown(self) -> tuple[Asset, ...]:
        """Each file that a public piece shows or links to, in the order of their names."""
        logo = self.site.brand.logo
        found = {f"posts/{logo}"} if logo else set()
        for card in self.cards:
            found.update(file for field, file in card.files if field[0] not in _OFFERED)
            found.update(card.leads)
        return self._those_there(found)

    def assets_offered(self) -> tuple[Asset, ...]:
        """Each file that a public piece offers to be saved, in the order of their names."""
        files = (file for card in self.cards for file in card.files)
        return self._those_there({file for field, file in files if field[0] in _OFFERED})

    def _those_there(self, names: Iterable[str]) -> tuple[Asset, ...]:
        found = (self._links.asset(PurePosixPath(name)) for name in sorted(names))
        return tuple(asset for asset in found if asset is not None)


def _texts(piece: Piece) -> Iterator[str]:
    """The Markdown texts of a piece."""
    yield piece.body
    if isinstance(piece, Event):
        yield from (text for text in (piece.program, piece.documentation) if text)
