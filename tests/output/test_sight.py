"""How folders look from outside."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.output.sight import sight
from tests.ticks import next_tick


def later() -> int:
    """A time at which every write of a test lies far enough back."""
    return time.time_ns() + 10**10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file, a hidden one, one in a folder, and a link to it."""
    inside = tmp_path / "posts" / "news"
    inside.mkdir(parents=True)
    (inside / "a.md").write_text("a")
    (inside.parent / ".hidden").write_text("h")
    (inside.parent / "link.md").symlink_to(inside / "a.md")
    return tmp_path / "posts"


def edit_behind_an_old_date(folder: Path) -> None:
    """Other bytes, as many, with the old time."""
    file = folder / "news" / "a.md"
    before = file.stat()
    file.write_text("b")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def edit_behind_the_link(folder: Path) -> None:
    """Let the link lead to another file."""
    (folder / "link.md").unlink()
    (folder / "link.md").symlink_to(folder / ".hidden")


@pytest.mark.parametrize(
    "change",
    [
        edit_behind_an_old_date,
        edit_behind_the_link,
        lambda folder: (folder / "news" / "a.md").rename(folder / "news" / "b.md"),
        lambda folder: (folder / "news" / "a.md").unlink(),
        lambda folder: (folder / "news" / "a.md").chmod(0o600),
        lambda folder: (folder / ".hidden").write_text("other"),
        lambda folder: (folder / "empty").mkdir(),
    ],
)
def test_no_change_stays_unseen(folder: Path, change: Callable[[Path], object]) -> None:
    """Bytes, names, rights, folders and what links lead to: any change gives another sight."""
    before = sight([folder], later)
    next_tick(folder.parent)

    change(folder)

    assert sight([folder], later) != before


def test_the_same_folder_looks_the_same(folder: Path) -> None:
    """As long as nothing is written; what Python keeps of its own code does not count."""
    before = sight([folder], later)
    times = folder.stat()
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_text("")
    os.utime(folder, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert before is not None
    assert sight([folder], later) == before


def test_what_was_just_written_cannot_be_known_again(folder: Path) -> None:
    """Within two seconds a second write may leave the same times: nothing is promised."""
    now = folder.stat().st_ctime_ns

    assert sight([folder], lambda: now + 1_900_000_000) is None
    assert sight([folder], lambda: now + 2_100_000_000) is not None


def test_a_file_does_not_move_from_one_folder_to_the_next_unseen(folder: Path) -> None:
    """Folders that hold the same in another order, or under another name, look different."""
    news, other = folder / "news", folder / "other"
    other.mkdir()

    assert sight([news, other], later) != sight([other, news], later)
    assert sight([news], later) != sight([other], later)


def test_a_folder_that_is_not_there_has_a_sight_too(tmp_path: Path) -> None:
    """It looks like an empty one until somebody puts something there."""
    missing = tmp_path / "templates"
    before = sight([missing], later)
    missing.mkdir()
    (missing / "base.html").write_text("x")

    assert before is not None
    assert sight([missing], later) != before


def test_a_link_to_a_folder(folder: Path, tmp_path: Path) -> None:
    """What lies behind one counts where it is asked for; one that leads round ends."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.html").write_text("a")
    (folder / "linked").symlink_to(other)
    (other / "round").symlink_to(folder)
    before, through = sight([folder], later), sight([folder], later, through_links=True)
    (other / "a.html").write_text("another")

    assert sight([folder], later) == before
    assert sight([folder], later, through_links=True) != through


def test_a_file_from_the_future_is_seen(folder: Path) -> None:
    """A time that somebody set is no reason to look again at each build."""
    os.utime(folder / "news" / "a.md", (4_000_000_000, 4_000_000_000))

    assert sight([folder], later) is not None
