"""One answer of a mail server."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsroom.bounces.verdict import enhanced_status
from newsroom.model.printable import printable
from newsroom.model.saying import say

_CODE = re.compile(rb"([2-5][0-9][0-9])([ -].*)?", re.DOTALL)


class UnreadableError(OSError):
    """What the server says is no reply."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said: its code, and its words on one line."""

    code: int
    words: str

    def __str__(self) -> str:
        return f"{self.code} {self.words}"

    @classmethod
    def of(cls, lines: Sequence[bytes]) -> "Reply":
        """The reply that lines without their ends make (RFC 5321 section 4.2.1).

        Raises UnreadableError for lines that begin with no code, or with several.
        """
        codes = {line[:3] for line in lines if _CODE.fullmatch(line)}
        if len(codes) != 1 or not all(map(_CODE.fullmatch, lines)):
            raise UnreadableError(
                say('this is no reply: "{words}"', words=_printable(lines[-1][:80]))
            )
        return cls(int(codes.pop()), _printable(b" ".join(line[4:] for line in lines)))

    @property
    def status(self) -> str | None:
        """The enhanced status in its words: `5.1.1`."""
        return enhanced_status(self.words)

    @property
    def short(self) -> str:
        """The code and the enhanced status: `550 5.1.1`."""
        status = self.status
        return f"{self.code} {status}" if status else str(self.code)


def is_last(line: bytes) -> bool:
    """Whether no more lines of this reply follow."""
    return line[3:4] != b"-"


def _printable(words: bytes) -> str:
    """Words that can stand in a log or on a terminal: nothing in them moves the cursor."""
    return printable(" ".join(words.decode("utf-8", "replace").split()))
