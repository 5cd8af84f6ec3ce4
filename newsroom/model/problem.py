"""What is wrong with a file, where, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from newsroom.model.saying import Saying, joined


class Severity(StrEnum):
    """How much a problem matters: with an error, a command ends with exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in one file of the newsroom folder."""

    source: PurePosixPath  # relative to the newsroom's root: posts/news/2026-04-12-eu-valet.md
    line: int | None  # counted from 1; None when the file as a whole is meant
    severity: Severity
    code: str  # a stable, short name: `missing-alt`; severities in site.yaml go by it
    message: str  # names the value
    fix: str  # what to write instead

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def place(self) -> str:
        """Where it is, as terminals and editors open it: `path:line`."""
        return f"{self.source}:{self.line}" if self.line else str(self.source)

    @property
    def sentence(self) -> Saying:
        """All of it, as `path:line: message; what to write`."""
        return joined("", (self.place, ": ", self.message, "; ", self.fix))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything has to be mended."""
    return any(problem.severity is Severity.ERROR for problem in problems)
