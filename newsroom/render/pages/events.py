"""The calendar: what is coming, what has been, and a page for each event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from newsroom.model import Card, Event
from newsroom.model.digest import digest_of
from newsroom.render.pages.leaf import Late, Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.news_items import faces
from newsroom.render.pages.parts import File, Named, Occasion, Person, Picture, Prose, Teaser

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The events to come by month, and those that have been by year, newest first."""

    months: tuple[tuple[Month, tuple[Occasion, ...]], ...]
    past: tuple[tuple[int, tuple[Occasion, ...]], ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """One event with everything its page shows."""

    event: Event
    occasion: Occasion
    prose: Prose
    program: Prose | None
    documentation: Prose | None
    registration_open: bool
    closes_soon: bool  # within the week
    picture: Picture | None
    files: tuple[File, ...]
    contacts: tuple[Person, ...]
    members: tuple[Named, ...]  # those it is about
    tags: tuple[Named, ...]
    news: tuple[Teaser, ...]  # posts about it
    series: tuple[Occasion, ...]  # the others of its series
    calendar: str  # address of its calendar file


def event_leaves(library: Library) -> Iterator[Leaf]:
    """The front of the calendar and each event; none when there are no events."""
    cards = library.events.cards
    if not cards:
        return
    front = Late(faces(library, cards), lambda: _calendar(library))
    yield Leaf(library.addresses.section("events"), "site/calendar.html", front)
    for card in cards:
        news = library.register.posts_by_event.get(card.slug, ())
        series = library.register.companions(card)
        seen = (library.digests.whole(card), faces(library, news), faces(library, series))
        view = Late(digest_of(*seen), partial(_view, library, card, news, series))
        yield Leaf(card.address, "site/event.html", view, card.modified)


def _calendar(library: Library) -> CalendarView:
    everything = library.cutter.occasions(library.events.cards)
    coming = [o for o in everything if not o.over]
    past = [replace(o, summary=None) for o in reversed(everything) if o.over]
    return CalendarView(
        months=tuple(
            (month, tuple(group))
            for month, group in groupby(coming, lambda o: (o.start.year, o.start.month))
        ),
        past=tuple((year, tuple(group)) for year, group in groupby(past, lambda o: o.start.year)),
    )


def _view(library: Library, card: Card, news: Sequence[Card], series: Sequence[Card]) -> EventView:
    event, cutter = library.events.take(card), library.cutter
    program, documentation = event.program, event.documentation
    return EventView(
        event=event,
        occasion=cutter.occasion(card),
        prose=cutter.prose(event.body, event.source),
        program=cutter.prose(program, event.source) if program else None,
        documentation=cutter.prose(documentation, event.source) if documentation else None,
        registration_open=event.is_open(library.now),
        closes_soon=event.closes_soon(library.now),
        picture=cutter.picture(event.image),
        files=cutter.files(event.attachments),
        contacts=cutter.people(event.contacts),
        members=cutter.members(event.members),
        tags=library.tags.of(event),
        news=cutter.teasers(news),
        series=cutter.occasions(series),
        calendar=library.addresses.event_calendar(card),
    )
