"""A folder for the files of one occasion."""

from pathlib import Path

import pytest

from newsroom.errors import OutsideError, StateError
from newsroom.output.drawer import Drawer


def names(folder: Path) -> list[str]:
    """The files in a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_the_last_time_left_is_taken_out(tmp_path: Path) -> None:
    """The second time the folder holds only what the second time put into it."""
    Drawer(tmp_path / "a/b", "report.json").put("old.eml", b"x")

    Drawer(tmp_path / "a/b", "report.json").put("new/1.eml", b"x")

    assert names(tmp_path / "a/b") == ["new/1.eml", "report.json"]


def test_only_its_owner_may_open_it(tmp_path: Path) -> None:
    """It may hold readers' addresses."""
    assert Drawer(tmp_path / "a", "report.json").folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_something_else_in_it(tmp_path: Path) -> None:
    """Nobody's files are taken out: such a folder is refused, an empty one is not."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.txt").write_text("years of work")
    (tmp_path / "empty").mkdir()

    Drawer(tmp_path / "empty", "report.json")

    with pytest.raises(StateError, match="something else in it"):
        Drawer(tmp_path / "full", "report.json")
    assert names(tmp_path / "full") == ["thesis.txt"]


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    """The place that cannot be written is named."""
    (tmp_path / "file").write_text("")

    with pytest.raises(OutsideError, match=r"file/a: cannot be written"):
        Drawer(tmp_path / "file" / "a", "report.json")
