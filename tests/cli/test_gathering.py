"""Problems as people are told them."""

from pathlib import PurePosixPath

from newsroom.cli.gathering import as_told
from newsroom.model import Problem, Severity


def problem(name: str, severity: Severity, code: str = "garbled") -> Problem:
    """A problem of a file."""
    return Problem(PurePosixPath(f"posts/news/{name}.md"), 1, severity, code, "message", "fix")


def test_the_worst_comes_first() -> None:
    """Errors, warnings, notes; those of a kind stay in the order of their files."""
    a, b, c, d = (
        problem("a", Severity.NOTE),
        problem("b", Severity.ERROR),
        problem("c", Severity.WARNING),
        problem("d", Severity.ERROR),
    )

    assert as_told((a, b, c, d)) == (b, d, c, a)


def test_files_without_an_id_are_told_together() -> None:
    """One command writes all of them, so that one line is enough."""
    files = tuple(problem(name, Severity.WARNING, "missing-id") for name in "abc")
    other = problem("d", Severity.WARNING)

    told = as_told((*files, other))

    assert told[0] == other
    assert [str(each) for each in told[1:]] == [
        "posts: 3 files have no id; write them all with: newsroom check --fix"
    ]
    assert as_told(files[:1]) == files[:1]
