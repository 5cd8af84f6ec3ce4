"""A piece with a fault in its file stays as it was, where somebody is writing it."""

from pathlib import Path

import pytest

from newsroom.content import folder
from newsroom.content.folder import Reading
from newsroom.jobs.writing.last_good import with_last_good
from tests.newsrooms import put, write_newsroom

POST = "posts/news/2026-11-10-host.md"
EVENT = "posts/events/2027-03-17-konferens.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small newsroom."""
    return write_newsroom(tmp_path)


def bodies(reading: Reading) -> dict[str, str]:
    """The text of each piece, by its file, in the order of the newsroom."""
    assert reading.newsroom is not None
    return {str(piece.source): piece.body for piece in reading.newsroom.pieces()}


def test_what_has_a_fault_is_as_it_was(root: Path) -> None:
    """In its place among the others, whatever its kind; the fault is told all the same."""
    before = folder.read(root)
    for file in (POST, EVENT):
        put(root, file, (root / file).read_text().replace("title:", "titel"))

    broken = folder.read(root)
    reading = with_last_good(broken, before)

    assert bodies(reading) == bodies(before)
    assert list(bodies(reading)) == list(bodies(before))
    assert POST not in bodies(broken)
    assert reading.problems == broken.problems


def test_it_stays_for_as_long_as_the_fault(root: Path) -> None:
    """Other saves in between change nothing of it, and the text is new when it is mended."""
    before = folder.read(root)
    good = (root / POST).read_text()
    put(root, POST, "---\n")
    once = with_last_good(folder.read(root), before)
    put(root, "posts/contacts/anna-ek.md", "---\nid: urn:x:anna\nname: Anna Berg\n---\n\nNy.\n")
    twice = with_last_good(folder.read(root), once)
    put(root, POST, good.replace("Löven faller.", "Frost."))
    mended = with_last_good(folder.read(root), twice)

    assert bodies(twice)[POST] == "Löven faller."
    assert bodies(twice)["posts/contacts/anna-ek.md"] == "Ny."
    assert bodies(mended)[POST] == "Frost."


def test_a_picture_of_it_stays_too(root: Path) -> None:
    """Its page is whole."""
    (root / "posts/news/t.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    put(root, POST, (root / POST).read_text() + "\n![Torg](t.svg)\n")
    before = folder.read(root)
    put(root, POST, "---\n")

    reading = with_last_good(folder.read(root), before)

    assert reading.newsroom is not None
    assert [str(asset.source) for asset in reading.newsroom.assets] == ["posts/news/t.svg"]


def test_what_is_gone_is_gone(root: Path) -> None:
    """A file that was taken away, and one whose address another has by now, leave their pages."""
    before = folder.read(root)
    text = (root / POST).read_text()
    put(root, POST, "---\n")
    put(root, "posts/news/ny.md", text.replace("urn:x:host", "urn:x:ny").replace("Höst", "Host"))
    put(
        root,
        "posts/news/ny.md",
        (root / "posts/news/ny.md").read_text().replace("date:", "slug: host\ndate:"),
    )
    (root / EVENT).unlink()

    reading = with_last_good(folder.read(root), before)

    assert {POST, EVENT}.isdisjoint(bodies(reading))


@pytest.mark.parametrize("site", ["name: [\n", None])
def test_another_site_takes_nothing_from_before(root: Path, site: str | None) -> None:
    """A site.yaml that cannot be read makes no newsroom, and a new one makes other pages."""
    before = folder.read(root)
    text = (root / "posts/site.yaml").read_text()
    put(root, "posts/site.yaml", site or text.replace("Nätverket", "Nätet"))
    put(root, POST, "---\n")

    broken = folder.read(root)

    assert with_last_good(broken, before) is broken
