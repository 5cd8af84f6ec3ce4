import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import feedparser
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsroom.model import (
    Card,
    ChannelKind,
    Earlier,
    Event,
    FeedOptions,
    NamedChannel,
    Newsroom,
    Post,
    Shelf,
)
from newsroom.model.filing import card_of
from newsroom.render.feeds.feed_parts import PART
from newsroom.render.pages.library import Library
from newsroom.render.pages.streams import calendars, feeds
from tests.render.feed_rules import ATOM, HISTORY
from tests.render.pieces import (
    URL,
    at,
    make_event,
    make_member,
    make_newsroom,
    make_post,
    make_site,
)
from tests.render.printed import NOW

ARCHIVE = tuple(
    make_post(f"p{n:03}", published=NOW - timedelta(days=3 * n), body=f"Text {n}.")
    for n in range(100)
)


def written(newsroom: Newsroom) -> dict[str, bytes]:
    """Every feed, by path."""
    return {page.path: page.render() for page in feeds(Library(newsroom, NOW))}


def planned(newsroom: Newsroom) -> dict[str, str]:
    """What each feed is made from, as builds compare it."""
    return {page.path: page.digest for page in feeds(Library(newsroom, NOW))}


def atom_links(document: bytes) -> dict[str, str]:
    """The links of a feed, by relation."""
    found = etree.fromstring(document).findall(f"{ATOM}link")
    return {link.get("rel"): link.get("href").removeprefix(f"{URL}/") for link in found}


def atom_chain(found: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Each document with its ids, from the subscription document to the oldest."""
    path: str | None = "atom.xml"
    while path:
        entries = etree.fromstring(found[path]).findall(f"{ATOM}entry")
        yield path, [entry.findtext(f"{ATOM}id") for entry in entries]
        path = atom_links(found[path]).get("prev-archive")


def json_chain(found: dict[str, bytes]) -> Iterator[list[str]]:
    """The ids of each JSON document, from the subscription document to the oldest."""
    path: str | None = "feed.json"
    while path:
        document = json.loads(found[path])
        assert document["feed_url"] == f"{URL}/{path}"
        assert path == "feed.json" or "hubs" not in document
        yield [item["id"] for item in document["items"]]
        path = document.get("next_url", "").removeprefix(f"{URL}/")


days = st.lists(st.integers(0, 400), max_size=80)


@settings(max_examples=25, deadline=None)
@given(days.filter(bool), st.lists(st.integers(0, 400), max_size=5), st.integers(1, 40))
def test_the_chain_holds_each_post_and_notice_once(
    posts: list[int], changes: list[int], limit: int
) -> None:
    """From the subscription document back through the archive, everything public comes once."""
    newsroom = make_newsroom(
        site=make_site(
            feed=FeedOptions(limit=limit),
            announce=(NamedChannel(ChannelKind.WEBSUB, "https://hub.example/"),),
        ),
        posts=tuple(
            make_post(f"p{n}", published=NOW - timedelta(days=day)) for n, day in enumerate(posts)
        ),
        events=tuple(changed(f"e{n}", day) for n, day in enumerate(changes)),
    )

    found = written(newsroom)

    chain = [ids for _, ids in atom_chain(found)]
    everything = [id_ for ids in chain for id_ in ids]
    assert len(everything) == len(set(everything)) == len(posts) + len(changes)
    assert {post.id for post in newsroom.posts} <= set(everything)
    assert list(json_chain(found)) == chain
    assert [guid.text for guid in etree.fromstring(found["feed.xml"]).iter("guid")] == chain[0]
    assert len(chain[0]) <= max(limit, PART)


def changed(slug: str, day: int) -> Event:
    """An event that was moved so many days ago."""
    moment = NOW - timedelta(days=day)
    return make_event(slug, previously=(Earlier(start=at("2026-10-01T10:00"), changed=moment),))


def test_documents_of_the_archive() -> None:
    """Each says what it is part of and what stands beside it, both ways, and where it is."""
    found = written(make_newsroom(posts=ARCHIVE))
    documents = [path for path, _ in atom_chain(found)]

    assert documents[:3] == ["atom.xml", "archive/2026-08.xml", "archive/2026-07.xml"]
    for path, newer, older in zip(
        documents[1:], documents[:-1], [*documents[2:], None], strict=True
    ):
        links = atom_links(found[path])
        root = etree.fromstring(found[path])
        assert root.find(HISTORY) is not None
        assert root.findtext(f"{ATOM}id") == f"{URL}/atom.xml"
        assert (links["self"], links["current"]) == (path, "atom.xml")
        assert links.get("prev-archive") == older
        assert links.get("next-archive") == (None if newer == "atom.xml" else newer)
        assert "hub" not in links
    assert etree.fromstring(found["atom.xml"]).find(HISTORY) is None
    rss = etree.fromstring(found["feed.xml"])
    back = [link.get("href") for link in rss.iter(f"{ATOM}link") if link.get("rel") != "self"]
    assert back == [f"{URL}/{documents[1]}"]


@pytest.mark.parametrize("more", range(1, 32))
def test_publishing_touches_few_documents(more: int) -> None:
    """One post more is in the subscription documents, and gives one document to the archive."""
    posts = tuple(
        make_post(f"ny{n}", published=NOW - timedelta(hours=n)) for n in range(more - 1, 0, -1)
    )
    newest = tuple(sorted(posts, key=lambda post: post.published, reverse=True))
    old = tuple(post for post in ARCHIVE if post.published < NOW - timedelta(days=2))
    before = planned(make_newsroom(posts=(*newest, *old)))

    after = planned(make_newsroom(posts=(make_post("sist", published=NOW), *newest, *old)))

    subscriptions = {"feed.xml", "atom.xml", "feed.json"}
    touched = {path for path in after if before.get(path) != after[path]} - subscriptions
    new = touched - before.keys()
    assert {path.rpartition(".")[2] for path in new} in (set(), {"xml", "json"})
    assert len(new) in {0, 2}
    assert len(touched - new) <= 1
    assert before.keys() <= after.keys()


def test_a_correction_touches_the_document_it_stands_in() -> None:
    """A corrected post of the archive makes its own documents new and no other."""
    corrected = make_post("p060", published=ARCHIVE[60].published, body="Rättad och längre. " * 99)
    before = planned(make_newsroom(posts=ARCHIVE))

    after = planned(make_newsroom(posts=(*ARCHIVE[:60], corrected, *ARCHIVE[61:])))

    touched = sorted(path for path in after if before[path] != after[path])
    assert [path.rpartition(".")[0] for path in touched] == ["archive/2026-05"] * 2


def test_a_notice_gives_way_to_a_post() -> None:
    """A change of an event is an entry until the title of a post tells of it."""
    event = replace(changed("mote", 10), start=at("2026-12-03T10:00"), end=None)
    about = make_post(
        "om", title="Träffen mote får ny tid", event="mote", published=NOW - timedelta(days=9)
    )
    silent, told = (
        written(make_newsroom(posts=posts, events=(event,)))["atom.xml"].decode()
        for posts in (ARCHIVE[:5], (*ARCHIVE[:3], about, *ARCHIVE[3:5]))
    )

    assert "Ny dag: Träffen mote" in silent
    assert "Ny dag: Träffen mote" not in told


def test_feeds_of_tags_and_members() -> None:
    """A tag and a member that posts name have feeds of them, with the notices of their events."""
    posts = (make_post("a", tags=("halsa",), members=("kvarnmo",)), make_post("b"))
    event = make_event(
        members=("kvarnmo",),
        tags=("halsa",),
        previously=(Earlier(start=at("2026-10-01T10:00"), changed=at("2026-05-01T10:00")),),
    )
    members = (make_member(), make_member("lovhamn"))

    found = written(make_newsroom(posts=posts, events=(event,), members=members))

    for path in ("amnen/halsa/feed.xml", "medlemmar/kvarnmo/feed.xml"):
        titles = [item.findtext("title") for item in etree.fromstring(found[path]).iter("item")]
        assert titles == ["Ny tid: Träffen mote", "Nyheten a"]
    channel = etree.fromstring(found["medlemmar/kvarnmo/feed.xml"]).find("channel")
    assert channel is not None
    assert channel.findtext("title") == "Nätverket Exempel: Kvarnmo kommun"
    assert channel.findtext("link") == f"{URL}/medlemmar/kvarnmo/"
    assert "medlemmar/lovhamn/feed.xml" not in found


def test_calendars_of_tags_members_and_events() -> None:
    """A calendar of each tag, member and event holds its events, past and cancelled ones too."""
    events = (
        make_event("forr", start=at("2024-10-21T13:00"), end=None, members=("kvarnmo",)),
        make_event("snart", tags=("halsa",), members=("kvarnmo", "kvarnmo", "borta")),
    )
    library = Library(make_newsroom(events=events, members=(make_member(),)), NOW)

    found = {page.path: page.render() for page in calendars(library)}

    assert {path: uids(text) for path, text in found.items()} == {
        "calendar.ics": ["urn:uuid:forr", "urn:uuid:snart"],
        "amnen/halsa/calendar.ics": ["urn:uuid:snart"],
        "medlemmar/kvarnmo/calendar.ics": ["urn:uuid:forr", "urn:uuid:snart"],
        "kalender/forr.ics": ["urn:uuid:forr"],
        "kalender/snart.ics": ["urn:uuid:snart"],
    }


def uids(written: bytes) -> list[str]:
    """The events of a calendar as an independent parser finds them."""
    calendar: Any = vobject.readOne(written.decode())
    return [event.uid.value for event in calendar.contents["vevent"]]


def test_those_of_everything_are_always_there() -> None:
    """Who follows the news or the events meets no missing page when the last one goes."""
    library = Library(make_newsroom(), NOW)
    made = {page.path: page.render() for page in feeds(library)}

    assert made.keys() == {"feed.xml", "atom.xml", "feed.json"}
    for path in ("feed.xml", "atom.xml"):
        feed = feedparser.parse(made[path])
        assert (feed.bozo, feed.entries) == (False, [])
    assert json.loads(made["feed.json"])["items"] == []
    (calendar,) = calendars(library)
    assert calendar.path == "calendar.ics"


def test_a_notice_needs_no_post() -> None:
    """An event that was called off is told of in feeds also where there is no other news."""
    event = replace(changed("mote", 10), start=at("2026-12-03T10:00"), end=None)

    made = written(make_newsroom(events=(event,)))

    for path in ("feed.xml", "atom.xml", "feed.json"):
        assert "Ny dag: Träffen mote" in made[path].decode()


def test_the_calendar_stays_when_its_last_event_goes() -> None:
    """Programs that subscribed find it empty, and take the event out; it is still a calendar."""
    (made,) = calendars(Library(make_newsroom(), NOW))

    calendar: Any = vobject.readOne(made.render().decode())

    assert [part.name for part in calendar.components()] == ["VTIMEZONE"]  # RFC 5545, section 3.6
    assert calendar.url.value == f"{URL}/prenumerera/"


def test_ten_thousand_posts_are_planned_unopened() -> None:
    """Which documents there are follows from cards, and so does when they are new."""
    site = make_site()
    card = card_of(make_post(), site)
    cards = tuple(
        card._replace(
            source=f"posts/news/{n}.md",
            id=f"urn:uuid:{n}",
            since=(NOW - timedelta(hours=8 * n)).timestamp(),
            month=int((NOW - timedelta(hours=8 * n)).strftime("%Y%m")),
        )
        for n in range(10_000)
    )
    newsroom = make_newsroom(site=site, posts=Shelf(cards, _never))
    library = Library(newsroom, NOW)

    found = list(feeds(library))

    assert len(found) > 2 * 10_000 / PART


def _never(card: Card) -> Post:
    raise AssertionError(f"{card.source} was opened")
