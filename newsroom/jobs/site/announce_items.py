"""What there is to announce: news, events to come, and what was changed of events."""

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property

from newsroom.model import Card, Event, EventStatus, Newsroom
from newsroom.outside.channels.item import Item, ItemKind
from newsroom.render.calendars.event_news import Notice, notice_entry
from newsroom.render.feeds.feed_entries import Entry, plain
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import still_true
from newsroom.render.text.characters import one_line
from newsroom.render.text.markdown import render_markdown
from newsroom.render.text.plain import first_paragraph
from newsroom.render.text.rendered import Rendered
from newsroom.render.words import Words

FRESH = timedelta(days=7)  # a post that is older was imported, or the bot was away
Name = tuple[str, str]  # id and title
_TAKES_PLACE = (EventStatus.PLANNED, EventStatus.MOVED)


class Items:
    """What may be announced of a newsroom at a time, as far as its pages have been built.

    An event is news while it is to come, unless a post is about it; then the post is. What has
    been changed of an event is news while it holds, unless a post tells of it, and it is told in
    place of the event: who hears of that for the first time hears what became of it. `built` are
    the paths of the site's files.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        now: datetime,
        built: Container[str],
        rendered: Callable[[str], Rendered] = render_markdown,
    ) -> None:
        self._library = Library(newsroom, now, rendered)
        self._site, self._now, self._built = newsroom.site, now, built
        self._rendered = rendered

    def fresh(self) -> tuple[Item, ...]:
        """What is news now, the oldest first."""
        since = (self._now - FRESH).timestamp()
        found = [
            *(self._post(c) for c in self._posts() if c.since > since),
            *(self._change(n) for n in self._changes() if self._is_news(n, since)),
            *(self._event(c) for c in self._events()),
        ]
        return tuple(sorted(found, key=lambda item: (item.at.timestamp(), item.id)))

    def names(self) -> tuple[Name, ...]:
        """All that readers can see, however old it is."""
        events = (card for card in self._library.upcoming() if self._is_built(card.address))
        return (
            *((card.id, plain(card.title)) for card in (*self._posts(), *events)),
            *((notice.id, notice.title) for notice in self._changes()),
        )

    def told_by_posts(self) -> tuple[Name, ...]:
        """The events to come that a post is about, and their changes that a post tells of."""
        told = self._library.register.posts_by_event
        upcoming = self._library.upcoming()
        return (
            *((card.id, plain(card.title)) for card in upcoming if card.slug in told),
            *((n.id, n.title) for n in self._changes() if n.post and self._is_to_come(n)),
        )

    def of_file(self, card: Card) -> tuple[Item, ...]:
        """What there is to announce of one piece, however old it is."""
        return tuple(self.chosen(lambda source, _id: source == card.source))

    def of_ids(self, ids: Iterable[str]) -> dict[str, Item]:
        """Those of these ids that readers can still see, however old they are."""
        wanted = frozenset(ids)
        return {item.id: item for item in self.chosen(lambda _source, id_: id_ in wanted)}

    def chosen(self, wanted: Callable[[str, str], bool]) -> Iterator[Item]:
        """The items whose file and id are wanted."""
        yield from (self._post(c) for c in self._posts() if wanted(c.source, c.id))
        yield from (self._event(c) for c in self._events() if wanted(c.source, c.id))
        sources = {card.address: card.source for card in self._library.events.cards}
        for notice in self._changes():
            if wanted(sources.get(notice.address, ""), notice.id):
                yield self._change(notice)

    def _posts(self) -> Iterable[Card]:
        return (card for card in self._library.posts.cards if self._is_built(card.address))

    def _changes(self) -> Iterable[Notice]:
        return (n for n in still_true(self._library.changes) if self._is_built(n.address))

    def _is_news(self, change: Notice, since: float) -> bool:
        """Whether nobody else tells of it, and people may still go by what was announced."""
        is_new = change.published.timestamp() > since or self._is_to_come(change)
        return is_new and change.post is None

    def _is_to_come(self, change: Notice) -> bool:
        return change.address in self._coming

    @cached_property
    def _coming(self) -> frozenset[str]:
        return frozenset(card.address for card in self._library.upcoming())

    def _events(self) -> Iterable[Card]:
        told = self._library.register.posts_by_event
        changed = {notice.address for notice in self._library.changes}
        return (
            card
            for card in self._library.upcoming()
            if card.slug not in told
            and card.address not in changed
            and self._is_built(card.address)
            and self._takes_place(card)
        )

    def _is_built(self, address: str) -> bool:
        return f"{address}index.html" in self._built

    def _takes_place(self, card: Card) -> bool:
        return self._library.events.take(card).status in _TAKES_PLACE

    def _post(self, card: Card) -> Item:
        return self._of_entry(self._library.entry(card), ItemKind.NEWS)

    def _change(self, notice: Notice) -> Item:
        return self._of_entry(notice_entry(self._site, notice), ItemKind.CHANGE)

    def _of_entry(self, entry: Entry, kind: ItemKind) -> Item:
        title = one_line(entry.title)
        summary = one_line(entry.summary)
        return Item(
            id=entry.id,
            kind=kind,
            title=title,
            summary="" if summary == title else summary,
            url=entry.url,
            lang=entry.lang,
            more=Words(entry.lang).gettext("Read more"),
            tags=entry.tags,
            at=entry.published,
        )

    def _event(self, card: Card) -> Item:
        event = self._library.events.take(card)
        words = Words(event.lang)
        return Item(
            id=event.id,
            kind=ItemKind.EVENT,
            title=plain(event.title),
            summary=" ".join(self._facts(event, words)),
            url=f"{self._site.url}/{card.address}",
            lang=event.lang,
            more=words.gettext("Read more"),
            tags=tuple(one_line(self._site.tag_words(tag)) for tag in event.tags),
            at=event.start,
        )

    def _facts(self, event: Event, words: Words) -> Iterator[str]:
        """When and where, and what it is about."""
        when = words.span(event.start, event.end, all_day=event.all_day)
        if event.place:
            where: str | None = one_line(event.place.name)
        else:
            where = words.gettext("online") if event.online else None
        yield f"{when}, {where}." if where else f"{when}."
        about = event.summary or first_paragraph(self._rendered(event.body))
        if about:
            yield one_line(about)
