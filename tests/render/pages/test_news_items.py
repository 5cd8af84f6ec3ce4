"""News that nobody wrote stands among the posts, on the pages as in the feeds."""

import re

from newsroom.model import Earlier, Event, EventStatus
from tests.render.pieces import at, make_event, make_newsroom, make_post
from tests.render.printed import inputs, printed

POSTS = tuple(make_post(f"p{day}", published=at(f"2026-05-{day}T10:00")) for day in (20, 12, 11))
OFF = make_event(
    title="Höstmöte",
    status=EventStatus.CANCELLED,
    previously=(Earlier(status=EventStatus.PLANNED, changed=at("2026-05-15T08:00")),),
)
TOLD = '<a href="/kalender/mote/">Inställt: Höstmöte</a>'
NOW = at("2026-06-01T09:00")


def site_with(*events: Event) -> dict[str, str]:
    """The site of three posts and some events."""
    return printed(make_newsroom(posts=POSTS, events=events), NOW)


def test_what_a_feed_tells_the_site_tells() -> None:
    """A cancelled event is news on the front page, in the news section and in its archive."""
    site = site_with(OFF)

    for path in ("index.html", "nyheter/index.html", "nyheter/2026/index.html"):
        page = site[path]
        assert page.count(TOLD) == 1, path
        assert page.index("/p20/") < page.index(TOLD) < page.index("/p12/"), path
    assert TOLD in site["nyheter/2026/05/index.html"]
    assert "4 nyheter" in site["nyheter/index.html"]
    assert "Inställt: Höstmöte" in site["feed.xml"]


def test_a_month_with_nothing_else() -> None:
    """A change in a month without posts has its page in the archive, between the others."""
    later = Earlier(status=EventStatus.PLANNED, changed=at("2026-06-01T08:00"))
    site = site_with(make_event(status=EventStatus.CANCELLED, previously=(later,)))

    assert "Inställt: Träffen mote" in site["nyheter/2026/06/index.html"]
    assert 'href="/nyheter/2026/06/"' in site["nyheter/2026/05/index.html"]


def test_a_post_leads() -> None:
    """The lead of the front page is what somebody wrote, also when an event was changed since."""
    late = Earlier(status=EventStatus.PLANNED, changed=at("2026-05-30T08:00"))
    page = site_with(make_event(status=EventStatus.CANCELLED, previously=(late,)))["index.html"]

    lead = re.search(r'<article class="lead.*?</article>', page, re.DOTALL)

    assert lead
    assert "/p20/" in lead[0]
    assert "Inställt" not in lead[0]


def test_without_posts_there_is_no_such_news() -> None:
    """A site with a calendar alone has no news section, and no link to one."""
    site = printed(make_newsroom(events=(OFF,)), NOW)

    assert "nyheter/index.html" not in site
    assert "Inställt: Höstmöte" not in site["index.html"]


def test_a_change_is_seen_by_the_pages_that_show_it() -> None:
    """When an event is called off, the lists of its month are made anew and older ones are not."""
    old = make_post("gammal", published=at("2026-01-10T10:00"))
    before = inputs(make_newsroom(posts=(*POSTS, old), events=(make_event(title="Höstmöte"),)), NOW)
    after = inputs(make_newsroom(posts=(*POSTS, old), events=(OFF,)), NOW)

    new = {path for path in after if after[path] != before.get(path)}

    assert {"index.html", "nyheter/index.html", "nyheter/2026/05/index.html"} <= new
    assert "nyheter/2026/01/index.html" not in new
