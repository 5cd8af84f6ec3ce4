import os
import tempfile
import threading
from collections.abc import Callable, Iterator
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


def run_as(account: int, group: int, work: Callable[[], object]) -> bool:
    """Whether some work comes to its end in a process of another account, with a usual umask."""
    child = os.fork()
    if not child:
        try:
            os.umask(0o022)
            os.setgroups([group])
            os.setgid(account)
            os.setuid(account)
            work()
        except BaseException:  # noqa: BLE001 (a forked test must end here, whatever it was)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that the members of a group share, where other accounts can reach it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        posts = Path(name) / "posts"
        posts.mkdir()
        yield posts


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two accounts")
def test_what_newsroom_writes_in_a_shared_folder_its_writers_can_save(shared: Path) -> None:
    """A draft made by the bot is gone on with by an editor, and an editor's text by the bot."""
    bot, editor, writers = 20_001, 20_002, 20_003
    os.chown(shared, bot, writers)
    shared.chmod(0o2775)
    draft, text = shared / "newsletters/2026-var.md", shared / "newsletters/nytt.md"

    assert run_as(bot, writers, lambda: create(draft, "Utkast"))
    assert run_as(editor, writers, lambda: draft.write_text("Bättre"))
    assert run_as(editor, writers, lambda: create(text, "Text"))
    assert run_as(bot, writers, lambda: replace(text, "Text med id"))
    assert run_as(editor, writers, lambda: text.write_text("Ändrad"))
    assert not run_as(20_004, 20_005, lambda: draft.write_text("Någon annan"))
    assert draft.read_text() == "Bättre"
    assert (draft.parent.stat().st_gid, draft.stat().st_gid) == (writers, writers)


def test_a_folder_of_ones_own_is_nobody_elses(tmp_path: Path) -> None:
    """Where the group may not write in the folder, it may not write what newsroom leaves there."""
    tmp_path.chmod(0o755)

    create(tmp_path / "news/a.md", "Ett")

    assert not (tmp_path / "news").stat().st_mode & 0o022
    assert not (tmp_path / "news/a.md").stat().st_mode & 0o022
