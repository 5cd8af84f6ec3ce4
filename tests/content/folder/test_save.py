import threading
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


def test_a_new_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    """Whoever may read what an editor saves there may read it, and nothing lies beside it."""
    (tmp_path / "saved.md").write_text("Ett", encoding="utf-8")

    create(tmp_path / "a.md", "Ett")

    assert (tmp_path / "a.md").stat().st_mode == (tmp_path / "saved.md").stat().st_mode
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "saved.md"}


def test_a_link_to_nowhere_is_a_name_that_is_taken(tmp_path: Path) -> None:
    """A new file never comes to stand where a link leads."""
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere.md")

    with pytest.raises(StateError, match="there already"):
        create(tmp_path / "a.md", "Ett")

    assert not (tmp_path / "elsewhere.md").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_new_file_where_none_can_be(tmp_path: Path) -> None:
    """A name too long for the disk, and a file in place of a folder, are told with the path."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OutsideError, match="the name is too long"):
        create(tmp_path / f"{'a' * 300}.md", "Ett")
    with pytest.raises(OutsideError, match=r"file/a\.md: cannot be written"):
        create(tmp_path / "file/a.md", "Ett")

    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_new_file_is_whole_when_it_is_there(tmp_path: Path) -> None:
    """Whoever looks while it is written sees all of it or nothing."""
    path, text = tmp_path / "a.md", "x" * 20_000_000
    sizes = set()
    writer = threading.Thread(target=create, args=(path, text))

    writer.start()
    while writer.is_alive():
        if path.exists():
            sizes.add(path.stat().st_size)
    writer.join()

    assert sizes | {path.stat().st_size} == {len(text)}
