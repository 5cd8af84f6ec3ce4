"""What came after the draft of an issue."""

from dataclasses import replace

from newsroom.jobs.issue.come_since import come_since
from newsroom.model import Covers
from newsroom.render.sayings import in_language
from tests.render.pieces import at, make_issue, make_newsroom, make_post

DRAFTED = at("2026-11-10T00:00").date()
LEAVES = at("2026-12-01T09:00")
AUTUMN = make_issue(
    slug="2026-host",
    stories=("med",),
    published=None,
    covers=Covers(at("2026-06-02T00:00").date(), DRAFTED),
)
POSTS = (
    make_post("med", published=at("2026-10-01T10:00")),
    make_post("struken", published=at("2026-11-09T10:00")),
    make_post("samma-dag", published=at("2026-11-10T15:00")),
    make_post("ny", published=at("2026-11-20T10:00")),
    make_post("sen", published=at("2026-12-24T10:00")),
)


def test_news_after_the_draft_is_remarked_on() -> None:
    """What was published on the draft's day or later is named, and what was taken out is not."""
    newsroom = make_newsroom(posts=POSTS, issues=(AUTUMN,))

    found = come_since(newsroom, AUTUMN, LEAVES, {})

    assert found is not None
    assert in_language(found.message, "sv") == (
        "2 nyheter har kommit sedan utkastet och är inte med i numret: ny, samma-dag"
    )
    assert "newsroom issue draft 2026-host --again" in found.fix
    one = come_since(make_newsroom(posts=POSTS[:3], issues=(AUTUMN,)), AUTUMN, LEAVES, {})
    assert one is not None
    assert in_language(one.message, "sv").startswith("1 nyhet har kommit")


def test_an_issue_that_has_all_of_it_is_left_alone() -> None:
    """Nothing is said of one that tells everything, or that no draft says until when it covers."""
    newsroom = make_newsroom(posts=POSTS[:2], issues=(AUTUMN,))

    assert come_since(newsroom, AUTUMN, LEAVES, {}) is None
    by_hand = replace(AUTUMN, covers=None)
    assert come_since(make_newsroom(posts=POSTS, issues=(by_hand,)), by_hand, LEAVES, {}) is None
