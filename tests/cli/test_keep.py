"""`import markdown`."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.newsrooms import put
from tests.processes import REPOSITORY

BLOG = REPOSITORY.parent / "shared/data/blogs/18f/posts"

OLD = "---\ntitle: Gammal\nlayout: post\n---\n\nText med [länk](gammal.html).\n"


def test_import_says_what_it_did(terminal: Terminal, tmp_path: Path) -> None:
    """Posts, pictures and remarks are counted; each remark is a line with its place."""
    put(tmp_path, "old/2019-03-04-gammal.md", OLD)

    said = terminal.do("import", "markdown", str(tmp_path / "old"))
    again = terminal.do("import", "markdown", str(tmp_path / "old"))

    assert said.out.startswith("1 inlägg skrivet, 0 fanns redan, 0 bilder kopierade, ")
    assert said.err.startswith("2019-03-04-gammal.md:6: ")
    assert again.out.startswith("0 inlägg skrivna, 1 fanns redan, ")
    assert (terminal.root / "posts/news/2019-03-04-gammal.md").is_file()


def test_import_says_which_pictures_wait(terminal: Terminal, tmp_path: Path) -> None:
    """Pictures without a description are counted, and the command that names them is told."""
    put(tmp_path, "old/2019-03-04-gammal.md", "---\ntitle: A\n---\n\n![](a.png) ![](b.png)\n")

    said = terminal.do("import", "markdown", str(tmp_path / "old"))

    assert said.out.splitlines()[1] == (
        "2 bilder väntar på en beskrivning; se vilka med: newsroom check"
    )


@pytest.mark.skipif(not BLOG.is_dir(), reason="the old blog is not here")
def test_a_moved_blog_is_on_the_site(terminal: Terminal) -> None:
    """Each of its 107 posts has a page, and a new one with a picture that says nothing has none."""
    told = terminal.do("import", "markdown", str(BLOG), "--json").json()
    posts = [Path(path).stem[len("2020-01-02-") :] for path in told["posts"]]
    text = "---\nid: urn:x:new\ntitle: New\ndate: 2026-01-02\n---\n\n![](https://x.test/a.png)\n"
    put(terminal.root, "posts/news/new.md", text)

    said = terminal("build")

    news = terminal.root / "public/nyheter"
    assert len(posts) == 107
    assert [slug for slug in posts if not list(news.glob(f"*/{slug}/index.html"))] == []
    assert list(news.glob("*/new/index.html")) == []
    assert said.status == 1
    assert "posts/news/new.md:7: " in said.err


def test_import_as_json(terminal: Terminal, tmp_path: Path) -> None:
    """As JSON, with what was written and what was there, and the remarks as `check` has them."""
    put(tmp_path, "old/2019-03-04-gammal.md", OLD)

    told = terminal.do("import", "markdown", str(tmp_path / "old"), "--json").json()

    assert told["posts"] == ["posts/news/2019-03-04-gammal.md"]
    assert (told["known"], told["assets"], told["undescribed"]) == ([], [], 0)
    assert told["problems"][0].keys() == {"path", "line", "severity", "code", "message", "fix"}


def test_a_folder_that_is_not_there(terminal: Terminal) -> None:
    """A source that is no folder is wrong usage."""
    assert terminal("import", "markdown", "/nosuch").status == 2
