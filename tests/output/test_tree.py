"""The folder of the site: what is written, what is left alone, and what survives bad luck."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsroom.errors import OutsideError, StateError
from newsroom.output.tally import Tally
from newsroom.output.tree import Copy, Tree
from newsroom.render.page import Page
from newsroom.workers.lock import lock
from tests.processes import PATIENCE

LONG_AGO = 1_000_000_000


def page(path: str, text: str, *inputs: object) -> Page:
    """A page whose text is its input, unless inputs are given."""
    return Page(path, inputs or (text,), text.encode)


def counted(path: str, text: str, calls: list[str]) -> Page:
    """A page that tells when it is rendered."""

    def render() -> bytes:
        calls.append(path)
        return text.encode()

    return Page(path, (text,), render)


def failing(path: str) -> Page:
    """A page that cannot be rendered."""

    def render() -> bytes:
        raise ValueError("no such word")

    return Page(path, (path,), render)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """The folder of a site that has not been built."""
    return Tree(tmp_path / "public", tmp_path / "var" / "site.db", "1", wait=0)


def files(tree: Tree) -> dict[str, str]:
    """What the folder holds."""
    return {
        str(path.relative_to(tree.out)): path.read_text()
        for path in sorted(tree.out.rglob("*"))
        if path.is_file()
    }


def test_a_build_makes_the_folder_what_it_should_be(tree: Tree) -> None:
    """New files are written, gone ones removed with their empty folders."""
    tree.write([page("index.html", "front"), page("a/b/index.html", "old")], [])

    tally = tree.write([page("index.html", "front"), page("c/index.html", "new")], [])

    assert files(tree) == {"c/index.html": "new", "index.html": "front"}
    assert not (tree.out / "a").exists()
    assert tally == Tally(pages=2, written=1, unchanged=1, removed=1)


def test_a_page_with_the_same_inputs_is_not_rendered(tree: Tree) -> None:
    """The second build renders nothing and leaves the file's time alone."""
    calls: list[str] = []
    tree.write([counted("index.html", "front", calls)], [])
    os.utime(tree.out / "index.html", (LONG_AGO, LONG_AGO))
    tree.write([counted("index.html", "front", calls)], [])  # its time was touched: looked at again

    tally = tree.write([counted("index.html", "front", calls)], [])

    assert calls == ["index.html", "index.html"]
    assert (tree.out / "index.html").stat().st_mtime == LONG_AGO
    assert tally.unchanged == 1


def test_same_bytes_from_new_inputs_are_not_written(tree: Tree) -> None:
    """A rendering that gives what is there keeps the file and its time."""
    tree.write([page("index.html", "front", 1)], [])
    before = (tree.out / "index.html").stat().st_mtime_ns

    tally = tree.write([page("index.html", "front", 2)], [])

    assert (tally.written, tally.unchanged) == (0, 1)
    assert (tree.out / "index.html").stat().st_mtime_ns == before


def test_a_new_version_renders_everything(tree: Tree, tmp_path: Path) -> None:
    """New templates or a new program make every page new."""
    calls: list[str] = []
    tree.write([counted("index.html", "front", calls)], [])

    Tree(tree.out, tmp_path / "var" / "site.db", "2").write(
        [counted("index.html", "front", calls)], []
    )

    assert len(calls) == 2


@pytest.mark.parametrize(
    "harm", [lambda path: path.unlink(), lambda path: path.write_text("edited by hand")]
)
def test_a_file_that_was_touched_is_restored(tree: Tree, harm: Callable[[Path], None]) -> None:
    """What was deleted or edited in the folder is there again after the next build."""
    tree.write([page("index.html", "front")], [])
    harm(tree.out / "index.html")

    tree.write([page("index.html", "front")], [])

    assert files(tree) == {"index.html": "front"}


def test_a_file_that_no_build_made_is_left_alone(tree: Tree) -> None:
    """A domain's proof of ownership, put there by hand, stays."""
    tree.out.mkdir()
    (tree.out / "proof.txt").write_text("mine")
    tree.write([page("a/index.html", "a")], [])

    tree.write([page("b/index.html", "b")], [])

    assert files(tree) == {"b/index.html": "b", "proof.txt": "mine"}


def test_a_page_that_fails_keeps_its_old_file_and_stops_no_other(tree: Tree) -> None:
    """The fault is told with the page's path; the next build tries again."""
    tree.write([page("a.html", "old"), page("b.html", "b")], [])

    tally = tree.write([failing("a.html"), page("b.html", "new"), failing("c.html")], [])
    mended = tree.write([page("a.html", "a.html"), page("b.html", "new")], [])

    assert [str(problem.source) for problem in tally.problems] == ["a.html", "c.html"]
    assert "ValueError: no such word" in tally.problems[0].message
    assert tally.written == 1
    assert files(tree) == {"a.html": "a.html", "b.html": "new"}
    assert mended.problems == ()


def test_what_keeps_many_pages_from_being_made_is_told_once(tree: Tree) -> None:
    """A broken template stops every page that it prints: one line says how many they are."""
    tally = tree.write([failing(f"{i}.html") for i in range(9)], [])

    (problem,) = tally.problems
    assert str(problem.source) == "0.html"
    assert problem.message == "this page and 8 more could not be made: ValueError: no such word"


def test_much_is_removed_only_when_asked(tree: Tree) -> None:
    """More than three files in ten, and more than twenty, go only when somebody says so."""
    many = [page(f"{i}.html", "x") for i in range(100)]
    tree.write(many, [])

    with pytest.raises(StateError, match=r"31 of 100 files would be removed, 69\.html first"):
        tree.write(many[:69], [])

    assert len(files(tree)) == 100
    assert tree.write(many[:69], [], remove_many=True).removed == 31


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (["Höst"], 'since this is gone: "Höst";'),
        (["A", "B", "C", "D", "E"], 'since these are gone: "A", "B", "C" and 2 more;'),
    ],
)
def test_what_much_is_removed_for_is_named(tree: Tree, titles: list[str], said: str) -> None:
    """An editor knows texts by their titles, not the files that are made of them."""
    many = [page(f"{i}.html", "x") for i in range(100)]
    tree.write(many, [])

    with pytest.raises(StateError, match=said):
        tree.write(many[:69], [], losing=titles)


def test_a_small_site_may_lose_a_few_files(tree: Tree) -> None:
    """Twenty files or fewer may always go."""
    tree.write([page(f"{i}.html", "x") for i in range(20)], [])

    assert tree.write([], []).removed == 20


def test_files_are_copied_when_they_are_new(tree: Tree, tmp_path: Path) -> None:
    """A picture is copied once, kept while it is the same, and removed when nobody shows it."""
    source = tmp_path / "bild.jpg"
    source.write_bytes(b"one")
    copies = [Copy(source, "bilder/1/bild.jpg"), Copy(source, "bilder/1/bild.jpg")]

    first = tree.write([], copies)
    second = tree.write([], copies)
    os.utime(source, (LONG_AGO, LONG_AGO))
    touched = tree.write([], copies)
    source.write_bytes(b"two")
    changed = tree.write([], copies)

    assert [tally.written for tally in (first, second, touched, changed)] == [1, 0, 0, 1]
    assert files(tree) == {"bilder/1/bild.jpg": "two"}


@pytest.mark.parametrize("path", ["../out.html", "/etc/passwd", "a/../../b", "", "a\\b", "a\0b"])
def test_a_path_out_of_the_site_is_refused(tree: Tree, path: str) -> None:
    """No slug can place a file outside the folder."""
    with pytest.raises(StateError, match="no path below the site's root"):
        tree.write([page(path, "x")], [])


@contextmanager
def locked(tree: Tree) -> Iterator[None]:
    """Another build holds the folder."""
    with tree.state.with_suffix(".lock").open("a") as file:
        assert lock(file)
        yield


def test_a_second_build_is_told_who_holds_the_folder(tree: Tree) -> None:
    """While one build runs, another waits for its time and then names the process."""
    tree.state.parent.mkdir()
    tree.state.with_suffix(".holder").write_text("process 4711\n")

    with locked(tree), pytest.raises(StateError, match="process 4711"):
        tree.write([], [])


def test_a_holder_that_has_not_said_its_name_is_still_obeyed(tree: Tree) -> None:
    """Between taking the lock and saying who it is, a build holds the folder all the same."""
    tree.state.parent.mkdir()

    with locked(tree), pytest.raises(StateError, match="not said"):
        tree.write([], [])


def test_a_second_build_waits_for_the_first(tree: Tree) -> None:
    """A short build is waited for."""
    tree.state.parent.mkdir()
    waiting = Tree(tree.out, tree.state, "1", wait=PATIENCE)
    held, done = threading.Event(), threading.Event()

    def first() -> None:
        with locked(tree):
            held.set()
            done.wait(PATIENCE)

    thread = threading.Thread(target=first)
    thread.start()
    assert held.wait(PATIENCE)
    threading.Timer(0.2, done.set).start()

    waiting.write([page("index.html", "front")], [])

    assert done.is_set()
    thread.join()
    assert files(tree) == {"index.html": "front"}


def test_a_build_that_dies_leaves_the_old_site_whole(tree: Tree) -> None:
    """A build that is cut off while rendering has put nothing in place, and its litter goes."""

    def die() -> bytes:
        raise KeyboardInterrupt

    tree.write([page("a.html", "old"), page("b.html", "old")], [])
    with pytest.raises(KeyboardInterrupt):
        tree.write([page("a.html", "new"), page("n.html", "new"), Page("b.html", (1,), die)], [])

    whole = {name: text for name, text in files(tree).items() if not name.startswith(".")}
    tree.write([page("a.html", "old"), page("b.html", "old")], [])

    assert whole == {"a.html": "old", "b.html": "old"}
    assert files(tree) == {"a.html": "old", "b.html": "old"}


def test_what_a_dead_build_had_put_in_place_is_still_ours(tree: Tree, tmp_path: Path) -> None:
    """A file made by a build that died before remembering it is removed when it should be gone."""
    tree.write([page("a.html", "a")], [])
    (tmp_path / "public" / "b.html").mkdir()  # a folder where a file should be: renaming fails
    (tmp_path / "public" / "b.html" / "x").write_text("in the way")
    with pytest.raises(OutsideError, match=r"b\.html"):
        tree.write([page("a.html", "a"), page("0.html", "new"), page("b.html", "b")], [])
    assert (tree.out / "0.html").exists()

    tree.write([page("a.html", "a")], [])

    assert not (tree.out / "0.html").exists()


def test_a_build_that_died_before_writing_is_got_over(tree: Tree) -> None:
    """A page that was announced but never written, in a folder never made, is nothing to remove."""

    def die() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tree.write([Page("a/b/index.html", (1,), die)], [])

    assert tree.write([page("c.html", "c")], []).pages == 1
    assert files(tree) == {"c.html": "c"}


def test_a_broken_manifest_is_as_good_as_none(tree: Tree) -> None:
    """When what we remember cannot be read, everything is looked at again."""
    tree.write([page("a.html", "a")], [])
    tree.state.write_text("{half")

    tally = tree.write([page("a.html", "a")], [])

    assert (tally.written, tally.unchanged) == (0, 1)


def test_a_manifest_that_cannot_be_read_stops_the_build(tree: Tree) -> None:
    """A fault of the disk is no damage: nothing is touched, and the file is named."""
    tree.write([page("a.html", "a")], [])
    (tree.state.parent / "site.db-journal").mkdir()

    with pytest.raises(OutsideError, match=r"site\.db: disk I/O error; make room"):
        tree.write([page("a.html", "new")], [])

    assert files(tree) == {"a.html": "a"}


def test_the_time_of_the_last_build_is_that_of_the_last_good_one(tree: Tree) -> None:
    """A build that changes nothing counts; one that is refused does not."""
    built = tree.state.with_suffix(".built")
    tree.write([page("a.html", "a")], [])
    os.utime(built, (LONG_AGO, LONG_AGO))

    with pytest.raises(StateError):
        tree.write([page("../a.html", "a")], [])
    refused = built.stat().st_mtime
    tree.write([page("a.html", "a")], [])

    assert refused == LONG_AGO
    assert built.stat().st_mtime > LONG_AGO


def test_pages_that_others_may_link_to_are_there_first(tree: Tree) -> None:
    """Cut off while files are put in place, the old front page does not lead to what is not yet."""
    tree.write([page("a.html", "old")], [])
    (tree.out / "z.html").mkdir()  # where a new page should be: no file can be put there

    with pytest.raises(OutsideError):
        tree.write([page("a.html", "leads to z"), page("z.html", "z")], [])

    assert files(tree) == {"a.html": "old"}


def test_a_file_that_cannot_be_copied_is_told_of(tree: Tree, tmp_path: Path) -> None:
    """A picture that vanished meanwhile stops nothing, and the site keeps the one it had."""
    source = tmp_path / "bild.jpg"
    source.write_bytes(b"one")
    tree.write([], [Copy(source, "bild.jpg")])
    source.unlink()

    tally = tree.write([page("a.html", "a")], [Copy(source, "bild.jpg")])

    assert "bild.jpg: it is not there" in tally.problems[0].message
    assert files(tree) == {"a.html": "a", "bild.jpg": "one"}


def test_a_file_becomes_a_folder_and_a_folder_a_file(tree: Tree) -> None:
    """What goes makes way for what comes."""
    tree.write([page("a", "file"), page("b/c/d.html", "in a folder")], [])

    tree.write([page("a/index.html", "in a folder"), page("b", "file")], [])

    assert files(tree) == {"a/index.html": "in a folder", "b": "file"}


def test_paths_that_cannot_stand_side_by_side_are_both_named(tree: Tree) -> None:
    """Nothing is built, so that nobody has to guess which one it was."""
    tree.write([page("a.html", "a")], [])

    with pytest.raises(StateError, match='"n/A" would be a file, and a folder for "n/a/b"'):
        tree.write([page("n/A", "1"), page("n/a/b", "2")], [])

    assert files(tree) == {"a.html": "a"}


def test_a_full_disk_is_told_with_the_file(tree: Tree) -> None:
    """What the system says is passed on, with the place."""
    tree.out.write_text("a file where the folder should be")

    with pytest.raises(OutsideError, match="public"):
        tree.write([page("a.html", "a")], [])
