"""Something that happens at a time, and what was announced of it before it was changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.model.piece import Piece

_SOON = timedelta(days=7)  # before registration closes
_NEXT = timedelta(microseconds=1)  # there is no time between a moment and this much later


@dataclass(frozen=True, slots=True)
class Place:
    """Where people meet."""

    name: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Online:
    """Where a meeting is on the web."""

    url: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """How to sign up for an event."""

    url: str | None = None
    deadline: datetime | None = None  # aware; a date alone means the end of that day
    cost: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks at an event."""

    name: str
    role: str | None = None


class EventStatus(StrEnum):
    """Where an event stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    MOVED = "moved"

    @property
    def kind(self) -> "EventStatus":
        """What calendars make of it: what was moved is planned for another time."""
        return EventStatus.PLANNED if self is EventStatus.MOVED else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was announced of an event before one change of it: no more than what was changed."""

    changed: datetime | None = None  # aware; when the change was made
    start: datetime | None = None
    end: datetime | None = None  # of whole days the midnight after the last, as in Event
    all_day: bool = False  # whether `start` and `end` mean whole days
    place: Place | None = None
    online: Online | None = None
    status: EventStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Piece):
    """Something that happens at a time. All-day events begin and end at midnight, end exclusive."""

    start: datetime  # aware, in the site's zone
    end: datetime | None = None
    all_day: bool = False
    place: Place | None = None
    online: Online | None = None
    registration: Registration | None = None
    audience: str | None = None
    status: EventStatus = EventStatus.PLANNED
    previously: tuple[Earlier, ...] = ()  # what was announced before each change, oldest first
    members: tuple[str, ...] = ()  # slugs of those it is about
    series: str | None = None
    program: str | None = None  # Markdown, untrusted
    recordings: tuple[str, ...] = ()  # addresses
    documentation: str | None = None  # Markdown, untrusted
    speakers: tuple[Speaker, ...] = ()

    # Instants are compared: two times of one zone would be by the clock on the wall.

    def is_over(self, now: datetime) -> bool:
        """Whether the event has ended at `now`; without an end it ends with its start."""
        return (self.end or self.start).timestamp() <= now.timestamp()

    def is_open(self, now: datetime) -> bool:
        """Whether one can register at `now`; the deadline itself is still in time."""
        if self.registration is None or self.is_over(now):
            return False
        deadline = self.registration.deadline
        return deadline is None or now.timestamp() <= deadline.timestamp()

    def closes_soon(self, now: datetime) -> bool:
        """Whether one can register at `now`, and no longer in a week."""
        deadline = self.registration.deadline if self.registration else None
        if deadline is None or not self.is_open(now):
            return False
        return (deadline - _SOON).timestamp() <= now.timestamp()

    def turns(self) -> tuple[datetime, ...]:
        """The moments at which its page changes without an edit, or a change of it becomes news."""
        deadline = self.registration.deadline if self.registration else None
        closing = (deadline - _SOON, deadline + _NEXT) if deadline else ()
        told = (earlier.changed for earlier in self.previously)
        changed = (moment for moment in (*told, self.updated) if moment)
        return (self.end or self.start, *closing, *changed)
