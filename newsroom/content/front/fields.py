"""The fields of a mapping as typed values; what is wrong with them is noted, all at once."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeVar

from newsroom.content.front.days import Days
from newsroom.content.front.front_matter import Field
from newsroom.content.front.notes import quoted, shortened
from newsroom.content.front.values import one_line
from newsroom.model import is_slug, slugify
from newsroom.model.saying import say

Read = TypeVar("Read")


class Fields(Days):
    """The entries of a mapping as typed values, lists and mappings inside this one.

    A value that cannot be read is noted and something stands in for it: whoever makes a piece of
    the values drops it when an error has been noted.
    """

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of one-line texts."""
        return tuple(one_line(text) for text, _ in self._items(name) if text)

    def slugs(self, name: str) -> tuple[str, ...]:
        """A list of the names of pieces."""
        items = self._items(name, lambda text: slugify(PurePosixPath(text).stem))
        for text, line in items:
            if not is_slug(text):
                self._note_no_name(name, text, line)
        return tuple(text for text, _ in items if is_slug(text))

    def _note_no_name(self, name: str, text: str, line: int) -> None:
        message = say(
            "{field} {written} is not the name of a file",
            field=self.named(name),
            written=quoted(text),
        )
        likely = slugify(PurePosixPath(text).stem) or "a-short-name"
        fix = say("write the file's name: {words}", words=likely)
        self.notes.error(line, "bad-slug", message, fix)

    def urls(self, name: str) -> tuple[str, ...]:
        """A list of addresses on the web."""
        items = self._items(name)
        for text, line in items:
            self._check_url(text, name, line)
        return tuple(text for text, _ in items)

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

    def nested(
        self, name: str, example: str, alone: Callable[[str], str] | None = None
    ) -> "Fields | None":
        """The mapping inside a field. `alone` gives the line that a text by itself was meant as."""
        value = self.value(name)
        if value is None:
            return None
        if isinstance(value, Mapping):
            return self._inside(name, value, self.line(name))
        if isinstance(value, str) and alone:
            example = alone(one_line(value))
        message = say("{field} is not fields", field=self.named(name))
        self.error(name, "not-fields", message, say("write {words}", words=example))
        return None

    def nested_list(
        self, name: str, example: str, alone: Callable[[Sequence[str]], str] | None = None
    ) -> tuple["Fields", ...]:
        """The mappings of a list inside a field. `alone` gives the line for texts by themselves."""
        value = self.value(name)
        items = value if isinstance(value, tuple) else () if value is None else None
        if items is None or not all(isinstance(item.value, Mapping) for item in items):
            texts = [value] if items is None else [item.value for item in items]
            written = [one_line(text) for text in texts if isinstance(text, str)]
            if alone and len(written) == len(texts):
                example = alone(written)
            message = say("{field} is not a list of fields", field=self.named(name))
            self.error(name, "not-a-list", message, say("write {words}", words=example))
            return ()
        return tuple(
            self._inside(name, item.value, item.line)
            for item in items
            if isinstance(item.value, Mapping)
        )

    def mixed_list(self, name: str, example: str) -> tuple["str | Fields", ...]:
        """A list whose items are texts, or mappings that say more."""
        value = self.value(name)
        if value is not None and not isinstance(value, tuple):
            message = say("{field} is not a list", field=self.named(name))
            self.error(name, "not-a-list", message, say("write {words}", words=example))
        found: list[str | Fields] = []
        for item in value if isinstance(value, tuple) else ():
            match item.value:
                case Mapping() as inside:
                    found.append(self._inside(name, inside, item.line))
                case str(text) if text.strip():
                    found.append(one_line(text))
                case _:
                    message = say("an item of {field} is not text", field=self.named(name))
                    fix = say("write {words}", words=example)
                    self.notes.error(item.line, "not-text", message, fix)
        return tuple(found)

    def names(self) -> Sequence[str]:
        """The names written here, in order: for mappings whose names are the editor's own."""
        self._asked.update(dict.fromkeys(self.written))
        return tuple(self.written)

    def _items(
        self, name: str, shape: Callable[[str], str] = lambda text: text
    ) -> list[tuple[str, int]]:
        """The texts of a list, each with its line; `shape` gives what a text was meant as."""
        value = self.value(name)
        if value is None:
            return []
        if not isinstance(value, tuple):
            texts = value.strip("[] ").split(",") if isinstance(value, str) else ["…"]
            written = ", ".join(shape(text.strip()) or text.strip() for text in texts)
            message = say("{field} is not a list", field=self.named(name))
            fix = say("write {words}", words=f"{name}: [{shortened(written)}]")
            self.error(name, "not-a-list", message, fix)
            return []
        found = []
        for item in value:
            if isinstance(item.value, str) and item.value.strip():
                found.append((item.value, item.line))
            else:
                message = say("an item of {field} is not text", field=self.named(name))
                fix = say("write one text on the line")
                self.notes.error(item.line, "not-text", message, fix)
        return found

    def _inside(self, name: str, entries: Mapping[str, Field], line: int) -> "Fields":
        fields = Fields(entries, self.notes, self.zone, line=line, prefix=f"{self._prefix}{name}.")
        self._nested.append(fields)
        return fields
