"""The fields of a mapping that hold one value each, typed."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TypeVar

from newsroom.content.entries import Entries
from newsroom.content.links import beside, is_web_address
from newsroom.content.notes import quoted, suggestion
from newsroom.model import is_slug, slugify

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")
Usual = TypeVar("Usual")

_YES = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nej": False}
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>,;:\"\\.]+)+")
_SPACES = re.compile(r"[ \t\r\n]+")


class Values(Entries):
    """One line of text, and what is written as one."""

    def text(self, name: str) -> str | None:
        """One line of text; None when nothing is written."""
        return self.words(name) or None

    def words(self, name: str) -> str | None:
        """One line of text, which may be written as empty: ""."""
        written = self.block(name)
        return None if written is None else one_line(written)

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
            message = f"{self.named(name)} {quoted(text)} is neither true nor false"
            self.error(name, "bad-flag", message, f"write {name}: true, or leave the line out")
        return _YES.get((text or "").lower(), False)

    def number(self, name: str) -> int | None:
        """A whole number."""
        text = self.text(name)
        if text is None or re.fullmatch(r"-?[0-9]{1,9}", text):
            return None if text is None else int(text)
        message = f"{self.named(name)} {quoted(text)} is not a whole number"
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
        message = f"{self.named(name)} {quoted(text)} is not known"
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
            message = f"{self.named(name)} {quoted(text)} is not a mail address"
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
            message = f"{self.named(name)} {quoted(text)} is not a language"
            self.error(name, "bad-language", message, "write its short name: sv, en, fi")
        return text or default

    def path(self, name: str) -> PurePosixPath | None:
        """A file written relative to the one it is named in."""
        text = self.text(name)
        if text is None:
            return None
        found = beside(self.notes.source, text)
        if found is None:
            message = f"{self.named(name)} {quoted(text)} is not in the posts folder"
            fix = "put the file beside this one and write its name"
            self.error(name, "outside-posts", message, fix)
        return found

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

    def _as_slug(self, text: str, name: str, line: int, example: str) -> str:
        if not is_slug(text):
            likely = slugify(PurePosixPath(text).stem) or example or "a-short-name"
            message = f"{self.named(name)} {quoted(text)} cannot stand in an address"
            self.notes.error(line, "bad-slug", message, f"write {likely}")
        return text

    def _check_url(self, text: str, name: str, line: int) -> None:
        if is_web_address(text):
            return
        likely = f"https://{text}" if is_web_address(f"https://{text}") else "https://example.se/"
        message = f"{self.named(name)} {quoted(text)} is not an address on the web"
        self.notes.error(line, "bad-url", message, f"write it whole: {likely}")

    def _note_unread(self, name: str, text: str, line: int, what: str, example: str) -> None:
        message = f"{self.named(name)} {quoted(text)} is not {what}"
        self.notes.error(line, "bad-value", message, f"write {example}")


def one_line(text: str) -> str:
    """The text with its line breaks and runs of spaces as single spaces."""
    return _SPACES.sub(" ", text).strip(" ")


def _any_of(known: Sequence[str]) -> str:
    return f"write {', '.join(known[:-1])} or {known[-1]}"
