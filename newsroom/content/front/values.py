"""The fields of a mapping that hold one value each, typed."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TypeVar

from newsroom.content.front.entries import Entries
from newsroom.content.front.notes import quoted, shortened, suggestion
from newsroom.content.front.other_names import meant_by_value
from newsroom.content.links.meaning import beside, is_web_address
from newsroom.model import is_slug, slugify
from newsroom.model.saying import Saying, say

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")
Usual = TypeVar("Usual")

_YES = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nej": False}
_LANGUAGES = {
    "svenska": "sv",
    "swedish": "sv",
    "engelska": "en",
    "english": "en",
    "norska": "nb",
    "danska": "da",
    "finska": "fi",
    "samiska": "se",
    "tyska": "de",
}
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>,;:\"\\.]+)+")
_SPACES = re.compile(r"[ \t\r\n]+")


class Values(Entries):
    """One line of text, and what is written as one."""

    def text(self, name: str) -> str | None:
        """One line of text; None when nothing is written."""
        return self.words(name) or None

    def words(self, name: str) -> str | None:
        """One line of text, which may be written as empty: ""."""
        texts = self._texts_in(name)
        joined = shortened(", ".join(texts))
        fix = say("write {name}: {value}", name=name, value=joined) if texts else None
        written = self._text_of(name, fix or say("write one text"))
        return None if written is None else one_line(written)

    def block(self, name: str) -> str | None:
        """Text of one or more lines."""
        below = say("write {name}: | and the text on the lines below, indented", name=name)
        return self._text_of(name, below)

    def _text_of(self, name: str, fix: Saying) -> str | None:
        value = self.value(name)
        if value is None or isinstance(value, str):
            return value
        held = say("fields") if isinstance(value, Mapping) else say("a list")
        message = say("{field} holds {held}", field=self.named(name), held=held)
        self.error(name, "not-text", message, fix)
        return None

    def _texts_in(self, name: str) -> list[str]:
        """The texts of a list that stands where one text should."""
        value = self.value(name)
        items = value if isinstance(value, tuple) else ()
        return [item.value for item in items if isinstance(item.value, str)]

    def required(self, name: str, example: str) -> str:
        """One line of text that must be there; "" stands in."""
        text = self.text(name)
        if text is None and not (self.has(name) and self.written[name].value != ""):
            self.missing(name, example)
        return text or ""

    def flag(self, name: str) -> bool:
        """True or false; false when not written. An empty one is no answer."""
        text = self.text(name)
        if name in self.written and self.written[name].value in (None, ""):
            message = say("{field} is empty", field=self.named(name))
            fix = say("write {name}: true, or leave the line out", name=name)
            self.error(name, "bad-flag", message, fix)
        if text is not None and text.lower() not in _YES:
            message = self._said(say("neither true nor false"), name, text)
            fix = say("write {name}: true, or leave the line out", name=name)
            self.error(name, "bad-flag", message, fix)
        return _YES.get((text or "").lower(), False)

    def number(self, name: str) -> int | None:
        """A whole number."""
        text = self.text(name)
        if text is None or re.fullmatch(r"-?[0-9]{1,9}", text):
            return None if text is None else int(text)
        message = self._said(say("not a whole number"), name, text)
        self.error(name, "bad-number", message, say("write it in digits: 12"))
        return None

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """One of a few words."""
        text = self.text(name)
        if text is None:
            return default
        known = [choice.value for choice in choices]
        if text in known:
            return choices(text)
        message = self._said(say("not known"), name, text)
        likely = meant_by_value(text, known)
        fix = say("write {words}", words=likely) if likely else None
        self.error(name, "bad-choice", message, fix or suggestion(text, known, _any_of(known)))
        return default

    def slug(self, name: str, example: str = "") -> str | None:
        """The name of a piece as it stands in addresses."""
        text = self.text(name)
        return text if text is None else self._as_slug(text, name, self.line(name), example)

    def email(self, name: str) -> str | None:
        """One mail address."""
        text = self.text(name)
        if text is None:
            return None
        if not _EMAIL.fullmatch(text):
            message = self._said(say("not a mail address"), name, text)
            inside = _EMAIL.search(text)
            fix = say("write {words}", words=inside[0]) if inside else None
            self.error(name, "bad-email", message, fix or say("write it as name@example.se"))
        elif not text.partition("@")[0].isascii():  # few systems take it (RFC 6531)
            message = self._said(
                say("an address that many mail systems cannot deliver to"), name, text
            )
            self.error(name, "bad-email", message, say("write it with a–z before the @"))
        return text

    def url(self, name: str) -> str | None:
        """An address on the web, or a mailto link."""
        text = self.text(name)
        if text is not None:
            self._check_url(text, name, self.line(name))
        return text

    def lang(self, name: str, default: str, known: str = "sv, en, fi") -> str:
        """A language tag: sv, en, en-GB (BCP 47). Messages name those that are `known`."""
        text = self.text(name)
        if text is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
            message = self._said(say("not a language"), name, text)
            likely = _LANGUAGES.get(text.lower())
            fix = say("write {words}", words=likely) if likely else None
            fix = fix or say("write its short name: {names}", names=known)
            self.error(name, "bad-language", message, fix)
        return text or default

    def path(self, name: str) -> PurePosixPath | None:
        """A file written relative to the one it is named in."""
        text = self.text(name)
        if text is None:
            return None
        found = beside(self.notes.source, text)
        if found is None:
            message = self._said(say("not in the posts folder"), name, text)
            fix = say("put the file beside this one and write its name")
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
            message = say(
                "{field} {written} cannot stand in an address",
                field=self.named(name),
                written=quoted(text),
            )
            self.notes.error(line, "bad-slug", message, say("write {words}", words=likely))
        return text

    def _check_url(self, text: str, name: str, line: int) -> None:
        if is_web_address(text):
            return
        likely = f"https://{text}" if is_web_address(f"https://{text}") else "https://example.se/"
        message = self._said(say("not an address on the web"), name, text)
        fix = say("write it whole: {address}", address=likely)
        self.notes.error(line, "bad-url", message, fix)

    def _note_unread(self, name: str, text: str, line: int, what: str, example: str) -> None:
        message = say(
            "{field} {written} is not {what}",
            field=self.named(name),
            written=quoted(text),
            what=what,
        )
        self.notes.error(line, "bad-value", message, say("write {words}", words=example))

    def _said(self, what: Saying, name: str, text: str) -> Saying:
        """What is said of a text that is something it should not be."""
        return say(
            "{field} {written} is {what}", field=self.named(name), written=quoted(text), what=what
        )


def one_line(text: str) -> str:
    """The text with its line breaks and runs of spaces as single spaces."""
    return _SPACES.sub(" ", text).strip(" ")


def _any_of(known: Sequence[str]) -> Saying:
    return say("write {names} or {name}", names=", ".join(known[:-1]), name=known[-1])
