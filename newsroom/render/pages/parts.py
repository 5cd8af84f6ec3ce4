"""The parts that pages share: each holds what is shown of a thing, and nothing more."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from newsroom.model import Contact, EventStatus
from newsroom.render.markdown import Rendered, Target


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where it is, how large, and what it shows."""

    address: str
    alt: str
    width: int | None
    height: int | None
    media_type: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    title: str
    address: str
    size: int  # bytes
    media_type: str

    @property
    def type(self) -> str:
        """What people call the type: PDF, Word, Excel, or the ending of the name."""
        known = _FILE_TYPES.get(self.media_type)
        return known or self.address.rpartition(".")[2].upper()


_FILE_TYPES = {
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.ms-powerpoint": "PowerPoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/zip": "ZIP",
}


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown text, with where its own addresses lead."""

    text: str = field(repr=False)  # the piece that stands beside it has it too
    rendered: Rendered = field(repr=False)  # follows from the text
    targets: tuple[tuple[str, Target], ...]  # addresses as written, sorted

    def html(self) -> str:
        """The text as sanitised HTML."""
        return self.rendered.html(dict(self.targets).__getitem__)


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a thing and its address: a tag, a neighbour."""

    title: str
    address: str
    lang: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """A post as it stands in a list."""

    title: str
    address: str
    lang: str
    published: datetime
    category: str | None  # the word shown
    summary: str | None
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Occasion:
    """An event as it stands in a list."""

    title: str
    address: str
    lang: str
    start: datetime
    end: datetime | None
    all_day: bool
    place: str | None
    online: bool
    status: EventStatus
    summary: str | None
    over: bool

    @property
    def last_day(self) -> date:
        """The last day of the event; the end of an all-day event is the midnight after it."""
        if self.end is None:
            return self.start.date()
        return (self.end - timedelta(days=1) if self.all_day else self.end).date()


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with the portrait."""

    contact: Contact
    address: str
    portrait: Picture | None
