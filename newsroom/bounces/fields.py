"""Named fields, as headers and the reports of RFC 3464 have them, out of a part or out of prose."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(.*)")
_MOST_LINES = 20_000
_PER_RECIPIENT = {"final-recipient", "original-recipient"}
# What a message begins with; a report's fields have other names.
_OF_A_MESSAGE = {
    *("received", "return-path", "message-id", "from", "to", "subject", "date", "mime-version"),
    *("content-type", "x-mailer", "reply-to", "dkim-signature", "x-received"),
}
_ENOUGH = 3  # such lines one after another are no coincidence


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields by name, whose letters' case does not matter; a name may stand several times."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Fields":
        """Fields as they were written one after another."""
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name.lower(), []).append(" ".join(value.split()))
        return cls({name: tuple(each) for name, each in values.items()})

    def __bool__(self) -> bool:
        return bool(self.values)

    def every(self, name: str) -> tuple[str, ...]:
        """What all fields of this name say."""
        return self.values.get(name, ())

    def first(self, *names: str) -> str:
        """What the first of these names says that says something, or nothing."""
        return next((value for name in names for value in self.every(name) if value), "")

    @property
    def is_report(self) -> bool:
        """Whether these are the fields of one recipient (RFC 3464 section 2.3)."""
        return not _PER_RECIPIENT.isdisjoint(self.values)


def blocks(text: str) -> Iterator[Fields]:
    """Each run of fields in a text, with nothing else between them."""
    pairs: list[tuple[str, str]] = []
    for line in text.splitlines()[:_MOST_LINES]:
        found = _FIELD.match(line)
        if found:
            pairs.append((found[1], found[2]))
        elif pairs and line[:1] in {" ", "\t"} and line.strip():
            name, value = pairs[-1]
            pairs[-1] = (name, f"{value[:4000]} {line}")
        elif pairs:
            yield Fields.of(pairs)
            pairs = []
    if pairs:
        yield Fields.of(pairs)


def returned_at(lines: Sequence[str]) -> int | None:
    """The line at which a message begins that was pasted under what is told, or None."""
    begin, names = 0, 0
    for number, line in enumerate(lines):
        found = _FIELD.match(line)
        if found:
            begin = begin if names else number
            names += found[1].lower() in _OF_A_MESSAGE
            if names >= _ENOUGH:
                return begin
        elif not (names and line[:1] in {" ", "\t"} and line.strip()):
            names = 0
    return None
