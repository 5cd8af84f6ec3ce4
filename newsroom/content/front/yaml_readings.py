"""How a YAML text reads, up to where the parser gives up, and how likely somebody meant it so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import yaml

from newsroom.content.front.other_names import is_field_name

# The base loader leaves every value as it is written; the one in C is thirty times as fast.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FIELD = re.compile(r"[ ]*(?:- )*(?P<name>[^\W\d_][\w-]*):(?P<value>[ \t].*)?")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# Signs that begin or end no text that somebody meant, but are left of what was meant as YAML.
_BEGINS = re.compile(r"^[\]},:#\t[{]|^-(?:\s|$)|^- ?[\"'\[{]")
_WRAPPED = re.compile(r"\"[^\"]*\"|'[^']*'")
_QUOTATION = re.compile(r"(?<!\w)(?:\"[^\"]*\"|'[^']*')(?!\w)")
_AMID = re.compile(r"\w[\[{]|[\]}]\w")
_ENDS = re.compile(r"(?<![.\w])[,:#]$|[\t\[{,]$|:$")
_APART = "    "  # nobody writes it within a text
_PAIRS = (("[", "]"), ("{", "}"), ("(", ")"))
_WITHIN = re.compile(r"(?:^|[,{\n]\s*)(?P<name>[\w-]+): ")


@dataclass(frozen=True, slots=True)
class Reading:
    """What YAML made of a text before it gave up, if it did."""

    until: float  # the line, counted from 0, at which it gave up; infinite when it never did
    names: tuple[str, ...]  # of fields, in order
    values: tuple[tuple[int, str], ...]  # texts that are no names, with the line each begins on
    odd: tuple[int, ...]  # lines where nobody means what YAML reads: `{a b}`, `[[a]]`, `{[a]: b}`
    shape: tuple[str, ...]  # the same for two texts that mean the same

    def oddness(self, lines: Sequence[str], first: int, last: int) -> tuple[int, int, int, int]:
        """How much speaks against it, by what was written on the lines from the first to the last.

        It is counted in fields that became text, signs that are left over, words that are lost to
        a comment (below nothing: they are those that are kept), and names that are no field's.
        """
        around = range(first, last + 1)
        written = [found["name"] for at in around if (found := _FIELD.fullmatch(lines[at]))]
        swallowed = sum(name not in self.names for name in written) + (not self.names)
        strays = sum(strays_in(words) for at, words in self.values if at in around)
        strays += sum(at in around for at in self.odd)
        texts = (*self.names, *(words for _, words in self.values))
        kept = sum(sign.isalnum() for words in texts for sign in words)
        strange = sum(not is_field_name(name) for name in self.names)
        return swallowed, strays, -kept, strange


def strays_in(value: str) -> int:
    """How many signs of a text look as if they were left of a list, a field or quotation marks."""
    words = _APOSTROPHE.sub("", value).strip(" ")
    odd = int(bool(_WRAPPED.fullmatch(words)))
    words = _QUOTATION.sub("", words)
    odd += sum(words.count(sign) for sign in "\"'")
    odd += sum(abs(words.count(opens) - words.count(closes)) for opens, closes in _PAIRS)
    odd += _APART in words
    odd += sum(is_field_name(found["name"]) for found in _WITHIN.finditer(words))
    return odd + sum(bool(pattern.search(words)) for pattern in (_BEGINS, _AMID, _ENDS))


def read_as_far(text: str) -> Reading:
    """How a text reads, as far as it does."""
    names: list[str] = []
    values: list[tuple[int, str]] = []
    shape: list[str] = []
    odd: list[int] = []
    until = inf
    try:
        for event, place in _placed(yaml.parse(text, Loader=_LOADER)):
            shape.append(f"{type(event).__name__} {getattr(event, 'value', '')}")
            line = event.start_mark.line if event.start_mark else 0
            if not isinstance(event, yaml.ScalarEvent):
                is_list = isinstance(event, yaml.SequenceStartEvent)
                odd += [line] if place.is_name or (is_list and place.in_list) else []
                continue
            odd += [line] if place.in_brackets and not event.value and event.implicit[0] else []
            if place.is_name:
                names.append(event.value)
            else:
                values.append((line, event.value))
    except yaml.MarkedYAMLError as error:
        until = error.problem_mark.line if error.problem_mark else -1
    return Reading(until, tuple(names), tuple(values), tuple(odd), tuple(shape))


class _Place(NamedTuple):
    """Where something stands in what it is in."""

    is_name: bool = False  # of a field
    in_brackets: bool = False
    in_list: bool = False


def _placed(events: Iterator[yaml.Event]) -> Iterator[tuple[yaml.Event, _Place]]:
    """Each event and where it stands; the ends of lists and mappings too."""
    around = [_Place()]  # of each list or mapping that is open: where the next thing in it stands
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            around.pop()
            yield event, _Place()
        elif isinstance(event, yaml.NodeEvent):
            place = around[-1]
            yield event, place
            is_in_mapping = len(around) > 1 and not place.in_list
            around[-1] = place._replace(is_name=is_in_mapping and not place.is_name)
            if isinstance(event, yaml.CollectionStartEvent):
                is_list = isinstance(event, yaml.SequenceStartEvent)
                around.append(_Place(not is_list, bool(event.flow_style), is_list))
