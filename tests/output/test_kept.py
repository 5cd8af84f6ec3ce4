"""Pages that stay as they are, while what they are made from cannot be used."""

from pathlib import Path

from newsroom.output.kept import Kept
from newsroom.output.tree import Tree
from newsroom.render.page import Page

EVENT, PICTURE = "kalender/mote/index.html", "bilder/1/är här.jpg"
KEPT = Kept(("kalender/mote/",), ("bilder/",))


def page(path: str, text: str = "") -> Page:
    """A page with this text."""
    return Page(path, (text,), text.encode)


def site(tmp_path: Path) -> Tree:
    """A site with an event, its calendar, its picture, and as much of another page."""
    tree = Tree(tmp_path / "public", tmp_path / "var/site.db", "1")
    shown = page(EVENT, 'src="/bilder/1/%C3%A4r%20h%C3%A4r.jpg" href="/amnen/a/feed.xml"')
    others = ("kalender/mote.ics", PICTURE, "bilder/2/b.jpg", "amnen/a/feed.xml", "index.html")
    tree.write([shown, *map(page, others)], [])
    return tree


def test_a_page_stays_with_its_calendar_and_what_it_shows(tmp_path: Path) -> None:
    """Lists and feeds that it names go on without it."""
    tree = site(tmp_path)

    for _ in range(2):
        tally = tree.write([page("index.html")], [], kept=KEPT)

        there = {str(p.relative_to(tree.out)) for p in tree.out.rglob("*") if p.is_file()}
        assert there == {"index.html", EVENT, "kalender/mote.ics", PICTURE}
        assert (tally.pages, tally.written) == (4, 0)
    assert tree.write([page("index.html")], []).removed == 3


def test_what_is_made_anew_is_not_kept(tmp_path: Path) -> None:
    """Another page at the same address is the site's."""
    tree = site(tmp_path)

    tree.write([page(EVENT, "new")], [], kept=KEPT)

    assert (tree.out / EVENT).read_text() == "new"


def test_what_no_build_made_is_not_kept(tmp_path: Path) -> None:
    """There is nothing to keep where there was no page, whatever lies in the folder."""
    tree = Tree(tmp_path / "public", tmp_path / "var/site.db", "1")

    assert tree.write([page("index.html")], [], kept=KEPT).pages == 1
