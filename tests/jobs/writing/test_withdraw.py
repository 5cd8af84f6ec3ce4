"""A published piece is taken back by a line in its file."""

from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content import folder
from newsroom.errors import ContentError, StateError
from newsroom.jobs.writing.withdraw import withdraw
from newsroom.model import Newsroom
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
POST = "posts/news/2026-11-10-host.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small newsroom."""
    return write_newsroom(tmp_path)


def read(root: Path) -> Newsroom:
    """The newsroom as it is now."""
    newsroom = folder.read(root).newsroom
    assert newsroom is not None
    return newsroom


def take_back(root: Path, file: str, reason: str = "Siffrorna var fel, tyvärr.") -> None:
    """Withdraw the piece in a file."""
    withdraw(root, PurePosixPath(file), read(root), reason, NOW)


def test_the_file_says_why_and_when(root: Path) -> None:
    """With one line more, and not a byte else."""
    before = (root / POST).read_text()

    take_back(root, POST)

    line = 'withdrawn: {date: 2026-11-22, reason: "Siffrorna var fel, tyvärr."}\n'
    assert (root / POST).read_text() == before.replace("---\n\n", f"{line}---\n\n")
    (post,) = (post for post in read(root).posts if str(post.source) == POST)
    assert post.withdrawn is not None
    assert post.withdrawn.date == date(2026, 11, 22)


def test_a_piece_in_its_own_folder(root: Path) -> None:
    """The folder stands for the piece."""
    put(root, "posts/news/a/index.md", "---\nid: urn:x:a\ntitle: A\ndate: 2026-11-01\n---\n")

    take_back(root, "posts/news/a")

    assert "withdrawn:" in (root / "posts/news/a/index.md").read_text()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("posts/news/2026-11-12-utkast.md", "readers have not seen it"),
        ("posts/news/2026-12-24-jul.md", "readers have not seen it"),
        ("posts/events/2027-03-17-konferens.md", "write status: cancelled"),
        ("posts/contacts/anna-ek.md", "a person has no page"),
    ],
)
def test_what_is_not_withdrawn(root: Path, file: str, why: str) -> None:
    """What nobody has seen, what calendars keep, and people; the file stays as it is."""
    before = (root / file).read_text()

    with pytest.raises(StateError, match=why):
        take_back(root, file)

    assert (root / file).read_text() == before


def test_once_is_enough(root: Path) -> None:
    """The first reason stays."""
    take_back(root, POST)

    with pytest.raises(StateError, match="withdrawn already"):
        take_back(root, POST)


def test_a_file_that_holds_no_piece(root: Path) -> None:
    """Nothing is written into what cannot be read."""
    put(root, "posts/news/a.md", "---\ntitle: A\ndate: x\n---\n")

    with pytest.raises(ContentError, match="no piece can be read there"):
        take_back(root, "posts/news/a.md")
