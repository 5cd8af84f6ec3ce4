"""The front matter of another system's post, YAML or TOML, and what its fields mean to us."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time

from newsroom.content.front.front_matter import NOTHING, Field, FrontMatter, split
from newsroom.content.front.notes import Notes
from newsroom.content.front.times import read_when
from newsroom.model.saying import say

_TOML = re.compile(
    r"\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+[ \t]*(?:\n|\Z)\s*", re.DOTALL | re.MULTILINE
)
_TOML_KEY = re.compile(r"^([A-Za-z0-9_-]+)\s*=", re.MULTILINE)
_FRACTION = re.compile(r"(?<=:[0-9]{2})\.[0-9]+")  # of a second
_TRUE = ("true", "yes")


def read_header(text: str, notes: Notes) -> FrontMatter:
    """The fields and body of a post; one without front matter is all body."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if text.startswith("+++"):
        return _read_toml(text, notes)
    if text.startswith("---"):
        return split(text, notes) or NOTHING
    return FrontMatter({}, text, 1)


class Header:
    """The fields of a foreign post by their many names; what is never asked for is reported."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields
        self._asked: set[str] = set()

    def text(self, *names: str) -> str | None:
        """The first of these fields that holds a text, on one line."""
        texts = self.texts(*names)
        return texts[0] if texts else None

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of the first of these fields that holds any; lists and single ones alike."""
        self._asked.update(names)
        for name in names:
            if name in self._fields and (found := tuple(_texts(self._fields[name]))):
                return found
        return ()

    def words(self, *names: str) -> tuple[str, ...]:
        """A list, which Jekyll lets people write as words with spaces or commas between."""
        found: list[str] = []
        for name in names:
            texts = self.texts(name)
            if texts and isinstance(self._fields[name].value, str):
                texts = tuple(re.split(r",\s*" if "," in texts[0] else r"\s+", texts[0]))
            found += texts
        return tuple(dict.fromkeys(found))

    def flag(self, name: str) -> bool | None:
        """True or false; None when it is not written."""
        text = self.text(name)
        return None if text is None else text.lower() in _TRUE

    def line(self, name: str) -> int | None:
        """The line of a field."""
        return self._fields[name].line if name in self._fields else None

    def rest(self) -> Iterator[tuple[str, Field]]:
        """The fields with a value that nobody asked for."""
        for name, field in self._fields.items():
            if name not in self._asked and field.value not in {None, "", ()}:
                yield name, field


def written_date(text: str) -> str | None:
    """A foreign date in our form: `2013-05-06 02:12:52 +0200` is 2013-05-06T02:12:52+02:00."""
    when = read_when(_FRACTION.sub("", text))
    if when is None:
        return None
    return f"{when.day}T{when.clock.isoformat()}" if when.clock else str(when.day)


def _read_toml(text: str, notes: Notes) -> FrontMatter:
    parts = _TOML.match(text)
    try:
        values = tomllib.loads(parts["toml"]) if parts else None
    except tomllib.TOMLDecodeError as error:
        notes.error(
            1,
            "bad-toml",
            say("the front matter cannot be read: {error}", error=error),
            say("mend it there"),
        )
        return NOTHING
    if parts is None or values is None:
        notes.error(
            1, "no-front-matter", say("the front matter does not end"), say("write +++ after it")
        )
        return NOTHING
    lines = {
        match[1]: parts["toml"].count("\n", 0, match.start()) + 2
        for match in _TOML_KEY.finditer(parts["toml"])
    }
    fields = {name: _field(value, lines.get(name, 1)) for name, value in values.items()}
    return FrontMatter(fields, text[parts.end() :], text.count("\n", 0, parts.end()) + 1)


def _field(value: object, line: int) -> Field:
    """A TOML value as the fields of YAML are: text, lists and mappings."""
    if isinstance(value, dict):
        return Field(line, {str(name): _field(inner, line) for name, inner in value.items()})
    if isinstance(value, list):
        return Field(line, tuple(_field(item, line) for item in value))
    if isinstance(value, bool):
        return Field(line, str(value).lower())
    return Field(line, value.isoformat() if isinstance(value, date | time) else str(value))


def _texts(field: Field) -> Iterator[str]:
    """The texts of a field: its own, those of its items, or the name in a mapping."""
    match field.value:
        case str(text) if text.strip():
            yield " ".join(text.split())
        case tuple(items):
            for item in items:
                yield from _texts(item)
        case Mapping() as inside:
            for name in ("name", "file", "src"):
                if name in inside:
                    yield from _texts(inside[name])
