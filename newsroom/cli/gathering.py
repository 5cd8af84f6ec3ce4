"""Groups problems for people: the worst first, and one that many files share only once."""

from pathlib import PurePosixPath

from newsroom.model import Problem, Severity
from newsroom.model.saying import say

_ORDER = tuple(Severity)
_OF_MANY = "missing-id"  # which one command mends in all files
_FOLDER = PurePosixPath("posts")


def as_told(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems with errors before warnings before notes, each group in the order given."""
    alike = [problem for problem in problems if problem.code == _OF_MANY]
    if len(alike) > 1:
        message = say("{count} files have no id", count=len(alike))
        fix = say("write them all with: {command}", command="newsroom check --fix")
        gathered = Problem(_FOLDER, None, alike[0].severity, _OF_MANY, message, fix)
        problems = (*(p for p in problems if p.code != _OF_MANY), gathered)
    return tuple(sorted(problems, key=lambda problem: _ORDER.index(problem.severity)))
