from pathlib import Path

import pytest

from newsroom.content.folder.save import create, replace
from newsroom.errors import OutsideError, StateError


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    """The second of two with one name is refused, and the first is as it was."""
    create(tmp_path / "a/b.md", "Ett")

    with pytest.raises(StateError, match="there already"):
        create(tmp_path / "a/b.md", "Två")

    assert (tmp_path / "a/b.md").read_text(encoding="utf-8") == "Ett"


def test_replacing_keeps_rights_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """The file has its new text and its old rights; no half-written one lies beside it."""
    path = tmp_path / "a.md"
    create(path, "Ett")
    path.chmod(0o640)

    replace(path, "Två\n")

    assert path.read_text(encoding="utf-8") == "Två\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_says_no(tmp_path: Path) -> None:
    """What cannot be written is told with its name."""
    with pytest.raises(OutsideError, match=r"gone/a\.md"):
        replace(tmp_path / "gone/a.md", "Ett")
