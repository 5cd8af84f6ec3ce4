"""A line of YAML that cannot be read, written so that it can: tried, not guessed."""

import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from math import inf
from typing import NamedTuple

import yaml

from newsroom.content.front.quotes import PAIRS

_END = re.compile(r"[\s,}\]]*$")
_SUSPECTS = 5  # lines of one text that are tried: each is a reading of all of it
_LAST_WORD = re.compile(r"[,\s]+(?=[\w-]+$)")


def mended(text: str, at: int, candidates: Iterator[str]) -> str | None:
    """The first of some lines with which YAML reads past the line `at`, in place of that one."""
    lines = text.split("\n")
    for line in candidates:
        if line != lines[at] and _reads_past(at, "\n".join([*lines[:at], line, *lines[at + 1 :]])):
            return line
    return None


class EndQuote(NamedTuple):
    """A line, counted from 0, whose last text is not ended, and the same line with its end."""

    line: int
    sign: str
    text: str


def end_quote(text: str, stumble: int) -> EndQuote | None:
    """The first line, up to where YAML stumbles, that lets it go on once its text is ended."""
    lines = text.split("\n")
    suspects = (
        (at, sign)
        for at, line in enumerate(lines[: stumble + 1])
        for sign in "\"'"
        if line.count(sign) % 2 and not line.lstrip().startswith("#")
    )
    for at, sign in islice(suspects, _SUSPECTS):
        for line in with_quote(lines[at], sign):
            if _stumbles_at("\n".join([*lines[:at], line, *lines[at + 1 :]])) > stumble:
                return EndQuote(at, sign, line)
    return None


def with_quote(line: str, sign: str) -> Iterator[str]:
    """The line with its last text closed, inside the brackets around it or at its end."""
    yield _END.sub(lambda end: sign + end[0].rstrip(), line, count=1)
    yield line.rstrip() + sign


def with_bracket(line: str, sign: str) -> Iterator[str]:
    """The line with its list or mapping closed, or closed by its own bracket."""
    line = line.rstrip().rstrip(",")
    closing = PAIRS[sign]
    yield line + closing
    if line[-1:] in "]}":
        yield line[:-1] + closing


def with_comma(line: str, column: int) -> Iterator[str]:
    """The line with a comma before the word that ends at a column."""
    yield _LAST_WORD.sub(", ", line[:column], count=1) + line[column:]
    yield f"{line[:column].rstrip()}, {line[column:].lstrip()}"


def without(line: str, column: int) -> Iterator[str]:
    """The line without the sign at a column."""
    yield line[:column] + line[column + 1 :]


def as_far_in_as(above: list[str], line: str) -> Iterator[str]:
    """The line with the indentation of those above it, the nearest first."""
    for other in reversed(above):
        if other.strip():
            yield other[: len(other) - len(other.lstrip())] + line.strip()


def _reads_past(at: int, text: str) -> bool:
    return _stumbles_at(text) > at + 1  # a fault of one line may be noticed in the next


def _stumbles_at(text: str) -> float:
    """The line, counted from 0, at which YAML gives up."""
    try:
        deque(yaml.parse(text, Loader=yaml.CBaseLoader), maxlen=0)
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.line if error.problem_mark else -1
    return inf
