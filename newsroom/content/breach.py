"""A rule across files that one file breaks."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePosixPath

from newsroom.model import Kind, Severity

SITE = PurePosixPath("posts/site.yaml")

Slugs = Mapping[Kind, AbstractSet[str]]  # of the pieces that are there, by kind


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that one file breaks: in which field, and whether its piece is kept out for it."""

    source: PurePosixPath
    field: tuple[str | int, ...]
    code: str
    message: str
    fix: str
    keeps_out: bool = True
    severity: Severity = Severity.ERROR
