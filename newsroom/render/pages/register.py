"""Indexes over the public cards: by what they name, and by their own name."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial

from newsroom.model import Card, Newsroom
from newsroom.model.filing import shelf_of
from newsroom.render.pages.tags import Tags

Cards = tuple[Card, ...]


class Register:
    """Posts, events and publications of a public newsroom, looked up; each in their order."""

    def __init__(self, public: Newsroom, tags: Tags) -> None:
        self._posts = shelf_of(public.posts, public.site).cards
        self._events = shelf_of(public.events, public.site).cards
        self._publications = shelf_of(public.publications, public.site).cards
        self._tags = tags
        members = shelf_of(public.members, public.site).cards
        self._members = frozenset(card.slug for card in members)

    @cached_property
    def post(self) -> dict[str, Card]:
        """Each post by the name that issues call it by."""
        return {card.slug: card for card in reversed(self._posts)}

    @cached_property
    def event(self) -> dict[str, Card]:
        """Each event by its name."""
        return {card.slug: card for card in self._events}

    @cached_property
    def posts_by_tag(self) -> dict[str, Cards]:
        """The posts of each tag."""
        return _grouped(self._posts, self._tags_of)

    @cached_property
    def events_by_tag(self) -> dict[str, Cards]:
        """The events of each tag."""
        return _grouped(self._events, self._tags_of)

    @cached_property
    def publications_by_tag(self) -> dict[str, Cards]:
        """The publications of each tag."""
        return _grouped(self._publications, self._tags_of)

    @cached_property
    def posts_by_member(self) -> dict[str, Cards]:
        """The posts that name each public member, by its slug."""
        return _grouped(self._posts, self._members_of)

    @cached_property
    def events_by_member(self) -> dict[str, Cards]:
        """The events that name each public member, by its slug."""
        return _grouped(self._events, self._members_of)

    @cached_property
    def publications_by_member(self) -> dict[str, Cards]:
        """The publications that name each public member, by its slug."""
        return _grouped(self._publications, self._members_of)

    @cached_property
    def posts_by_event(self) -> dict[str, Cards]:
        """The posts about each event, by its slug."""
        return _grouped(self._posts, partial(_named, "event"))

    def companions(self, event: Card) -> Cards:
        """The others of an event's series."""
        series = self._events_by_series.get(event.series, ()) if event.series else ()
        return tuple(card for card in series if card.slug != event.slug)

    @cached_property
    def _events_by_series(self) -> dict[str, Cards]:
        return _grouped(self._events, lambda card: [card.series] if card.series else [])

    def _tags_of(self, card: Card) -> Iterable[str]:
        return self._tags.spelt_alike(card.tags) if card.tags else ()

    def _members_of(self, card: Card) -> Iterable[str]:
        named = dict.fromkeys(_named("members", card))
        return (slug for slug in named if slug in self._members)


def _named(field: str, card: Card) -> Iterable[str]:
    """The pieces that a card names in a field."""
    return [slug for way, slug, _ in card.names if way[0] == field]


def _grouped(cards: Cards, names: Callable[[Card], Iterable[str]]) -> dict[str, Cards]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        for name in names(card):
            found.setdefault(name, []).append(card)
    return {name: tuple(group) for name, group in found.items()}
