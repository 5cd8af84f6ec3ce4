"""`import markdown`."""

from pathlib import Path

from tests.cli.terminal import Terminal
from tests.newsrooms import put

OLD = "---\ntitle: Gammal\nlayout: post\n---\n\nText med [länk](gammal.html).\n"


def test_import_says_what_it_did(terminal: Terminal, tmp_path: Path) -> None:
    """Posts, pictures and remarks are counted; each remark is a line with its place."""
    put(tmp_path, "old/2019-03-04-gammal.md", OLD)

    said = terminal.do("import", "markdown", str(tmp_path / "old"))
    again = terminal.do("import", "markdown", str(tmp_path / "old"))

    assert said.out.startswith("1 post written, 0 there already, 0 pictures copied, ")
    assert said.err.startswith("2019-03-04-gammal.md:3: ")
    assert again.out.startswith("0 posts written, 1 there already, ")
    assert (terminal.root / "posts/news/2019-03-04-gammal.md").is_file()


def test_import_as_json(terminal: Terminal, tmp_path: Path) -> None:
    """As JSON, with what was written and what was there, and the remarks as `check` has them."""
    put(tmp_path, "old/2019-03-04-gammal.md", OLD)

    told = terminal.do("import", "markdown", str(tmp_path / "old"), "--json").json()

    assert told["posts"] == ["posts/news/2019-03-04-gammal.md"]
    assert (told["known"], told["assets"]) == ([], [])
    assert told["problems"][0].keys() == {"path", "line", "severity", "code", "message", "fix"}


def test_a_folder_that_is_not_there(terminal: Terminal) -> None:
    """A source that is no folder is wrong usage."""
    assert terminal("import", "markdown", "/nosuch").status == 2
