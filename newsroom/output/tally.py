"""What a build did."""

from collections.abc import Callable
from dataclasses import dataclass

from newsroom.model import Problem
from newsroom.model.problem import has_errors

Progress = Callable[[int, int], None]  # hears how many of how many files have been made


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

    @property
    def has_errors(self) -> bool:
        """Whether anything has to be mended."""
        return has_errors(self.problems)
