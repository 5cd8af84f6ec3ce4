"""A mapping of a file: its entries with their lines, and what has been asked of them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from newsroom.content.front.front_matter import Field
from newsroom.content.front.notes import Notes, quoted, suggestion
from newsroom.content.front.other_names import belongs_inside, meant_by_name
from newsroom.content.front.quotes import in_quotes, is_in_fancy_quotes
from newsroom.model.saying import Saying, say

# Fields in which people write whatever they want to say, signs and all.
_WORDS = """
    title summary name role organisation place address alt audience author cost description label
    postal_address preheader reason
"""
_IN_WORDS = frozenset(_WORDS.split())
# What people write to have an event come again and again.
_REPETITION = frozenset(
    [
        *("repeat", "repeats", "recurrence", "recurring", "rrule", "every"),
        *("upprepa", "upprepas", "upprepning", "återkommande", "återkommer", "varje"),
    ]
)


class Entries:
    """What stands in a mapping, and which of it has been asked for.

    Each field is asked for by name, so a parser is the whole schema; `finish` notes the fields that
    nobody asked for, in the mappings inside this one too.
    """

    def __init__(
        self,
        written: Mapping[str, Field],
        notes: Notes,
        zone: ZoneInfo,
        *,
        line: int = 1,
        prefix: str = "",
    ) -> None:
        self.written = written
        self.notes = notes
        self.zone = zone
        self._line = line
        self._prefix = prefix
        self._asked: dict[str, None] = {}
        self._nested: list[Entries] = []

    def line(self, name: str) -> int:
        """The line of a field, or of the mapping when the field is not there."""
        field = self.written.get(name)
        return field.line if field else self._line

    def error(self, name: str, code: str, message: str, fix: str) -> None:
        """Note what is wrong with a field."""
        self.notes.error(self.line(name), code, message, fix)

    def warning(self, name: str, code: str, message: str, fix: str) -> None:
        """Note what is doubtful about a field."""
        self.notes.warning(self.line(name), code, message, fix)

    def missing(self, name: str, example: str) -> None:
        """Note that a field is not there; not of one that is, under another name."""
        if any(meant_by_name(other, {name}) for other in self.written):
            return
        message = say("{field} is missing", field=self.named(name))
        fix = say("write {name}: {example}", name=name, example=example)
        self.error(name, "missing-field", message, fix)

    def has(self, name: str) -> bool:
        """Whether the field is written with a value."""
        field = self.written.get(name)
        return field is not None and field.value is not None

    def is_text(self, name: str) -> bool:
        """Whether the field holds one text, and neither a list nor fields."""
        return self.has(name) and isinstance(self.written[name].value, str)

    def is_list(self, name: str) -> bool:
        """Whether the field holds a list."""
        return self.has(name) and isinstance(self.written[name].value, tuple)

    def finish(self) -> None:
        """Note the fields that were never asked for, in this mapping and those inside it.

        Their names are listed once: one who has no use for the list has none for its repetition.
        """
        for name, field in self.written.items():
            self._note_signs(name, field)
        otherwise = say("use one of: {names}", names=", ".join(self._asked))
        for name in [name for name in self.written if name not in self._asked]:
            message = say('"{field}" is not a field here', field=self.named(name))
            fix = self._instead_of(name) or suggestion(name, self._asked, otherwise)
            self.error(name, "unknown-field", message, fix)
            if fix is otherwise:
                otherwise = say("take the line away")
        for fields in self._nested:
            fields.finish()

    def _note_signs(self, name: str, field: Field) -> None:
        """Warn of signs that YAML takes otherwise than whoever wrote them."""
        if not isinstance(field.value, str):
            return
        if name in _IN_WORDS and field.cut_off:
            whole = in_quotes(f"{field.value} {field.cut_off}")
            message = say(
                "what stands after # in {field} is left out: {written}",
                field=self.named(name),
                written=quoted(field.cut_off),
            )
            fix = say("write {name}: {value}", name=name, value=whole)
            self.warning(name, "cut-off", message, fix)
        if name == "name" and is_in_fancy_quotes(field.value):
            message = say("the quotation marks of {field} are a part of it", field=self.named(name))
            fix = say("write {name}: {value}", name=name, value=field.value[1:-1])
            self.warning(name, "fancy-quotes", message, fix)

    def value(self, name: str) -> "str | tuple[Field, ...] | Mapping[str, Field] | None":
        """What is written in a field, which is hereby asked for."""
        self._asked[name] = None
        field = self.written.get(name)
        return field.value if field else None

    def _instead_of(self, written: str) -> Saying | None:
        """What to write in place of a name that means a field of another name, or place."""
        if written.lower() in _REPETITION and "start" in self._asked:
            return say("nothing repeats itself here: make a file for each time, with newsroom new")
        if likely := self._meant_by(written):
            return say("write {words}", words=likely)
        if found := belongs_inside(written, self._asked):
            return say(
                "write it inside {outer}: {outer}: {{{inner}: …}}", outer=found[0], inner=found[1]
            )
        return None

    def _meant_by(self, written: str) -> str | None:
        """The field, not written by its own name, that a name means which is none here."""
        if written in self._asked:
            return None
        return meant_by_name(written, self._asked.keys() - self.written.keys())

    def named(self, name: str) -> str:
        """A field by the whole way to it: registration.url."""
        return f"{self._prefix}{name}"
