"""What readers may not see yet, or no longer, is in no file of the site, whatever its kind."""

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pytest

from newsroom.model import (
    Attachment,
    Earlier,
    Event,
    Image,
    Member,
    Newsroom,
    Page,
    Piece,
    Place,
    Post,
    Publication,
    Speaker,
    Withdrawal,
)
from newsroom.render.pages.whole_site import plan
from tests.render.pieces import (
    at,
    document,
    make_contact,
    make_event,
    make_issue,
    make_member,
    make_newsroom,
    make_post,
    picture,
)
from tests.render.printed import NOW, inputs, packaged, printed

WORD = "hemlig"
FOLDER = PurePosixPath(f"posts/news/{WORD}")
COMING = at("2027-01-01T00:00")
SHARED: dict[str, Any] = {
    "title": "Den hemliga titeln",
    "summary": "En hemlig sammanfattning.",
    "body": "## Hemlig rubrik\n\nEn [hemlig fil](hemlig.pdf) ![Hemlig](hemlig.jpg)",
    "tags": ("hemligt-amne", "halsa"),
    "image": Image(FOLDER / "hemlig.jpg", "Hemlig bild"),
    "attachments": (Attachment(FOLDER / "hemlig.pdf", "Hemlig fil"),),
    "source": FOLDER / "index.md",
}
OF_A_FILE: dict[str, Any] = {
    **SHARED,
    "body_line": 5,
    "id": "urn:uuid:hemlig",
    "slug": WORD,
    "lang": "sv",
    "aliases": ("hemlig-forr",),
}


def post(**other: Any) -> Post:  # noqa: ANN401
    """A post with the word in everything it says."""
    told = {"aliases": ("hemlig-forr",), "author": "Hemlig", "event": "mote", "members": ("ort",)}
    return make_post(WORD, **{**SHARED, **told, **other})


def event(**other: Any) -> Event:  # noqa: ANN401
    """An event that was changed, so that there would be news of it."""
    told = {
        "aliases": ("hemlig-forr",),
        "start": at("2027-02-10T10:00"),
        "end": None,
        "place": Place("Hemligt rum"),
        "members": ("ort",),
        "speakers": (Speaker("Hemlig"),),
        "previously": (Earlier(place=Place("Hemlig sal"), changed=at("2026-05-01T10:00")),),
    }
    return make_event(WORD, **{**SHARED, **told, **other})


def member(**other: Any) -> Member:  # noqa: ANN401
    """A member."""
    return make_member(WORD, **{**SHARED, "aliases": ("hemlig-forr",), **other})


def publication(**other: Any) -> Publication:  # noqa: ANN401
    """A publication and its file."""
    told = {"file": FOLDER / "hemlig.pdf", "published": at("2026-03-01T10:00")}
    return Publication(**{**OF_A_FILE, **told, **other})


def page(**other: Any) -> Page:  # noqa: ANN401
    """A page of the menu."""
    return Page(**{**OF_A_FILE, "menu": "Hemligt", **other})


def house(**hidden: tuple[Piece, ...]) -> Newsroom:
    """A newsroom of open pieces, with the hidden ones before them."""
    opened: dict[str, tuple[Piece, ...]] = {
        "posts": (make_post(tags=("halsa",)),),
        "events": (make_event(),),
        "contacts": (make_contact(),),
        "members": (make_member("ort"),),
        "issues": (make_issue(stories=("ett", WORD), events=("mote", WORD)),),
    }
    files = (document(WORD, "hemlig.pdf"), picture(WORD, "hemlig.jpg"))
    kinds = opened.keys() | hidden.keys()
    pieces = {kind: (*hidden.get(kind, ()), *opened.get(kind, ())) for kind in kinds}
    return make_newsroom(**pieces, assets=files)


HIDDEN = {
    "a post that is a draft": house(posts=(post(draft=True),)),
    "a post to come": house(posts=(post(published=COMING),)),
    "a post that has expired": house(posts=(post(expires=at("2026-05-01T00:00")),)),
    "an event that is a draft": house(events=(event(draft=True),)),
    "a member that is a draft": house(members=(member(draft=True),)),
    "a contact that is a draft": house(
        contacts=(make_contact(WORD, draft=True, **{**SHARED, "attachments": ()}),)
    ),
    "a publication that is a draft": house(publications=(publication(draft=True),)),
    "a publication to come": house(publications=(publication(published=COMING),)),
    "an issue that is a draft": house(
        issues=(make_issue(slug=WORD, **SHARED, draft=True), make_issue())
    ),
    "an issue to come": house(
        issues=(make_issue(slug=WORD, **SHARED, published=COMING), make_issue())
    ),
    "a page that is a draft": house(pages=(page(draft=True),)),
    "a draft that was withdrawn": house(
        posts=(post(draft=True, withdrawn=Withdrawal(date(2026, 5, 1), "Hemligt skäl")),)
    ),
}


@pytest.mark.parametrize("newsroom", HIDDEN.values(), ids=HIDDEN)
def test_it_is_in_no_file(newsroom: Newsroom) -> None:
    """No title, text, topic, address, feed, calendar, sitemap or redirection tells of it."""
    site = printed(newsroom)

    tellers = [path for path, text in site.items() if WORD in (path + text).lower()]
    assert tellers == []


@pytest.mark.parametrize("newsroom", HIDDEN.values(), ids=HIDDEN)
def test_its_files_and_its_search_are_hidden_too(newsroom: Newsroom) -> None:
    """Neither its picture nor its paper is copied, and no index holds its page."""
    site = plan(newsroom, NOW, packaged())

    assert [asset for asset in (*site.shown, *site.offered) if WORD in str(asset.source)] == []
    assert [bundle for bundle in site.searched if WORD in repr(bundle)] == []


@pytest.mark.parametrize("newsroom", HIDDEN.values(), ids=HIDDEN)
def test_nobody_can_count_it(newsroom: Newsroom) -> None:
    """Lists, counts and neighbours are those of a site in which it was never written."""
    kinds = ("posts", "events", "contacts", "members", "publications", "issues", "pages")
    open_ones: dict[str, Any] = {
        kind: tuple(piece for piece in getattr(newsroom, kind) if piece.slug != WORD)
        for kind in kinds
    }

    assert printed(newsroom) == printed(replace(newsroom, **open_ones))


@pytest.mark.parametrize("name", ["a post to come", "a publication to come", "an issue to come"])
def test_when_its_day_has_come_it_is_there(name: str) -> None:
    """The same folder shows it at the first moment of its day, and not a moment before."""
    newsroom = HIDDEN[name]

    before = printed(newsroom, COMING.replace(year=2026, month=12, day=31, hour=23, minute=59))
    after = printed(newsroom, COMING)

    assert not any(WORD in path for path in before)
    assert any(path.endswith(f"{WORD}/index.html") for path in after)


@pytest.mark.parametrize("address", ["../hemlig/index.md", "/nyheter/2026/hemlig/"])
def test_a_link_waits_for_what_it_leads_to(address: str) -> None:
    """On pages and in feeds it is its words alone until the day, and then it is a link."""
    linking = make_post(body=f"Läs [mer om det]({address}).", summary=None)
    newsroom = make_newsroom(posts=(linking, make_post(WORD, published=at("2026-12-01T10:00"))))
    later = at("2026-12-01T10:00")

    before, after = printed(newsroom), printed(newsroom, later)

    for path in ("nyheter/2026/ett/index.html", "feed.xml", "atom.xml"):
        assert "mer om det" in before[path]
        assert "hemlig" not in before[path]
        assert "2026/hemlig/" in after[path]
        assert inputs(newsroom)[path] != inputs(newsroom, later)[path]
