"""Tags that are spelt in several ways and share a page: they are one tag."""

from collections import Counter

from lxml import etree

from newsroom.render.pages.whole_site import plan
from tests.render.pieces import at, make_event, make_newsroom, make_post, make_site
from tests.render.printed import NOW, packaged, printed

POSTS = (
    make_post("c", title="Cedern", published=at("2026-04-12T10:00"), tags=("Hälsa", "halsa")),
    make_post("b", title="Björken", published=at("2026-04-02T10:00"), tags=("halsa",)),
    make_post("a", title="Asken", published=at("2025-12-24T10:00"), tags=("hälsa",)),
)
EVENTS = (
    make_event("snart", start=at("2026-12-01T10:00"), end=None, tags=("halsa",)),
    make_event("sedan", start=at("2027-01-10T10:00"), end=None, tags=("Hälsa",)),
)
NEWSROOM = make_newsroom(posts=POSTS, events=EVENTS)


def test_no_piece_is_lost_by_its_spelling() -> None:
    """The page, the feed and the calendar of a tag hold what is tagged in any of its spellings."""
    site = printed(NEWSROOM)

    page = site["amnen/halsa/index.html"]
    channel = etree.fromstring(site["amnen/halsa/feed.xml"].encode())
    assert all(f"/{slug}/" in page for slug in ("a", "b", "c", "snart", "sedan"))
    assert channel.xpath("//item/title/text()") == ["Cedern", "Björken", "Asken"]
    assert site["amnen/halsa/calendar.ics"].count("BEGIN:VEVENT") == len(EVENTS)


def test_the_list_of_tags_has_it_once() -> None:
    """It is counted with everything in it, and shown with its å, ä and ö."""
    site = printed(NEWSROOM)

    assert site["amnen/index.html"].count('href="/amnen/halsa/"') == 1
    assert ">Hälsa</a>" in site["amnen/index.html"]
    assert ">Halsa</a>" not in site["amnen/index.html"]


def test_the_spelling_of_site_yaml_wins() -> None:
    """A tag that site.yaml has words for is shown with those, however else it is spelt."""
    site = make_site(tags=(("halsa", "Folkhälsa"),))

    page = printed(make_newsroom(site=site, posts=POSTS))["amnen/index.html"]

    assert ">Folkhälsa</a>" in page
    assert ">Hälsa</a>" not in page


def test_no_two_files_have_one_path() -> None:
    """Each file of the site is planned once, so that none overwrites another."""
    paths = Counter(page.path for page in plan(NEWSROOM, NOW, packaged()).pages)

    assert [path for path, count in paths.items() if count > 1] == []
