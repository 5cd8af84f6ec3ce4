"""A feed of another system, as clippings."""

import json
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from newsroom.content.foreign.feed import read_feed
from newsroom.errors import ContentError

SOURCE = PurePosixPath("feed.xml")
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>G</title><link>https://gamla.example/</link>
<item><title>Vi har &lt;i&gt;öppnat&lt;/i&gt;</title><link>https://gamla.example/2019/vi-har-oppnat/</link>
<guid isPermaLink="false">tag:gamla,2019:12</guid><pubDate>Mon, 04 Mar 2019 09:30:00 +0100</pubDate>
<dc:creator>Anna Ek</dc:creator><category>Hälsa</category><description>Kort</description>
<content:encoded><![CDATA[<p>Välkommen! <img src="/bild.png"></p>]]></content:encoded></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>G</title>
<id>https://gamla.example/</id><link href="https://gamla.example/"/><updated>2019-03-05T00:00:00Z</updated>
<entry><id>urn:uuid:1</id><title>Ny</title><link href="https://gamla.example/ny.html"/>
<published>2019-03-04T08:30:00Z</published><updated>2019-03-05T08:30:00Z</updated>
<author><name>Anna Ek</name></author>
<content type="html">&lt;p&gt;Hej&lt;/p&gt;</content></entry></feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "G",
    "home_page_url": "https://gamla.example/",
    "items": [
        {
            "id": 7,
            "url": "https://gamla.example/ny",
            "title": "Ny",
            "content_html": "<p>Hej</p>",
            "date_published": "2019-03-04T09:30:00+01:00",
            "authors": [{"name": "Anna Ek"}, {"name": "Bo Ek"}],
            "tags": ["Hälsa"],
        }
    ],
}


def test_rss() -> None:
    """Its guid letter for letter, its instant, and the whole text rather than the short one."""
    export = read_feed(RSS.encode(), SOURCE)

    (found,) = export.clippings
    assert (found.key, found.title, found.slug) == (
        "tag:gamla,2019:12",
        "Vi har öppnat",
        "vi-har-oppnat",
    )
    assert found.published == datetime(2019, 3, 4, 8, 30, tzinfo=UTC)
    assert (found.author, found.tags, found.summary) == ("Anna Ek", ("Hälsa",), "Kort")
    assert "Välkommen!" in found.html
    assert export.old_site == "https://gamla.example"


def test_atom() -> None:
    """Published and updated are two things."""
    (found,) = read_feed(ATOM.encode(), SOURCE).clippings

    assert (found.key, found.slug, found.author) == ("urn:uuid:1", "ny", "Anna Ek")
    assert found.published == datetime(2019, 3, 4, 8, 30, tzinfo=UTC)
    assert found.updated == datetime(2019, 3, 5, 8, 30, tzinfo=UTC)


def test_json_feed() -> None:
    """A number for an id is its text, as readers of feeds take it."""
    (found,) = read_feed(json.dumps(JSON).encode(), SOURCE).clippings

    assert (found.key, found.author, found.html) == ("7", "Anna Ek, Bo Ek", "<p>Hej</p>")
    assert found.published == datetime(2019, 3, 4, 8, 30, tzinfo=UTC)
    assert found.updated is None


@pytest.mark.parametrize(
    "strange",
    [
        {"tags": None, "authors": None, "author": "Anna"},
        {"url": "http://[", "image": {"x": 1}, "title": None},
        {"date_modified": "2019-03-05"},
        {"date_published": "i går", "date_modified": [1]},
        {"content_html": None, "content_text": "a < b\n\nc"},
    ],
)
def test_a_json_feed_may_be_strange(strange: dict[str, object]) -> None:
    """What is not as the standard has it is as if it were not there."""
    item = {**JSON["items"][0], **strange}  # type: ignore[dict-item]

    (found,) = read_feed(
        json.dumps({**JSON, "items": [item, "x", None]}).encode(), SOURCE
    ).clippings

    assert found.key == "7"
    assert found.updated is None
    if "content_text" in strange:
        assert found.html == "<p>a &lt; b</p>\n<p>c</p>"


def test_a_title_cannot_disturb_the_terminal() -> None:
    """What a terminal obeys is taken out."""
    item = {**JSON["items"][0], "title": "Ny\x1b[2J\r\ntext\x07"}  # type: ignore[dict-item]

    (found,) = read_feed(json.dumps({**JSON, "items": [item]}).encode(), SOURCE).clippings

    assert found.title == "Ny[2J text"


def test_a_feed_cannot_open_a_file_or_swell() -> None:
    """A name in it is a name, and an entity of its own is none."""
    evil = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    feed = RSS.replace('"1.0"?>', f'"1.0"?>{evil}').replace("Kort", "&f;")

    for clipping in read_feed(feed.encode(), SOURCE).clippings:
        assert "root:" not in f"{clipping.summary}{clipping.html}"
    with pytest.raises(ContentError):
        read_feed(b"/etc/passwd", SOURCE)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"{}", b"{", b'{"version": "1"}'])
def test_another_file_is_refused(content: bytes) -> None:
    """The answer says what to save."""
    with pytest.raises(ContentError, match=r"feed\.xml: this is no feed"):
        read_feed(content, SOURCE)
