"""What is said of pages that are not where they were published."""

from pathlib import Path, PurePosixPath

import pytest

from newsroom.jobs.advice.address_advice import problems_of
from newsroom.jobs.advice.lost_addresses import Lost, Moved
from newsroom.model import Piece, Severity
from newsroom.model.filing import card_of, kind_of
from newsroom.output.published import Published
from tests.render.pieces import at, make_event, make_post, make_site

SITE = make_site()


def known(address: str, piece: Piece, kind: str = "") -> Published:
    """A piece as it was published."""
    source = str(piece.source)
    return Published(piece.id, address, piece.title, kind or kind_of(piece).value, source)


def moved(piece: Piece, address: str, kind: str = "") -> Moved:
    """A piece that was published elsewhere."""
    return Moved(card_of(piece, SITE), known(address, piece, kind))


def put(root: Path, source: PurePosixPath, fields: str) -> None:
    """A file with these fields."""
    (root / source).parent.mkdir(parents=True, exist_ok=True)
    (root / source).write_text(f"---\n{fields}---\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "line"),
    [("title: A\nslug: ett\n", 3), ("title: A\naliases: [x]\n", 3), ("date: x\ntitle: A\n", 3)],
)
def test_a_page_that_moved_is_told_with_its_alias(tmp_path: Path, fields: str, line: int) -> None:
    """At the line where the address is written, with the aliases to paste."""
    post = make_post("nytt", aliases=("x",))
    put(tmp_path, post.source, fields)

    (problem,) = problems_of(Lost((moved(post, "nyheter/2026/ett/"),)), tmp_path)

    assert (problem.severity, problem.code) == (Severity.WARNING, "address-lost")
    assert str(problem) == (
        f"posts/news/nytt/index.md:{line}: its address was nyheter/2026/ett/ when it was "
        "published, and nothing is there now; write aliases: [x, ett], or run newsroom check --fix"
    )


@pytest.mark.parametrize(
    ("address", "kind", "fix"),
    [
        ("nyheter/2025/ett/", "", "write a date in 2025 again, and the day of the change in updat"),
        ("ett/", "pages", "put the file back in posts/pages/"),
    ],
)
def test_where_no_alias_leads_on(tmp_path: Path, address: str, kind: str, fix: str) -> None:
    """The year, or the folder, has to be what it was."""
    post = make_post("ett")
    put(tmp_path, post.source, "title: A\n")

    (problem,) = problems_of(Lost((moved(post, address, kind),)), tmp_path)

    assert str(problem.fix).startswith(fix)


def test_a_new_word_for_a_section_is_one_warning(tmp_path: Path) -> None:
    """When site.yaml moves all posts, no post has to be mended."""
    posts = [moved(make_post(slug), f"aktuellt/2026/{slug}/") for slug in ("ett", "tva")]

    (problem,) = problems_of(Lost(tuple(posts)), tmp_path)

    assert str(problem) == (
        "posts/site.yaml: 2 pages that were published below aktuellt/ are below nyheter/ now; "
        "write paths: {news: aktuellt}"
    )


def test_what_is_gone_is_told_by_its_title(tmp_path: Path) -> None:
    """With the way to say that it was withdrawn, or that an event is called off."""
    post, event = make_post("ett", published=at("2026-04-12T10:00")), make_event("mote")
    gone = (known("nyheter/2026/ett/", post), known("kalender/mote/", event))

    of_post, of_event = problems_of(Lost(gone=gone), tmp_path)

    assert str(of_post.sentence) == (
        'posts/news/ett/index.md: "Nyheten ett" was published at nyheter/2026/ett/ and its file is '
        "gone, so nothing is there now; if that was not meant, bring the file back; to say that it "
        "was withdrawn: newsroom withdraw posts/news/ett/index.md"
    )
    assert "status: cancelled" in of_event.fix
