"""The counts of a build."""

from collections.abc import Callable
from dataclasses import dataclass

from newsroom.model import Problem
from newsroom.model.problem import has_errors

Progress = Callable[[int, int], None]  # hears how many of how many files have been made


@dataclass(frozen=True, slots=True)
class Held:
    """A piece that readers had, and whose file has a fault now."""

    title: str
    address: str  # of its page, below the site's root
    is_there: bool  # its page stays as it was; else there is none
    fault: Problem | None  # the first error of its file


@dataclass(frozen=True, slots=True)
class Tally:
    """What a build did, counted in files."""

    pages: int  # that the site has, copied files included
    written: int
    unchanged: int
    removed: int
    problems: tuple[Problem, ...] = ()
    new: tuple[tuple[str, str], ...] = ()  # title and address of what readers had not seen
    changed: tuple[tuple[str, str], ...] = ()  # the same of what they find other than it was
    gone: tuple[tuple[str, str], ...] = ()  # and of what they find no longer
    held: tuple[Held, ...] = ()  # what is not renewed until its file is mended

    @property
    def has_errors(self) -> bool:
        """Whether anything has to be mended."""
        return has_errors(self.problems)
