"""A rule across files that one file breaks."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePosixPath

from newsroom.model import Severity

SITE = PurePosixPath("posts/site.yaml")

Slugs = Mapping[str, AbstractSet[str]]  # of the pieces that are there, by the value of their kind


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that one file breaks: in which field, and whether its piece is kept out for it."""

    source: str  # from the newsroom's root
    field: tuple[str | int, ...]
    code: str
    message: str
    fix: str
    keeps_out: bool = True
    severity: Severity = Severity.ERROR
