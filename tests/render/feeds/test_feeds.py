import json
import locale
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree

from newsroom.model import ChannelKind, NamedChannel
from newsroom.render.feeds.feed_entries import Enclosure, Entry
from newsroom.render.feeds.feeds import FeedInfo, atom, feed_info, rss
from newsroom.render.feeds.json_feed import json_feed
from tests.render.pieces import URL, at, make_site

Write = Callable[[FeedInfo, Sequence[Entry]], bytes]
FEED = feed_info(make_site(), "feed.xml")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


def make_entry(number: int = 1, **other: object) -> Entry:
    """An entry that says a little of everything."""
    values: dict[str, object] = {
        "id": f"urn:uuid:{number}",
        "title": f"Nyhet {number}: 3 < 4 & <b>åäö</b>",
        "url": f"{URL}/nyheter/2026/nyhet-{number}/",
        "published": at(f"2026-04-{number:02}T10:00"),
        "updated": at(f"2026-04-{number:02}T10:00"),
        "lang": "sv",
        "author": "Åsa Öberg",
        "summary": "Kort & gott.",
        "html": "<p>Hela texten ]]> &amp; mer.</p>",
        "tags": ("Nyhet", "Jämlik hälsa"),
        "enclosures": (
            Enclosure(f"{URL}/filer/a.pdf", 123_456, "application/pdf", "Program"),
            Enclosure(f"{URL}/filer/b.pdf", 7, "application/pdf", "Karta"),
        ),
    }
    return Entry(**{**values, **other})  # type: ignore[arg-type]


ENTRIES = (make_entry(3, updated=at("2026-05-01T09:00")), make_entry(2, lang="en"), make_entry(1))


def channel(entries: Sequence[Entry] = ENTRIES, feed: FeedInfo = FEED) -> etree._Element:
    """The channel of an RSS document."""
    found = etree.fromstring(rss(feed, entries)).find("channel")
    assert found is not None
    return found


def test_rss_channel() -> None:
    """The channel has one link, to the site, and says where it is itself."""
    made = channel()

    assert [link.text for link in made.findall("link")] == [f"{URL}/"]
    assert [dict(link.attrib) for link in made.findall(f"{ATOM}link")] == [
        {"href": f"{URL}/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]
    assert made.findtext("title") == "Nätverket Exempel"
    assert made.findtext("description") == "Kommuner som arbetar för jämlik hälsa."
    assert made.findtext("language") == "sv"


@pytest.mark.parametrize("write", [rss, atom])
def test_order_is_kept(write: Write) -> None:
    """Entries come out in the order given."""
    parsed = feedparser.parse(write(FEED, ENTRIES))

    assert [entry.id for entry in parsed.entries] == ["urn:uuid:3", "urn:uuid:2", "urn:uuid:1"]


def test_channel_date_is_the_newest_update() -> None:
    """The feed changes when an entry does, and never by the clock."""
    assert parsedate_to_datetime(channel().findtext("lastBuildDate") or "") == at(
        "2026-05-01T09:00"
    )
    assert etree.fromstring(atom(FEED, ENTRIES)).findtext(f"{ATOM}updated") == (
        "2026-05-01T09:00:00+02:00"
    )


@pytest.mark.parametrize("write", [rss, atom, json_feed])
def test_same_entries_same_bytes(write: Write) -> None:
    """Two documents of the same entries are the same bytes, with entries and without."""
    assert write(FEED, ENTRIES) == write(FEED, ENTRIES)
    assert write(FEED, ()) == write(FEED, ())


def test_rss_item() -> None:
    """An item has a guid that is no address, a plain title, a short and a whole text, a date."""
    item = channel().findall("item")[0]

    assert [child.tag for child in item][:4] == ["title", "link", "description", CONTENT]
    assert item.findtext("title") == "Nyhet 3: 3 < 4 & <b>åäö</b>"
    assert item.findtext("link") == f"{URL}/nyheter/2026/nyhet-3/"
    assert item.findtext("description") == "Kort &amp; gott."  # HTML, as RSS has it
    assert item.findtext(CONTENT) == "<p>Hela texten ]]> &amp; mer.</p>"
    guid = item.find("guid")
    assert guid is not None
    assert (guid.text, dict(guid.attrib)) == ("urn:uuid:3", {"isPermaLink": "false"})
    assert item.findtext("pubDate") == "Fri, 03 Apr 2026 10:00:00 +0200"
    assert [category.text for category in item.findall("category")] == ["Nyhet", "Jämlik hälsa"]
    assert item.find("author") is None
    assert item.findtext(f"{DC}creator") == "Åsa Öberg"


def test_rss_item_of_another_language() -> None:
    """Each item says its language."""
    languages = [item.findtext(f"{DC}language") for item in channel().findall("item")]

    assert languages == ["sv", "en", "sv"]


def test_one_enclosure() -> None:
    """RSS has the first file, with its true size and type."""
    enclosures = channel().findall("item")[0].findall("enclosure")

    assert [dict(enclosure.attrib) for enclosure in enclosures] == [
        {"url": f"{URL}/filer/a.pdf", "length": "123456", "type": "application/pdf"}
    ]


def test_summary_only() -> None:
    """A feed of summaries has descriptions and no whole text."""
    entry = make_entry(html=None)

    item = channel([entry]).find("item")
    assert item is not None
    assert item.find(CONTENT) is None
    assert item.findtext("description") == "Kort &amp; gott."  # HTML, as RSS has it
    parsed = etree.fromstring(atom(FEED, [entry])).find(f"{ATOM}entry")
    assert parsed is not None
    assert parsed.findtext(f"{ATOM}summary") == "Kort & gott."
    assert parsed.find(f"{ATOM}content") is None
    assert json.loads(json_feed(FEED, [entry]))["items"][0]["content_text"] == "Kort & gott."


def test_atom() -> None:
    """Feed and entries have id, title, author, dates, and one link to their page."""
    root = etree.fromstring(atom(FEED, ENTRIES))
    entry = root.findall(f"{ATOM}entry")[1]
    content = entry.find(f"{ATOM}content")

    assert root.findtext(f"{ATOM}id") == f"{URL}/feed.xml"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Nätverket Exempel"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert entry.findtext(f"{ATOM}id") == "urn:uuid:2"
    assert entry.findtext(f"{ATOM}published") == "2026-04-02T10:00:00+02:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Åsa Öberg"
    assert content is not None
    assert content.get("type") == "html"
    assert content.text == "<p>Hela texten ]]> &amp; mer.</p>"
    for element in (root, entry):  # a link without `rel` is alternate too
        links = [link.get("rel", "alternate") for link in element.findall(f"{ATOM}link")]
        assert links.count("alternate") == 1


def test_atom_files() -> None:
    """An Atom entry links to every file of its post, as files."""
    entry = etree.fromstring(atom(FEED, ENTRIES)).find(f"{ATOM}entry")
    assert entry is not None
    links = [dict(link.attrib) for link in entry.findall(f"{ATOM}link")]

    assert [link["length"] for link in links if link.get("rel") == "enclosure"] == ["123456", "7"]


def test_json_feed() -> None:
    """JSON Feed has every file, string ids, and nothing empty."""
    document = json.loads(json_feed(FEED, ENTRIES))
    item = document["items"][0]

    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"{URL}/feed.xml"
    assert document["home_page_url"] == f"{URL}/"
    assert document["language"] == "sv"
    assert "hubs" not in document
    assert item["id"] == "urn:uuid:3"
    assert item["content_html"] == "<p>Hela texten ]]> &amp; mer.</p>"
    assert item["date_published"] == "2026-04-03T10:00:00+02:00"
    assert item["date_modified"] == "2026-05-01T09:00:00+02:00"
    assert item["authors"] == [{"name": "Åsa Öberg"}]
    assert [file["size_in_bytes"] for file in item["attachments"]] == [123_456, 7]
    assert "image" not in item


def test_hub() -> None:
    """A hub is named in every format when one is configured, and only then."""
    site = make_site(announce=(NamedChannel(ChannelKind.WEBSUB, "https://hub.example/"),))
    feed = feed_info(site, "feed.xml")

    links = {
        link.get("rel"): link.get("href") for link in channel(feed=feed).findall(f"{ATOM}link")
    }
    assert links["hub"] == "https://hub.example/"
    root = etree.fromstring(atom(feed, ENTRIES))
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "hub", "alternate"}
    assert json.loads(json_feed(feed, ()))["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example/"}
    ]


def test_feed_of_a_tag() -> None:
    """A tag's feed has a title, an id and a page of its own, below the site's first address."""
    site = make_site(first_url="https://gammal.example.se", description="")

    feed = feed_info(site, "amnen/halsa/feed.xml", title="Exempel: hälsa", page="amnen/halsa/")

    assert feed.id == "https://gammal.example.se/amnen/halsa/feed.xml"
    assert feed.site_url == f"{URL}/amnen/halsa/"
    assert feed.title == "Exempel: hälsa"
    assert feed.description == "Nätverket Exempel"


@pytest.mark.parametrize("write", [rss, atom])
def test_an_independent_reader(write: Write) -> None:
    """A feed reader finds nothing to complain of, and the texts as they were."""
    parsed = feedparser.parse(write(FEED, ENTRIES))

    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries] == [entry.url for entry in ENTRIES]
    assert parsed.entries[0].content[0].value == "<p>Hela texten ]]> &amp; mer.</p>"
    assert parsed.entries[0].author == "Åsa Öberg"


def test_threads() -> None:
    """Feeds made at the same time are right, and leave the process's locale as it was."""
    before = locale.setlocale(locale.LC_ALL)
    expected = rss(FEED, ENTRIES)

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: rss(FEED, ENTRIES), range(40)))

    assert made == {expected}
    assert locale.setlocale(locale.LC_ALL) == before
