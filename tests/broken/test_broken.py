"""A small newsroom with a fault of every common sort, and exactly what is said of each."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.content.lint.codes import CODES
from newsroom.jobs.writing.check import check
from newsroom.model import Problem
from newsroom.model.saying import Saying
from newsroom.render.sayings import in_language

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 2, 9, tzinfo=UTC)


def found() -> tuple[Problem, ...]:
    """What check finds in it."""
    return check(folder.read(HERE), (), NOW)


def line(problem: Problem, language: str) -> str:
    """A problem with its severity, in a language."""
    message, fix = (in_language(text, language) for text in (problem.message, problem.fix))
    return f"{problem.severity.value} {replace(problem, message=message, fix=fix)}"


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_fault_is_told_at_once_in_these_words(language: str) -> None:
    """Each message names the file, the line, the value and what to write."""
    said = "".join(f"{line(problem, language)}\n" for problem in found())

    assert said == (HERE / f"problems.{language}.txt").read_text(encoding="utf-8")


def test_every_word_of_it_can_be_translated() -> None:
    """What is told was said, not joined by hand."""
    assert [p for p in found() if not isinstance(p.message, Saying)] == []
    assert [p for p in found() if not isinstance(p.fix, Saying)] == []


def test_most_of_what_the_lint_knows_is_here() -> None:
    """A new look of the lint brings an example."""
    left = {"empty-link", "file-link", "raw-html", "top-heading"}
    assert CODES.keys() - {problem.code for problem in found()} == left


def test_what_is_whole_is_published() -> None:
    """The faults of one file, or of its texts, take down no other."""
    newsroom = folder.read(HERE).newsroom

    assert newsroom is not None
    assert {piece.source.name for piece in newsroom.pieces()} == {
        "2026-05-06-gott-om-plats.md",
        "2026-05-18-traffen.md",
        "2026-06-10-utkast.md",
        "2026-09-01-kurs.md",
        "bo-ek.md",
        "cia-lund.md",
    }
