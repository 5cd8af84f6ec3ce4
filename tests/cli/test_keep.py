"""`import markdown`, `wordpress` and `feed`."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.content.foreign.exports import item, wordpress
from tests.newsrooms import NOW, put, write_newsroom
from tests.processes import REPOSITORY

BLOG = REPOSITORY.parent / "shared/data/blogs/18f/posts"

OLD = "---\ntitle: Gammal\nlayout: post\n---\n\nText med [länk](gammal.html).\n"


def test_import_says_what_it_did(terminal: Terminal, tmp_path: Path) -> None:
    """Posts, pictures and remarks are counted; each remark is a line with its place."""
    put(tmp_path, "old/2019-03-04-gammal.md", OLD)

    said = terminal.do("import", "markdown", str(tmp_path / "old"))
    again = terminal.do("import", "markdown", str(tmp_path / "old"))

    assert said.out.startswith("1 nyhet skriven, 0 fanns redan, 0 bilder kopierade, ")
    assert said.err.startswith("2019-03-04-gammal.md:6: ")
    assert again.out.startswith("0 nyheter skrivna, 1 fanns redan, ")
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


def test_import_from_wordpress(terminal: Terminal, tmp_path: Path) -> None:
    """Each piece with its file, then what was left out, and how many of everything."""
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    file = tmp_path / "export.xml"
    file.write_bytes(wordpress(item(more=comment)))

    rehearsed = terminal.do("import", "wordpress", str(file), "--dry-run")
    done = terminal.do("import", "wordpress", str(file))
    again = terminal.do("import", "wordpress", str(file), "--json").json()

    path = "posts/news/2019-03-04-vi-har-oppnat.md"
    assert rehearsed.out.splitlines() == [
        f"{path}: Vi har öppnat",
        "togs inte med, eftersom det inte finns plats för dem här: kommentarer (1)",
        "skulle skrivas: 1, finns redan: 0, filer att kopiera: 0, anmärkningar: 0; "
        "inget har ändrats",
    ]
    assert done.out.splitlines()[-1] == (
        "skrivna: 1, fanns redan: 0, kopierade filer: 0, anmärkningar: 0"
    )
    assert (terminal.root / path).is_file()
    assert (again["pieces"], again["known"], again["left"]) == ([], [path], {"comments": 1})


def test_a_file_that_is_no_export(terminal: Terminal, tmp_path: Path) -> None:
    """The answer says how to make one, and what a feed is."""
    file = put(tmp_path, "fel.xml", "<html></html>")

    export, feed = (terminal("import", kind, str(file)) for kind in ("wordpress", "feed"))

    assert (export.status, feed.status) == (1, 1)
    assert "Verktyg, Exportera, Allt innehåll" in export.err
    assert "RSS, Atom eller JSON Feed" in feed.err


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "feed.json"])
def test_our_own_feed_comes_back_as_it_left(terminal: Terminal, tmp_path: Path, name: str) -> None:
    """Ids, times and titles are the same letter for letter: nobody sees what is old as new."""
    terminal.do("build", "--now", NOW, "--out", str(tmp_path / "site"))
    other = Terminal(write_newsroom(tmp_path / "other"))
    for old in (other.root / "posts/news").glob("*.md"):
        old.unlink()

    other.do("import", "feed", str(tmp_path / "site" / name))

    told = [
        {
            (one["id"], one["title"], one["since"])
            for file in sorted((at.root / "posts/news").glob("*.md"))
            if (one := at.do("explain", str(file), "--now", NOW, "--json").json())["public"]
        }
        for at in (terminal, other)
    ]
    assert told[0] == told[1] != set()
