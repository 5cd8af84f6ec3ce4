"""One guess at what some lines of YAML were meant as, and what it mends."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from newsroom.model.saying import Saying, say

UNQUOTED_COLON = say("a text with a colon has no quotation marks")
NOT_CLOSED = say("a quotation mark or a bracket is never closed")
NEVER_OPENED = say("a bracket is closed that was never opened")
NO_COMMA = say("there is no comma between two fields")
NO_COLON = say("there is no colon after the name of a field")
MISSING_COLON = say("there is no colon in this line")
NO_SPACE = say("there is no space after the colon")
ELSEWHERE = say("a field does not begin where the others do")
TAB = say("there is a tab before the text")
TOO_MANY = say("there is a sign too many, or another one than was meant")
LATE_TEXT = say("a text stands on the same line as | or >")
NO_BAR = say("a text of several lines has no | before it")
HARD_SPACE = say("a space that does not break stands where an ordinary one should")
GOES_ON = say("a text goes on at the beginning of a line")

PART = re.compile(r"\s*(?:- |[^\W\d_][\w-]*:(?:\s|$)|#)")  # a field, an entry or a comment begins
VALUE = re.compile(r"(?P<before>[ ]*(?:- )*(?:[\w-]+:[ \t]+)?)(?P<value>\S.*?)?[ \t]*")
_EMPTY = re.compile(r"\s*(?:- )*")


class Mend(NamedTuple):
    """Some lines, counted from 0, as they may have been meant: one in place of one or two."""

    line: int
    text: str
    what: Saying | None = None  # what it mends; None when the parser knows best
    lines: int = 1
    is_quoted: bool = False  # nothing but quotation marks has come to it
    far: int = 0  # how far it is moved
    without: str = ""  # a sign that is left out from within a word: it may stand for a letter

    @property
    def is_field(self) -> bool:
        """Whether the line has something in it, and is not a text at the start of a line."""
        return not _EMPTY.fullmatch(self.text) and bool(
            self.text[:1] == " " or PART.match(self.text)
        )

    def applied(self, lines: Sequence[str]) -> list[str]:
        """All lines of a text, with this among them."""
        return [*lines[: self.line], self.text, *lines[self.line + self.lines :]]
