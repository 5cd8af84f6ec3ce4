"""The parts that pages share: each holds what is shown of a thing, and nothing more."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import quote

from newsroom.model import Addresses, Asset, Contact, EventStatus
from newsroom.model.file_type import type_of
from newsroom.model.lifecycle import Change
from newsroom.render.calendars.event_changes import Announced, announced, last_changes
from newsroom.render.pictures.pictures import Variant, srcset, variants
from newsroom.render.text.rendered import Rendered, Target
from newsroom.render.words import Words


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where it is, how large, and what it shows."""

    address: str  # of the widest there is
    alt: str  # empty when it only decorates
    width: int | None
    height: int | None
    media_type: str
    variants: tuple[Variant, ...] = ()  # every width, the widest first

    @property
    def small(self) -> "Picture":
        """The same in its least width: for lists, portraits and logos."""
        return _shown_as(self.variants[-1], self.alt) if self.variants else self

    def srcset(self, base: str) -> str | None:
        """Its widths as HTML writes them, with `base` before each address; None if it has one."""
        return srcset(self.variants, base)


def picture_of(asset: Asset, alt: str, addresses: Addresses) -> Picture:
    """The picture that an asset is, with what it shows in words."""
    found = variants(asset, addresses)
    return _shown_as(found[0], alt, found)


def _shown_as(variant: Variant, alt: str, among: tuple[Variant, ...] = ()) -> Picture:
    address = quote(variant.address)
    return Picture(address, alt, variant.width, variant.height, variant.media_type, among)


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
        return type_of(self.address)


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
    changes: tuple[Change, ...] = ()  # since it was announced, oldest first

    def changed(self, words: Words) -> tuple[str, ...]:
        """What is new about it: New time (before: 21 October). Nothing of one that is off."""
        off = self.status in {EventStatus.CANCELLED, EventStatus.POSTPONED}
        return () if off else last_changes(self.changes, words)

    def announced(self, words: Words) -> tuple[Announced, ...]:
        """The times and places that were announced and no longer hold, oldest first."""
        return announced(self.changes, words)

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
