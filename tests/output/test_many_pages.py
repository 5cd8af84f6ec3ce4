"""Many pages are rendered by child processes: a page that hangs or crashes is one page."""

import itertools
import threading
from pathlib import Path

import pytest

from newsroom.output.tree import Tree
from newsroom.render.page import Page
from tests.output.builds import Place, ended


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("!hang", "it took longer than 0.5 seconds"),
        ("!crash", "its process was ended by SIGKILL"),
        ("!fail", "ValueError: no such word"),
    ],
)
def test_a_page_that_takes_its_process_along_keeps_its_old_file(
    tmp_path: Path, text: str, why: str
) -> None:
    """It is told of by its path; all others are new; the next build tries it again."""
    place = Place(tmp_path)
    old = {f"{i}/index.html": f"old {i}" for i in range(100)}
    new = {path: text.replace("old", "new") for path, text in old.items()}
    place.build(old)

    hurt = ended(place.begin({**new, "7/index.html": text, "never.html": text}, patience=0.5))
    kept = place.files()
    mended = place.build(new)

    assert [problem["source"] for problem in hurt["problems"]] == ["7/index.html", "never.html"]
    assert hurt["problems"][0]["message"] == f"the page could not be made: {why}"
    assert (hurt["pages"], hurt["written"]) == (100, 99)
    assert kept == {**new, "7/index.html": "old 7"}
    assert (mended["written"], mended["unchanged"], mended["problems"]) == (1, 99, [])
    assert place.files() == new


def test_many_changed_pages_of_many_are_all_made(tmp_path: Path) -> None:
    """The second build makes what is new, keeps the times of the rest, and removes what is gone."""
    place = Place(tmp_path)
    first = {f"{i % 10}/{i}/index.html": f"page {i}" for i in range(300)}
    second = {**dict(itertools.islice(first.items(), 250)), "new/index.html": "new"}
    place.build(first)
    times = {path: (place.out / path).stat().st_mtime_ns for path in first}

    tally = place.build(second)

    assert (tally["written"], tally["unchanged"], tally["removed"]) == (1, 250, 50)
    assert place.files() == second
    assert all((place.out / p).stat().st_mtime_ns == times[p] for p in first if p in second)


def test_a_process_with_other_threads_makes_them_itself(tmp_path: Path) -> None:
    """Where children cannot inherit the pages, the pages come out the same."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    pages = [Page(f"{i}.html", (i,), str(i).encode) for i in range(100)]

    tally = Tree(tmp_path / "public", tmp_path / "var/site.db", "1").write(pages, [])
    done.set()
    thread.join()

    assert tally.written == 100
    assert (tmp_path / "public/99.html").read_text() == "99"


def test_progress_is_told_now_and_then(tmp_path: Path) -> None:
    """How many of the files to make have been made, the last time when all have."""
    told: list[tuple[int, int]] = []
    pages = [Page(f"{i}.html", (i,), str(i).encode) for i in range(120)]
    tree = Tree(tmp_path / "public", tmp_path / "var/site.db", "1")

    tree.write(pages, [], progress=lambda done, of: told.append((done, of)))
    tree.write(pages, [], progress=lambda done, of: told.append((done, of)))

    assert told == [(50, 120), (100, 120), (120, 120)]


def test_pages_of_many_megabytes_are_written_whole(tmp_path: Path) -> None:
    """A picture made elsewhere is a page like any other, and is compared like any other."""
    picture = bytes(range(256)) * 20_000
    tree = Tree(tmp_path / "public", tmp_path / "var/site.db", "1")

    first = tree.write([Page("bild.jpg", b"digest", lambda: picture)], [])
    second = tree.write([Page("bild.jpg", b"another", lambda: picture)], [])

    assert (first.written, second.written) == (1, 0)
    assert (tmp_path / "public/bild.jpg").read_bytes() == picture
