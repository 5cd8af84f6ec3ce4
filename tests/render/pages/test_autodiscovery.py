"""Programs find what there is to subscribe to from the page that it is about."""

import re
from typing import Any

import pytest

from tests.render.pieces import make_event, make_member, make_newsroom, make_post
from tests.render.printed import printed

_ALTERNATE = re.compile(r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="/([^"]+)">')
TYPES = {"ics": "text/calendar", "xml": "application/rss+xml", "json": "application/feed+json"}
HOMES = {  # each stream but the feeds of everything, and the page that it is about
    "calendar.ics": "kalender/",
    "kalender/mote.ics": "kalender/mote/",
    "amnen/halsa/feed.xml": "amnen/halsa/",
    "amnen/halsa/calendar.ics": "amnen/halsa/",
    "medlemmar/kvarnmo/feed.xml": "medlemmar/kvarnmo/",
    "medlemmar/kvarnmo/calendar.ics": "medlemmar/kvarnmo/",
}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """A site with every kind of stream."""
    about: dict[str, Any] = {"tags": ("halsa",), "members": ("kvarnmo",)}
    return printed(
        make_newsroom(
            posts=(make_post(**about),), events=(make_event(**about),), members=(make_member(),)
        )
    )


@pytest.mark.parametrize(("stream", "page"), HOMES.items())
def test_a_stream_is_announced_on_its_page(site: dict[str, str], stream: str, page: str) -> None:
    """With its type, and a title that tells it from the others of the page."""
    announced = _ALTERNATE.findall(site[f"{page}index.html"])

    types = {address: media_type for media_type, _, address in announced}
    titles = [(media_type, title) for media_type, title, _ in announced]
    assert types[stream] == TYPES[stream.rpartition(".")[2]]
    assert len(set(titles)) == len(titles)


def test_every_stream_is_announced_somewhere(site: dict[str, str]) -> None:
    """Nothing can be subscribed to that no page leads a program to."""
    announced = {a for path, text in site.items() for _, _, a in _ALTERNATE.findall(text)}

    streams = {path for path in site if re.search(r"(^|/)feed\.(xml|json)$|\.ics$|^atom", path)}
    assert streams == {*HOMES, "feed.xml", "atom.xml", "feed.json"}
    assert streams == announced
