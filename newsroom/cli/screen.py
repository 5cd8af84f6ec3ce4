"""Lays out lines under headings for a terminal.

A long line goes on below where its words began, so that nothing breaks the columns; what came from
elsewhere (a title, the words of a server) has neither line breaks nor control characters in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import category, combining, east_asian_width

WIDTH = 80
_MARGIN = 12  # columns that the headings stand in
_DEEPER = "  "  # what a line that goes on begins with, where it has no column of its own


@dataclass(frozen=True, slots=True)
class Line:
    """Some words, after what stands in a column before them: a time, say."""

    words: str
    before: str = ""


def section(heading: str, lines: Iterable[Line], width: int = WIDTH) -> Iterator[str]:
    """The lines under a heading that stands on the first of them."""
    margin = f"{heading.ljust(_MARGIN - 1)} "
    for line in lines:
        first, *others = _wrapped(line, width - _MARGIN)
        yield f"{margin}{first}".rstrip()
        yield from (f"{'':{_MARGIN}}{other}" for other in others)
        margin = " " * _MARGIN


def _wrapped(line: Line, width: int) -> list[str]:
    """A line in pieces of that width; a word that is longer has one for itself."""
    lead = f"{line.before}  " if line.before else ""
    deeper = " " * columns(lead) or _DEEPER
    pieces, now = [], lead
    is_empty = True
    for word in plain(line.words).split():
        if not is_empty and columns(now) + 1 + columns(word) > width:
            pieces.append(now)
            now, is_empty = deeper, True
        now += word if is_empty else f" {word}"
        is_empty = False
    return [*pieces, now]


def plain(text: str) -> str:
    """A text that does nothing to a terminal: control and format characters are blanks."""
    return "".join(" " if category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in text)


def columns(text: str) -> int:
    """How many columns a text takes: none for an accent that is set upon a letter, two for 漢."""
    return sum(
        0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text
    )
