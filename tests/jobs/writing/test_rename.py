"""A piece gets another address, and whoever knows the old one is led on."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from newsroom.content import folder
from newsroom.errors import ContentError, StateError
from newsroom.jobs.writing.rename import Renamed, rename
from newsroom.model import Newsroom
from tests.newsrooms import ISSUE, put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
POST = "posts/news/2026-11-10-host.md"
PAGE = "posts/pages/om.md"
EVENT = "posts/events/2027-03-17-konferens.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small newsroom."""
    return write_newsroom(tmp_path)


def read(root: Path) -> Newsroom:
    """The newsroom as it is now, with nothing wrong in it."""
    reading = folder.read(root)
    assert reading.newsroom is not None
    assert [problem for problem in reading.problems if problem.severity == "error"] == []
    return reading.newsroom


def renamed(root: Path, file: str, slug: str) -> Renamed:
    """What comes of a new slug."""
    return rename(root, PurePosixPath(file), read(root), slug, NOW)


def test_the_old_address_leads_on(root: Path) -> None:
    """The file says both, and not a byte else is new."""
    before = (root / POST).read_text()

    found = renamed(root, POST, "lov")

    assert found == Renamed("nyheter/2026/host/", "nyheter/2026/lov/", (PurePosixPath(POST),))
    lines = "aliases: [host]\nslug: lov\n"
    assert (root / POST).read_text() == before.replace("---\n\n", f"{lines}---\n\n")


def test_what_nobody_has_seen_needs_no_alias(root: Path) -> None:
    """A draft, and what is to come, are just called otherwise."""
    renamed(root, "posts/news/2026-12-24-jul.md", "god-jul")

    text = (root / "posts/news/2026-12-24-jul.md").read_text()
    assert ("slug: god-jul" in text, "aliases" in text) == (True, False)


def test_back_to_an_earlier_address(root: Path) -> None:
    """What was an alias is the address again, and the other way round."""
    renamed(root, POST, "lov")
    renamed(root, POST, "host")

    text = (root / POST).read_text()

    assert "slug: host\n" in text
    assert "aliases: [lov]\n" in text
    read(root)


def test_those_that_name_it_name_it_anew(root: Path) -> None:
    """An issue and a post keep their event; words that only look like it are left alone."""
    put(root, "posts/newsletters/2026-host.md", ISSUE)
    post = (
        "---\nid: urn:x:om\ntitle: Om konferens\ndate: 2026-11-11\nevent: konferens # konferens-b\n"
        "---\n\nkonferens\n"
    )
    put(root, "posts/news/om.md", post)

    found = renamed(root, EVENT, "event")

    newsroom = read(root)
    files = {"posts/newsletters/2026-host.md", "posts/news/om.md"}
    assert found.files[0] == PurePosixPath(EVENT)
    assert set(map(str, found.files[1:])) == files
    assert newsroom.issues[0].events == ("event",)
    assert (root / "posts/news/om.md").read_text() == post.replace(
        "event: konferens ", "event: event "
    )


def test_lists_over_several_lines(root: Path) -> None:
    """Each line of the field is looked at, and no other."""
    post = "---\nid: urn:x:b\ntitle: Ek\ndate: 2026-11-11\nmembers:\n  - ek\n  - ek-by\n---\n\nek\n"
    put(root, "posts/news/b.md", post)
    for slug in ("ek", "ek-by"):
        put(root, f"posts/members/{slug}.md", f"---\nid: urn:x:m{slug}\ntitle: {slug}\n---\n")

    renamed(root, "posts/members/ek.md", "eken")

    assert (root / "posts/news/b.md").read_text() == post.replace("- ek\n", "- eken\n")


@pytest.mark.parametrize(
    ("file", "slug", "why"),
    [
        (POST, "Löv & blad", '"Löv & blad" cannot stand in an address; write lov-blad'),
        (POST, "…", "write host"),
        (POST, "sommar", "is the name of posts/news/2026-06-03-sommar.md"),
        (POST, "host", "is the name of posts/news/2026-11-10-host.md"),
        (POST, "2026", "looks like a month or a page of the archive; write slug: nr-2026"),
        (POST, "a" * 230, "has 230 letters; write one of at most 200"),
        (PAGE, "nyheter", "is the site's own; write slug: nyheter-sida"),
        (PAGE, "archive", "is the site's own"),
        ("posts/contacts/anna-ek.md", "anna", "a person has no page"),
        ("posts/newsletters/2026-var.md", "var", "the ledger knows an issue"),
    ],
)
def test_what_cannot_be_called_so(root: Path, file: str, slug: str, why: str) -> None:
    """The reason is told, and nothing is written."""
    put(root, PAGE, "---\nid: urn:x:om\ntitle: Om oss\n---\n\nVi.\n")
    before = (root / file).read_text()

    with pytest.raises(StateError, match=why):
        renamed(root, file, slug)

    assert (root / file).read_text() == before


def test_all_is_written_or_nothing(root: Path) -> None:
    """When one of the files that name a piece cannot be changed, none is."""
    fields = "id: urn:x:i, title: Brev, number: 2, preheader: P, stories: [host]"
    issue = f"---\n{{{fields}}}\n---\n"
    put(root, "posts/newsletters/2026-host.md", issue)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}

    with pytest.raises(ContentError, match=r"2026-host\.md:2: .stories. does not begin a line"):
        renamed(root, POST, "lov")

    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before
