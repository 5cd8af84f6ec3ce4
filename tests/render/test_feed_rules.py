"""All feeds of a site, judged by rules that stand outside the code that writes them."""

import json
from calendar import timegm
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsroom.content.folder import read
from newsroom.model import (
    Attachment,
    ChannelKind,
    Earlier,
    EventStatus,
    FeedOptions,
    Image,
    NamedChannel,
    Newsroom,
)
from newsroom.render.pages.library import Library
from newsroom.render.pages.streams import feeds
from tests.render.feed_rules import ATOM, atom_faults, json_faults, rss_faults
from tests.render.html_rules import Given
from tests.render.pieces import (
    URL,
    at,
    document,
    make_event,
    make_member,
    make_newsroom,
    make_post,
    make_site,
    picture,
)
from tests.render.printed import NOW
from tests.sample import ROOT

RULES = {".json": json_faults, "atom.xml": atom_faults, "feed.xml": rss_faults}
LONG = "Å" * 300
HOSTILE = (
    "Ett ]]> två \x00\x08\x0b\x1b\ufffe & < > &amp; &nbsp; 👩‍👩‍👧 \u202e עברית\n\n"
    "[a](a.pdf) [b](../tva/index.md) [c](#d) [e](/kalender/) [f](//e.test/f) [g](?h=i) [j]()\n\n"
    '<a href="a.pdf" onclick="x()" style="x">a</a> <img src="b.jpg" srcset="b.jpg 2x, /c.jpg 3x">\n'
    '<video poster="p.jpg" src="v.mp4"></video> <q cite="g">g</q> <iframe src="x"></iframe>\n'
    "<script>alert(1)</script> <form action=/x><input></form> [k](javascript:alert(1))\n"
    '<object data="x"></object> <svg onload=x></svg> <base href="/x"> ![](b.jpg) ![l](b.jpg)\n'
)


def feeds_of(newsroom: Newsroom, now: datetime = NOW) -> dict[str, bytes]:
    """Every feed of a site, by path."""
    return {page.path: page.render() for page in feeds(Library(newsroom, now))}


def faults(newsroom: Newsroom, now: datetime = NOW) -> Iterator[str]:
    """Every rule that is broken by a feed of the site."""
    site = newsroom.site.url
    for path, written in feeds_of(newsroom, now).items():
        archived = path.startswith("archive/")
        ending = "atom.xml" if archived and path.endswith(".xml") else path
        judge = next(rule for end, rule in RULES.items() if ending.endswith(end))
        given = Given(f"{site}/{path}", site, now, None if archived else 30)
        yield from (f"{path}: {fault}" for fault in judge(written, given))


def hostile(**site: Any) -> Newsroom:  # noqa: ANN401
    """A newsroom in which everything that can be written badly is."""
    posts = (
        make_post(
            "ett",
            body=HOSTILE,
            title=f"<b>Fet</b> & \x07 ]]> \u202e {LONG}",
            summary="<script>alert(1)</script> & ]]> \x0c",
            author="<i>Åsa</i> & \x00 co",
            category="nyhet",
            tags=("jamlik-halsa", "<b>"),
            members=("kvarnmo",),
            image=Image(PurePosixPath("posts/news/ett/b.jpg"), '"å" <b>'),
            attachments=(Attachment(PurePosixPath("posts/news/ett/a.pdf"), "<b>&"),),
            event="mote",
            lang="en-GB",
        ),
        make_post("tva", body="", updated=at("2026-01-01T10:00")),
        *(
            make_post(f"dst{n}", body="![x](https://e.test/x.png)", published=moment)
            for n, moment in enumerate(
                [
                    at("2026-03-29T01:59"),
                    at("2026-03-29T03:00"),
                    at("2026-10-25T02:30"),
                    at("2026-10-25T02:30").replace(fold=1),
                    at("2026-10-25T02:45"),
                ]
            )
        ),
        *(make_post(f"p{n:02}", published=at(f"2025-0{1 + n % 9}-03T10:00")) for n in range(40)),
    )
    event = make_event(
        title=f"<b>{LONG}</b> ]]> \x00",
        status=EventStatus.CANCELLED,
        members=("kvarnmo",),
        tags=("jamlik-halsa",),
        previously=(Earlier(start=at("2026-10-01T10:00"), changed=at("2026-03-01T10:00")),),
        updated=at("2026-10-25T02:59"),
    )
    return make_newsroom(
        site=make_site(
            announce=(NamedChannel(ChannelKind.WEBSUB, "https://hub.example/"),), **site
        ),
        posts=tuple(sorted(posts, key=lambda post: (-post.published.timestamp(), post.slug))),
        events=(event,),
        members=(make_member(title="<b>Kvarnmo</b>"),),
        assets=(document("ett", "a.pdf"), picture("ett", "b.jpg")),
    )


def test_the_sample() -> None:
    """No feed of the sample newsroom breaks a rule."""
    newsroom = read(ROOT).newsroom
    assert newsroom is not None

    assert len(feeds_of(newsroom)) > 10
    assert list(faults(newsroom)) == []


@pytest.mark.parametrize("full", [True, False])
def test_hostile_content(full: bool) -> None:  # noqa: FBT001
    """Nothing that an editor can write makes a feed break a rule."""
    newsroom = hostile(feed=FeedOptions(full=full))

    assert list(faults(newsroom)) == []
    assert {"medlemmar/kvarnmo/feed.xml", "amnen/jamlik-halsa/feed.xml"} <= feeds_of(
        newsroom
    ).keys()


def test_a_reader_of_every_feed() -> None:
    """An independent reader finds no fault, no script, and the same instants in every format."""
    newsroom = hostile()
    published = {post.id: post.published.timestamp() for post in newsroom.posts}

    for path, written in feeds_of(newsroom).items():
        if path.endswith(".json"):
            continue
        parsed = feedparser.parse(written, sanitize_html=False, resolve_relative_uris=False)
        assert not parsed.bozo, path
        for entry in parsed.entries:
            shown = [*entry.get("content", []), entry.summary_detail, entry.title_detail]
            assert not any("<script" in text.value for text in shown if "html" in text.type)
            assert entry.link.startswith(URL)
            if entry.id in published:
                assert timegm(entry.published_parsed) == published[entry.id]


def test_every_fragment_leads_into_its_entry() -> None:
    """A link to a part of the text is one to that part of the post's page."""
    written = feeds_of(make_newsroom(posts=(make_post(body="## Del\n\n[del](#del)"),)))["feed.json"]

    text = json.loads(written)["items"][0]["content_html"]
    assert f'href="{URL}/nyheter/2026/ett/#t-del"' in text


def test_nothing_is_told_twice_as_escaped() -> None:
    """Titles and texts come out as they were written, once taken out of XML."""
    post = make_post(title="AT&T: 3 < 4, 5 > 4 & ”åäö”", body="Ett & två < tre")

    written = feeds_of(make_newsroom(posts=(post,)))

    atom, channel = etree.fromstring(written["atom.xml"]), etree.fromstring(written["feed.xml"])
    assert atom.findtext(f"{ATOM}entry/{ATOM}title") == post.title
    assert atom.findtext(f"{ATOM}entry/{ATOM}content") == "<p>Ett &amp; två &lt; tre</p>"
    assert channel.findtext("channel/item/title") == post.title
    assert json.loads(written["feed.json"])["items"][0]["title"] == post.title


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


@settings(max_examples=30, deadline=None)
@given(title=texts, summary=texts, body=texts, author=texts, tag=texts)
def test_any_text_at_all(title: str, summary: str, body: str, author: str, tag: str) -> None:
    """Whatever the texts hold, feeds are well formed and keep their rules."""
    post = make_post(
        title=f"Å {title}",
        summary=summary or None,
        body=body,
        author=f"Å {author}",
        tags=(f"t{tag}",),
    )

    assert list(faults(make_newsroom(posts=(post,)))) == []


def test_an_identity_that_outlives_every_address() -> None:
    """A new slug, title, domain or folder leaves the id of an entry alone, in every format."""
    before = make_newsroom(posts=(make_post(),))
    after = make_newsroom(
        site=make_site(url="https://ny.example.se/arkiv"),
        posts=(make_post(slug="ny", id="urn:uuid:ett", title="Ny"),),
    )

    for newsroom in (before, after):
        written = feeds_of(newsroom)
        rss = etree.fromstring(written["feed.xml"])
        assert [guid.text for guid in rss.iter("guid")] == ["urn:uuid:ett"]
        assert feedparser.parse(written["atom.xml"]).entries[0].id == "urn:uuid:ett"
        assert json.loads(written["feed.json"])["items"][0]["id"] == "urn:uuid:ett"
        assert b"<id>https://nyheter.example.se/atom.xml</id>" in written["atom.xml"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"https://nyheter.example.se/nyheter/2026/ett/", b"/nyheter/2026/ett/", "whole address"),
        (b'isPermaLink="false"', b"", "guid is an address"),
        (b"Sun, 12 Apr", b"s\xc3\xb6n, 12 apr", "its date is"),
        (b"&lt;p&gt;F", b"&lt;script&gt;x&lt;/script&gt;F", "has a script"),
        (b"<title>Nyheten ett", b"<title>&lt;b&gt;Nyheten&lt;/b&gt;", "not plain"),
        (b"<language>sv", b"<language>svenska spr", "the language is"),
    ],
)
def test_the_rules_see_what_is_wrong(old: bytes, new: bytes, fault: str) -> None:
    """A feed that was spoilt by hand is told of: the judge is awake."""
    written = feeds_of(make_newsroom(posts=(make_post(),)))["feed.xml"]
    spoilt = written.replace(old, new)

    assert spoilt != written
    assert any(fault in found for found in rss_faults(spoilt, Given(f"{URL}/feed.xml", URL, NOW)))
