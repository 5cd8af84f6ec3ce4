"""The calendar: what is coming, what has been, and a page for each event."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby

from newsroom.model import Event
from newsroom.render.pages.leaf import Leaf
from newsroom.render.pages.library import Library
from newsroom.render.pages.parts import File, Named, Occasion, Person, Picture, Prose, Teaser

Month = tuple[int, int]
SOON = timedelta(days=7)  # before registration closes


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
    tags: tuple[Named, ...]
    news: tuple[Teaser, ...]  # posts about it
    series: tuple[Occasion, ...]  # the others of its series
    calendar: str  # address of its calendar file


def event_leaves(library: Library) -> Iterator[Leaf]:
    """The front of the calendar and each event; none when there are no events."""
    if not library.public.events:
        return
    yield Leaf(library.addresses.section("events"), "site/calendar.html", _calendar(library))
    for event in library.public.events:
        address = library.addresses.piece(event)
        yield Leaf(address, "site/event.html", _view(library, event), event.updated)


def _calendar(library: Library) -> CalendarView:
    everything = library.occasions(library.public.events)
    coming = [o for o in everything if not o.over]
    past = [replace(o, summary=None) for o in reversed(everything) if o.over]
    return CalendarView(
        months=tuple(
            (month, tuple(group))
            for month, group in groupby(coming, lambda o: (o.start.year, o.start.month))
        ),
        past=tuple((year, tuple(group)) for year, group in groupby(past, lambda o: o.start.year)),
    )


def _view(library: Library, event: Event) -> EventView:
    occasion = library.occasion(event)
    return EventView(
        event=event,
        occasion=occasion,
        prose=library.prose(event.body, event.source),
        program=library.prose(event.program, event.source) if event.program else None,
        documentation=(
            library.prose(event.documentation, event.source) if event.documentation else None
        ),
        registration_open=_registration_open(library, event),
        closes_soon=_closes_soon(library, event),
        picture=library.picture(event.image),
        files=library.files(event.attachments),
        contacts=library.people(event.contacts),
        tags=library.tags(event),
        news=library.teasers(library.posts_by_event.get(event.slug, ())),
        series=library.occasions(
            other
            for other in library.events_by_series.get(event.series, ())
            if other.slug != event.slug
        ),
        calendar=library.addresses.event_calendar(event),
    )


def _registration_open(library: Library, event: Event) -> bool:
    registration = event.registration
    if registration is None or event.is_over(library.now):
        return False
    return registration.deadline is None or library.now <= registration.deadline


def _closes_soon(library: Library, event: Event) -> bool:
    """Whether registration is open, and ends within the week."""
    deadline = event.registration.deadline if event.registration else None
    return (
        deadline is not None
        and _registration_open(library, event)
        and deadline - library.now <= SOON
    )
