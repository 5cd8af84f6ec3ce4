"""The archive by year, month and tag: permanent addresses, and pages that never change."""

import pytest

from newsroom.model import Post
from newsroom.render.pages.archive import PAGE
from tests.render.pieces import (
    at,
    make_event,
    make_newsroom,
    make_post,
    make_publication,
    make_site,
)
from tests.render.printed import inputs, printed

POSTS = (
    make_post("c", title="Cedern", published=at("2026-04-12T10:00"), tags=("aldre",)),
    make_post("b", title="Björken", published=at("2026-04-02T10:00")),
    make_post("a", title="Asken", published=at("2025-12-24T10:00"), tags=("aldre", "norden")),
)


def tagged(count: int) -> tuple[Post, ...]:
    """Posts of one tag, newest first, one a day."""
    return tuple(
        make_post(
            f"p{i:03}", published=at(f"2024-{1 + i // 28:02}-{1 + i % 28:02}T10:00"), tags=("x",)
        )
        for i in range(count - 1, -1, -1)
    )


def test_years_and_months_have_pages_of_their_own() -> None:
    """A year lists its months, a month its posts, and both lead to their neighbours."""
    site = printed(make_newsroom(posts=POSTS))

    assert "Cedern" in site["nyheter/2026/04/index.html"]
    assert "Björken" in site["nyheter/2026/04/index.html"]
    assert "Asken" not in site["nyheter/2026/04/index.html"]
    assert '<a href="/nyheter/2026/04/">April</a>' in site["nyheter/2026/index.html"]
    assert 'class="older" href="/nyheter/2025/"' in site["nyheter/2026/index.html"]
    assert 'class="newer" href="/nyheter/2026/04/"' in site["nyheter/2025/12/index.html"]


def test_the_front_of_the_news_counts_the_years() -> None:
    """Every year is reached from the front of the section, with how much it holds."""
    front = printed(make_newsroom(posts=POSTS))["nyheter/index.html"]

    assert '<a href="/nyheter/2026/">2026</a> <span class="quiet">2 nyheter</span>' in front
    assert '<a href="/nyheter/2025/">2025</a> <span class="quiet">1 nyhet</span>' in front


def test_tags_stand_in_the_order_of_the_alphabet() -> None:
    """Swedish words are sorted as Swedish, by what is shown and not by the slug."""
    site = make_site(tags=(("aldre", "Äldre"),))

    page = printed(make_newsroom(site=site, posts=POSTS))["amnen/index.html"]

    assert page.index(">Norden</a>") < page.index(">Äldre</a>")


def test_a_document_has_its_topics_too() -> None:
    """Its topics lead to pages that list it, also those that nothing else is of."""
    publication = make_publication(tags=("aldre", "matt"))

    site = printed(make_newsroom(posts=POSTS, publications=(publication,)))

    for tag in ("aldre", "matt"):
        assert f'href="/amnen/{tag}/"' in site["dokument/handbok/index.html"]
        assert f'href="/amnen/{tag}/"' in site["amnen/index.html"]
        assert 'href="/dokument/handbok/"' in site[f"amnen/{tag}/index.html"]
    assert 'Aldre</a> <span class="quiet">3</span>' in site["amnen/index.html"]


def test_topics_of_documents_alone_have_their_section() -> None:
    """A site without news or events leads to them from the bottom of each page."""
    site = printed(make_newsroom(publications=(make_publication(tags=("matt",)),)))

    assert "/dokument/handbok/" in site["amnen/matt/index.html"]
    assert 'href="/amnen/"' in site["index.html"]


def test_a_tag_shows_what_is_coming_and_how_to_follow_it() -> None:
    """Events to come stand before the news; past ones do not; feed and calendar are linked."""
    events = (
        make_event("forr", start=at("2026-01-01T10:00"), end=None, tags=("aldre",)),
        make_event("snart", start=at("2026-12-01T10:00"), end=None, tags=("aldre",)),
    )

    page = printed(make_newsroom(posts=POSTS, events=events))["amnen/aldre/index.html"]

    assert 'href="/kalender/snart/"' in page
    assert 'href="/kalender/forr/"' not in page
    assert 'href="/amnen/aldre/feed.xml"' in page
    assert 'href="/amnen/aldre/calendar.ics"' in page


@pytest.mark.parametrize(
    ("count", "numbered"), [(PAGE, 0), (2 * PAGE - 1, 0), (2 * PAGE, 1), (3 * PAGE + 1, 2)]
)
def test_full_pages_are_numbered_from_the_oldest(count: int, numbered: int) -> None:
    """The front holds the newest full page and what has come since; those before have numbers."""
    site = printed(make_newsroom(posts=tagged(count)))

    pages = [path for path in site if path.startswith("amnen/x/") and path.endswith("/index.html")]
    assert len(pages) == 1 + numbered
    shown = [f"p{i:03}" for i in range(count) if any(f"/p{i:03}/" in site[path] for path in pages)]
    assert len(shown) == count


def test_a_numbered_page_never_changes() -> None:
    """Posts that come later leave a full page as it was, but for the way to the next."""
    before = inputs(make_newsroom(posts=tagged(3 * PAGE)))

    after = inputs(make_newsroom(posts=tagged(3 * PAGE + 7)))

    for path in ("amnen/x/1/index.html", "amnen/x/2/index.html"):
        assert after[path] == before[path]


def test_how_many_stand_on_a_page_is_for_good() -> None:
    """Another number would move posts from page to page on every site that there is."""
    page = printed(make_newsroom(posts=tagged(90)))["amnen/x/2/index.html"]

    assert "/p030/" in page
    assert "/p059/" in page
    assert "/p029/" not in page
    assert "/p060/" not in page


def test_page_one_is_the_oldest() -> None:
    """The first page holds the first posts, and leads to the next newer."""
    page = printed(make_newsroom(posts=tagged(3 * PAGE)))["amnen/x/1/index.html"]

    assert "/p000/" in page
    assert f"/p{PAGE:03}/" not in page
    assert 'class="newer" href="/amnen/x/2/"' in page
    assert 'class="older"' not in page


def test_without_posts_there_is_no_news_section() -> None:
    """An empty section has no pages and no place in the menu; the feeds of all news are there."""
    site = printed(make_newsroom())

    assert not [path for path in site if path.startswith(("nyheter", "amnen"))]
    assert {"feed.xml", "atom.xml", "feed.json"} <= site.keys()
    assert "/nyheter/" not in site["index.html"]
