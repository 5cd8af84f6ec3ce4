"""What is told of each member: the posts and the events that name it."""

from newsroom.model import Card, Event
from newsroom.render.pages.library import Library


def posts_by_member(library: Library) -> dict[str, tuple[Card, ...]]:
    """The posts that name each public member, by its slug, newest first."""
    known = {member.slug for member in library.public.members}
    found: dict[str, list[Card]] = {}
    for card in library.shelf.cards:
        named = (slug for field, slug, _ in card.names if field[0] == "members")
        for slug in dict.fromkeys(named):
            if slug in known:
                found.setdefault(slug, []).append(card)
    return {slug: tuple(cards) for slug, cards in found.items()}


def events_by_member(library: Library) -> dict[str, tuple[Event, ...]]:
    """The events that name each public member, by its slug, in the order of their start."""
    known = {member.slug for member in library.public.members}
    found: dict[str, list[Event]] = {}
    for event in library.public.events:
        for slug in dict.fromkeys(event.members):
            if slug in known:
                found.setdefault(slug, []).append(event)
    return {slug: tuple(events) for slug, events in found.items()}
