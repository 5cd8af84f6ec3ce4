"""A small newsroom with a fault of every common sort, and exactly what is said of each."""

from pathlib import Path

from newsroom.content import folder

HERE = Path(__file__).parent


def test_every_fault_is_told_at_once_in_these_words() -> None:
    """Each message names the file, the line, the value and what to write."""
    problems = folder.read(HERE).problems

    said = "".join(f"{problem.severity.value} {problem}\n" for problem in problems)
    assert said == (HERE / "problems.txt").read_text(encoding="utf-8")


def test_what_is_whole_is_published() -> None:
    """The faults of one file, or of its texts, take down no other."""
    newsroom = folder.read(HERE).newsroom

    assert newsroom is not None
    assert [piece.source.name for piece in newsroom.pieces()] == ["2026-05-06-gott-om-plats.md"]
