"""What is wrong with one file, collected so that all of it is told at once."""

import difflib
from collections.abc import Iterable
from pathlib import PurePosixPath

from newsroom.content.front.lookalikes import Lookalikes
from newsroom.model import Problem, Severity
from newsroom.model.saying import Saying, say

_LIKE = 0.7  # how much alike two words must be for one to be meant by the other
_LONG = 4  # letters: fewer begin many words by chance
_LONGEST_QUOTE = 60
_MANY = 50  # to compare a word with each takes a millisecond, and a folder may have 10,000 slips


class Notes:
    """The problems of one file, in the order they were found."""

    def __init__(self, source: PurePosixPath) -> None:
        self.source = source
        self._problems: list[Problem] = []

    def error(self, line: int | None, code: str, message: str, fix: str) -> None:
        """Note what keeps the file out of the site."""
        self._problems.append(Problem(self.source, line, Severity.ERROR, code, message, fix))

    def warning(self, line: int | None, code: str, message: str, fix: str) -> None:
        """Note what the file is published in spite of."""
        self._problems.append(Problem(self.source, line, Severity.WARNING, code, message, fix))

    def note(self, line: int | None, code: str, message: str, fix: str) -> None:
        """Note what somebody may want to know."""
        self._problems.append(Problem(self.source, line, Severity.NOTE, code, message, fix))

    @property
    def broken(self) -> bool:
        """Whether an error has been noted."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them, from the top of the file downward."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def shortened(text: str) -> str:
    """As much of a text as a message needs for it to be found."""
    shown = " ".join(text.split())
    return shown if len(shown) <= _LONGEST_QUOTE else f"{shown[: _LONGEST_QUOTE - 1].rstrip()}…"


def quoted(text: str) -> str:
    """The same, in quotation marks."""
    return f'"{shortened(text)}"'


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant; None when none is like what was written."""
    words = sorted(known)
    if len(words) > _MANY:
        words = sorted(Lookalikes(words).of(word))
    alike = difflib.get_close_matches(word, words, n=1, cutoff=_LIKE)
    longer = [other for other in words if _begins(word, other)]
    return next(iter(alike or longer), None)


def _begins(word: str, other: str) -> bool:
    """Whether a word is a part of the other, at its beginning: `ekerum` of `ekerums-kommun`."""
    return bool(word) and other.startswith(word if len(word) >= _LONG else f"{word}-")


def suggestion(word: str, known: Iterable[str], otherwise: Saying) -> Saying:
    """`write NAME` with the known word nearest to what was written, else what to do instead."""
    likely = nearest(word, known)
    return say("write {words}", words=likely) if likely else otherwise
