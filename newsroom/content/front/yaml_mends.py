"""A line of YAML that cannot be read, written so that it can: tried, not guessed."""

import re
from collections import deque
from collections.abc import Iterator

import yaml

from newsroom.content.front.quotes import PAIRS

_END = re.compile(r"[\s,}\]]*$")
_LAST_WORD = re.compile(r"[,\s]+(?=[\w-]+$)")


def mended(text: str, at: int, candidates: Iterator[str]) -> str | None:
    """The first of some lines with which YAML reads past the line `at`, in place of that one."""
    lines = text.split("\n")
    for line in candidates:
        if line != lines[at] and _reads_past(at, "\n".join([*lines[:at], line, *lines[at + 1 :]])):
            return line
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
    try:
        deque(yaml.parse(text, Loader=yaml.CBaseLoader), maxlen=0)
    except yaml.MarkedYAMLError as error:
        # A fault of one line may be noticed in the next.
        return error.problem_mark is not None and error.problem_mark.line > at + 1
    return True
