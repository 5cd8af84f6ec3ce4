"""No document that a program fetches is larger than readers take, whoever writes how much."""

import json
from functools import cache

import pytest
from lxml import etree

from newsroom.model import FeedOptions
from newsroom.render.feeds.feed_entries import MOST_OCTETS
from newsroom.render.pages.library import Library
from newsroom.render.pages.streams import feeds
from newsroom.render.text.markdown import render_markdown
from tests.render.pieces import at, make_member, make_newsroom, make_post, make_site
from tests.render.printed import NOW

MANY = 70
LONG = "å & ä & ö " * 4_000  # octets, some eighty thousand of them once escaped
POSTS = tuple(
    make_post(
        f"p{number:02}",
        published=at(f"2026-{1 + number // 12:02}-{1 + number % 12:02}T10:00"),
        body=LONG,
        tags=("halsa",),
        members=("kvarnmo",),
    )
    for number in reversed(range(MANY))
)


def written(limit: int) -> dict[str, bytes]:
    """Every feed of a newsroom whose posts are long, all of one topic and of one member."""
    site = make_site(feed=FeedOptions(limit=limit))
    newsroom = make_newsroom(site=site, posts=POSTS, members=(make_member(),))
    library = Library(newsroom, NOW, cache(render_markdown))
    return {page.path: page.render() for page in feeds(library)}


def count(path: str, document: bytes) -> int:
    """How many entries a feed has."""
    if path.endswith(".json"):
        return len(json.loads(document)["items"])
    return int(etree.fromstring(document).xpath("count(//item | //*[local-name()='entry'])"))


@pytest.mark.parametrize("limit", [30, 100])
def test_no_feed_is_larger_than_readers_take(limit: int) -> None:
    """Feeds of everything, of a topic and of a member, and their archive: each is small enough."""
    found = written(limit)

    assert {path: len(text) for path, text in found.items() if len(text) > MOST_OCTETS} == {}
    assert {"feed.xml", "amnen/halsa/feed.xml", "medlemmar/kvarnmo/feed.xml"} <= found.keys()


def test_no_feed_has_more_entries_than_asked_for() -> None:
    """What is subscribed to has the newest, thirty at most, and the newest of all first."""
    found = written(30)

    for path in ("feed.xml", "feed.json", "amnen/halsa/feed.xml", "medlemmar/kvarnmo/feed.xml"):
        assert 15 < count(path, found[path]) <= 30, path
    newest = etree.fromstring(found["amnen/halsa/feed.xml"]).findtext("channel/item/guid")
    assert newest == POSTS[0].id
