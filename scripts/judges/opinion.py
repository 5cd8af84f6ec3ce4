"""What a judge says."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is, in the judge's own words."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a judge has against a file."""

    severity: Severity
    place: str  # a path below the site, and a line where there is one
    message: str  # the judge's words


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one judge says of one site."""

    judge: str
    looked_at: str  # how much of what: "167 pages"
    findings: tuple[Finding, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


class MissingJudgeError(Exception):
    """A judge is not installed; the message says how to get it."""


def error(place: str, message: str) -> Finding:
    """Something that is wrong."""
    return Finding(Severity.ERROR, place, " ".join(message.split()))


def warning(place: str, message: str) -> Finding:
    """Something that could be better."""
    return Finding(Severity.WARNING, place, " ".join(message.split()))
