"""The fields of a mapping as typed values; what is wrong with them is noted, all at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TypeVar
from zoneinfo import ZoneInfo

from newsroom.content.entries import Entries
from newsroom.content.front_matter import Field
from newsroom.content.links import beside, is_web_address
from newsroom.content.notes import suggestion
from newsroom.content.times import When, guess, in_zone, read_when
from newsroom.model import is_slug, slugify

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")
Usual = TypeVar("Usual")

_NOWHERE = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
_YES = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nej": False}
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>,;:\"\\.]+)+")
_SPACES = re.compile(r"[ \t\r\n]+")


class Fields(Entries):
    """The entries of a mapping as typed values.

    A value that cannot be read is noted and something stands in for it: whoever makes a piece of
    the values drops it when an error has been noted.
    """

    # One line of text, and what is written as one.

    def text(self, name: str) -> str | None:
        """One line of text; None when nothing is written."""
        return self.words(name) or None

    def words(self, name: str) -> str | None:
        """One line of text, which may be written as empty: ""."""
        written = self.block(name)
        return None if written is None else _SPACES.sub(" ", written).strip(" ")

    def block(self, name: str) -> str | None:
        """Text of one or more lines."""
        value = self.value(name)
        if value is None or isinstance(value, str):
            return value
        held = "fields" if isinstance(value, Mapping) else "a list"
        self.error(name, "not-text", f"{self.named(name)} holds {held}", "write one text")
        return None

    def required(self, name: str, example: str) -> str:
        """One line of text that must be there; "" stands in."""
        text = self.text(name)
        if text is None and not (self.has(name) and self.written[name].value != ""):
            self.missing(name, example)
        return text or ""

    def flag(self, name: str) -> bool:
        """True or false; false when not written."""
        text = self.text(name)
        if text is not None and text.lower() not in _YES:
            message = f'{self.named(name)} "{text}" is neither true nor false'
            self.error(name, "bad-flag", message, f"write {name}: true, or leave the line out")
        return _YES.get((text or "").lower(), False)

    def number(self, name: str) -> int | None:
        """A whole number."""
        text = self.text(name)
        if text is None or re.fullmatch(r"-?[0-9]{1,9}", text):
            return None if text is None else int(text)
        message = f'{self.named(name)} "{text}" is not a whole number'
        self.error(name, "bad-number", message, "write it in digits: 12")
        return None

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """One of a few words."""
        text = self.text(name)
        if text is None:
            return default
        known = [choice.value for choice in choices]
        if text in known:
            return choices(text)
        message = f'{self.named(name)} "{text}" is not known'
        self.error(name, "bad-choice", message, suggestion(text, known, _any_of(known)))
        return default

    def slug(self, name: str, example: str = "") -> str | None:
        """The name of a piece as it stands in addresses."""
        text = self.text(name)
        return text if text is None else self._as_slug(text, name, self.line(name), example)

    def email(self, name: str) -> str | None:
        """One mail address."""
        text = self.text(name)
        if text is not None and not _EMAIL.fullmatch(text):
            message = f'{self.named(name)} "{text}" is not a mail address'
            self.error(name, "bad-email", message, "write it as namn@example.se")
        return text

    def url(self, name: str) -> str | None:
        """An address on the web, or a mailto link."""
        text = self.text(name)
        if text is not None:
            self._check_url(text, name, self.line(name))
        return text

    def lang(self, name: str, default: str) -> str:
        """A language tag: sv, en, en-GB (BCP 47)."""
        text = self.text(name)
        if text is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
            message = f'{self.named(name)} "{text}" is not a language'
            self.error(name, "bad-language", message, "write its short name: sv, en, fi")
        return text or default

    def path(self, name: str) -> PurePosixPath | None:
        """A file written relative to the one it is named in."""
        text = self.text(name)
        if text is None:
            return None
        found = beside(self.notes.source, text)
        if found is None:
            message = f'{self.named(name)} "{text}" is not in the posts folder'
            fix = "put the file beside this one and write its name"
            self.error(name, "outside-posts", message, fix)
        return found

    # What the caller knows how to read.

    def read(
        self, name: str, reader: Callable[[str], Read | None], usual: Usual, what: str, example: str
    ) -> Read | Usual:
        """What `reader` makes of a text; the usual value when nothing is written."""
        text = self.text(name)
        if text is None:
            return usual
        found = reader(text)
        if found is None:
            self._note_unread(name, text, self.line(name), what, example)
        return usual if found is None else found

    def read_list(
        self,
        name: str,
        reader: Callable[[str], Read | None],
        usual: tuple[Read, ...],
        what: str,
        example: str,
    ) -> tuple[Read, ...]:
        """What `reader` makes of each text of a list; the usual values when none is written."""
        if not self.has(name):
            return usual
        items = [(reader(text), text, line) for text, line in self._items(name)]
        for found, text, line in items:
            if found is None:
                self._note_unread(name, text, line, what, example)
        return tuple(found for found, _, _ in items if found is not None)

    # Days and times.

    def when(self, name: str) -> When | None:
        """A date with or without a clock time, as written."""
        text = self.text(name)
        if text is None:
            return None
        when = read_when(text)
        if when is None:
            likely = guess(text)
            fix = f"write {likely}" if likely else "write it as 2026-11-02 or 2026-11-02T09:00"
            self.error(name, "bad-date", f'{self.named(name)} "{text}" is not a date', fix)
        return when

    def day(self, name: str) -> date | None:
        """A date without a clock time."""
        when = self.when(name)
        if when is not None and when.clock is not None:
            message = f"{self.named(name)} has a clock time"
            self.error(name, "bad-date", message, f"write the day alone: {when.day}")
        return when.day if when else None

    def moment(self, name: str, alone: time = time.min) -> datetime | None:
        """An instant in the site's zone; a date alone means that clock time of the day."""
        when = self.when(name)
        return None if when is None else self.instant(name, when, alone)

    def instant(self, name: str, when: When, alone: time = time.min) -> datetime:
        """What a written time means in the site's zone, with a warning when clocks change then."""
        try:
            instant, remark = in_zone(when, self.zone, alone)
        except OverflowError:
            message = f'{self.named(name)} "{when.day}" is too far away'
            self.error(name, "bad-date", message, "write a year of our time")
            return _NOWHERE
        if remark:
            fix = "write the offset too, or another time"
            self.notes.warning(self.line(name), "clock-change", remark, fix)
        return instant

    def required_when(self, name: str, example: str) -> When:
        """A date that must be there, as written; another one stands in."""
        if not self.has(name):
            self.missing(name, example)
        return self.when(name) or When(_NOWHERE.date())

    def required_moment(self, name: str, example: str) -> datetime:
        """An instant that must be there; another one stands in."""
        return self.instant(name, self.required_when(name, example))

    # Lists, and mappings inside this one.

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of one-line texts."""
        return tuple(_SPACES.sub(" ", text).strip(" ") for text, _ in self._items(name) if text)

    def slugs(self, name: str) -> tuple[str, ...]:
        """A list of the names of pieces."""
        return tuple(self._as_slug(text, name, line, "") for text, line in self._items(name))

    def urls(self, name: str) -> tuple[str, ...]:
        """A list of addresses on the web."""
        items = self._items(name)
        for text, line in items:
            self._check_url(text, name, line)
        return tuple(text for text, _ in items)

    def nested(self, name: str, example: str) -> "Fields | None":
        """The mapping inside a field."""
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, Mapping):
            return self._inside(name, value, self.line(name))
        self.error(name, "not-fields", f"{self.named(name)} is not fields", f"write {example}")
        return None

    def nested_list(self, name: str, example: str) -> tuple["Fields", ...]:
        """The mappings of a list inside a field."""
        value = self.value(name)
        items = value if isinstance(value, tuple) else () if value is None else None
        if items is None or not all(isinstance(item.value, Mapping) for item in items):
            message = f"{self.named(name)} is not a list of fields"
            self.error(name, "not-a-list", message, f"write {example}")
            return ()
        return tuple(
            self._inside(name, item.value, item.line)
            for item in items
            if isinstance(item.value, Mapping)
        )

    def names(self) -> Sequence[str]:
        """The names written here, in order: for mappings whose names are the editor's own."""
        self._asked.update(dict.fromkeys(self.written))
        return tuple(self.written)

    def _items(self, name: str) -> list[tuple[str, int]]:
        """The texts of a list, each with its line."""
        value = self.value(name)
        if value is None:
            return []
        if not isinstance(value, tuple):
            written = value if isinstance(value, str) else "…"
            message = f"{self.named(name)} is not a list"
            self.error(name, "not-a-list", message, f"write {name}: [{written}]")
            return []
        found = []
        for item in value:
            if isinstance(item.value, str) and item.value.strip():
                found.append((item.value, item.line))
            else:
                message = f"an item of {self.named(name)} is not text"
                self.notes.error(item.line, "not-text", message, "write one text on the line")
        return found

    def _inside(self, name: str, entries: Mapping[str, Field], line: int) -> "Fields":
        fields = Fields(entries, self.notes, self.zone, line=line, prefix=f"{self._prefix}{name}.")
        self._nested.append(fields)
        return fields

    def _as_slug(self, text: str, name: str, line: int, example: str) -> str:
        if not is_slug(text):
            likely = slugify(PurePosixPath(text).stem) or example or "a-short-name"
            message = f'{self.named(name)} "{text}" cannot stand in an address'
            self.notes.error(line, "bad-slug", message, f"write {likely}")
        return text

    def _check_url(self, text: str, name: str, line: int) -> None:
        if is_web_address(text):
            return
        likely = f"https://{text}" if is_web_address(f"https://{text}") else "https://example.se/"
        message = f'{self.named(name)} "{text}" is not an address on the web'
        self.notes.error(line, "bad-url", message, f"write it whole: {likely}")

    def _note_unread(self, name: str, text: str, line: int, what: str, example: str) -> None:
        message = f'{self.named(name)} "{text}" is not {what}'
        self.notes.error(line, "bad-value", message, f"write {example}")


def _any_of(known: Sequence[str]) -> str:
    return f"write {', '.join(known[:-1])} or {known[-1]}"
