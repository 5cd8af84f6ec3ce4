"""The front page."""

from dataclasses import replace

from newsroom.model import Placement
from tests.render.pieces import at, make_event, make_newsroom, make_post, make_publication
from tests.render.printed import printed

POSTS = tuple(make_post(f"p{i}", published=at(f"2026-05-{20 - i:02}T10:00")) for i in range(12))


def test_the_newest_post_leads() -> None:
    """The newest is the lead, the seven after it the list, and nothing stands twice."""
    page = printed(make_newsroom(posts=POSTS))["index.html"]

    assert page.index("/p0/") < page.index("/p1/")
    assert page.count('href="/nyheter/2026/p0/"') == 1
    assert "/p7/" in page
    assert "/p8/" not in page


def test_a_post_that_asks_to_lead_does_so_while_it_is_new() -> None:
    """Among the five newest, the one that wants the lead has it; an old one has not."""
    asking = tuple(
        replace(p, placement=Placement.LEAD) if p.slug in {"p2", "p9"} else p for p in POSTS
    )

    page = printed(make_newsroom(posts=asking))["index.html"]

    assert page.index("/p2/") < page.index("/p0/")


def test_the_next_events_stand_beside() -> None:
    """Five events to come, the nearest first; none that has been."""
    events = tuple(
        make_event(f"e{i}", start=at(f"2026-{m:02}-01T10:00"), end=None)
        for i, m in enumerate(range(5, 13))
    )

    page = printed(make_newsroom(events=events), at("2026-06-15T00:00"))["index.html"]

    assert "/e1/" not in page
    assert page.index("/e2/") < page.index("/e6/")
    assert "/e7/" not in page


def test_the_only_news_stands_beside_the_calendar() -> None:
    """One post and nothing else makes one row; with more it leads above all of it."""
    one, two = (printed(make_newsroom(posts=POSTS[:n]))["index.html"] for n in (1, 2))

    assert one.index('class="columns"') < one.index("/p0/") < one.index('class="side"')
    assert two.index("/p0/") < two.index('class="columns"') < two.index("/p1/")


def test_documents_fill_the_page_where_news_is_little() -> None:
    """With a handful of posts the newest documents stand below them; with more they do not."""
    documents = tuple(make_publication(slug=f"d{i}", title=f"D {i}") for i in range(4))

    few = printed(make_newsroom(posts=POSTS[:4], publications=documents))["index.html"]
    many = printed(make_newsroom(posts=POSTS[:5], publications=documents))["index.html"]

    assert few.index("/p3/") < few.index("/dokument/d0/") < few.index("/dokument/d2/")
    assert "/dokument/d3/" not in few
    assert '<a href="/dokument/">Alla dokument</a>' in few
    assert "/dokument/d0/" not in many


def test_an_empty_newsroom_has_a_front_page() -> None:
    """With nothing published there is still a page, with the sign-up form."""
    page = printed(make_newsroom())["index.html"]

    assert '<form class="sign-up" method="post" action="/prenumerera/">' in page
    assert 'class="columns"' not in page
