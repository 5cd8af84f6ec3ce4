"""A slip in a file that readers have on the site, from the editor's chair."""

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import put

EVENT = "posts/events/2027-03-17-konferens.md"
TEXT = (
    "---\nid: urn:x:konferens\ntitle: Konferens\nstart: 2027-03-17T10:00\n{more}---\n\nVälkommen.\n"
)
PAGE, CALENDAR = "public/kalender/konferens/index.html", "public/kalender/konferens.ics"


@pytest.mark.parametrize(
    ("more", "fix"),
    [
        ("status: inställt\n", f"rätta {EVENT}:5: skriv cancelled"),
        ("sumary: En dag\n", f"rätta {EVENT}:5: skriv summary"),
        ("summary: Dag: ett\n", f'rätta {EVENT}:5: skriv summary: "Dag: ett"'),
    ],
)
def test_a_page_stays_as_it_was_while_its_file_has_a_fault(
    terminal: Terminal, more: str, fix: str
) -> None:
    """Publish says so, with the place and what to write; lists go on without it.

    A build by hand is made from what can be read and from nothing else, and says what is missing.
    """
    put(terminal.root, EVENT, TEXT.format(more=""))
    terminal.do("publish")
    before = (terminal.root / PAGE).read_bytes()
    put(terminal.root, EVENT, TEXT.format(more=more))

    for command in ("publish", "publish"):
        said = terminal(command)

        line = f"Kvar som den var: Konferens  /kalender/konferens/  {fix}"
        assert (said.status, line in said.out.splitlines()) == (1, True), said
        assert "Inget är nytt" not in said.out
        assert (terminal.root / PAGE).read_bytes() == before
        assert (terminal.root / CALENDAR).is_file()
    assert "Konferens" not in (terminal.root / "public/index.html").read_text()
    assert f"Saknas på webbplatsen: Konferens  /kalender/konferens/  {fix}" in terminal("build").out
    assert not (terminal.root / PAGE).exists()

    put(terminal.root, EVENT, TEXT.format(more="status: cancelled\n"))
    assert "Kvar som den var" not in terminal.do("publish").out
    assert "Inställt" in (terminal.root / PAGE).read_text()


def test_a_faulty_file_that_is_taken_away_takes_its_page_along(terminal: Terminal) -> None:
    """What is erased is not kept for its fault."""
    put(terminal.root, EVENT, TEXT.format(more=""))
    terminal.do("publish")
    put(terminal.root, EVENT, TEXT.format(more="sumary: En dag\n"))
    terminal("publish")

    (terminal.root / EVENT).unlink()

    assert "Borttaget: Konferens\n" in terminal.do("publish").out
    assert not (terminal.root / PAGE).exists()


def test_a_faulty_file_without_a_page_is_named(terminal: Terminal) -> None:
    """Where the site's folder was emptied meanwhile there is nothing to keep, and that is said."""
    put(terminal.root, EVENT, TEXT.format(more=""))
    terminal.do("publish")
    put(terminal.root, EVENT, TEXT.format(more="sumary: En dag\n"))
    (terminal.root / PAGE).unlink()

    assert "Saknas på webbplatsen: Konferens  /kalender/konferens/  " in terminal("publish").out
