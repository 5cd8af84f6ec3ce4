"""Build the site: read the folder, make the pages, write what changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from newsroom.content.folder import Reading
from newsroom.model import Newsroom, Piece, Problem, Severity
from newsroom.render.page import Page

_Kind = TypeVar("_Kind", bound=Piece)


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a build differs from the ordinary one."""

    out: Path | None = None  # in place of public/
    url: str | None = None  # where the site is read, in place of site.yaml's
    drafts: bool = False  # drafts and future posts too
    strict: bool = False  # nothing at all when anything is wrong
    remove_many: bool = False  # also when most of the site would go


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    pages: int
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...]


class Press(Protocol):
    """What makes the pages of a newsroom and keeps the folder of the site."""

    def pages(self, newsroom: Newsroom, now: datetime) -> Sequence[Page]:
        """Every page of the site at `now`."""
        ...

    def copies(self, newsroom: Newsroom, now: datetime) -> Sequence[tuple[PurePosixPath, str]]:
        """Each file that pages show or offer, and where it goes."""
        ...

    def write(
        self, pages: Sequence[Page], copies: Sequence[tuple[PurePosixPath, str]], *, many: bool
    ) -> Built:
        """Write what is new, remove what is stale; `many`: also when most of it would go."""
        ...


def build(reading: Reading, press: Press, now: datetime, options: BuildOptions) -> Built:
    """Build what could be read; nothing, when site.yaml has faults or strictly nothing should be."""
    problems = reading.problems
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    if reading.newsroom is None or (options.strict and wrong):
        return Built(0, 0, 0, 0, problems)
    newsroom = as_asked(reading.newsroom, options)
    built = press.write(
        press.pages(newsroom, now), press.copies(newsroom, now), many=options.remove_many
    )
    return replace(built, problems=(*problems, *built.problems))


def as_asked(newsroom: Newsroom, options: BuildOptions) -> Newsroom:
    """The newsroom as the options want it shown; ids stay those of the first address."""
    if options.url:
        site = replace(newsroom.site, url=options.url.rstrip("/"))
        newsroom = replace(newsroom, site=site)
    if not options.drafts:
        return newsroom
    return replace(
        newsroom,
        posts=_undrafted(newsroom.posts),
        events=_undrafted(newsroom.events),
        contacts=_undrafted(newsroom.contacts),
        members=_undrafted(newsroom.members),
        publications=_undrafted(newsroom.publications),
        issues=_undrafted(newsroom.issues),
        pages=_undrafted(newsroom.pages),
    )


def _undrafted(pieces: tuple[_Kind, ...]) -> tuple[_Kind, ...]:
    return tuple(replace(piece, draft=False) for piece in pieces)
