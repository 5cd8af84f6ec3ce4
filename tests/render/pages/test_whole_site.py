"""What is true of every page, and of the site as a whole."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from newsroom.model import (
    Asset,
    Attachment,
    Brand,
    EventStatus,
    Image,
    Newsroom,
    Online,
    Pace,
    Place,
)
from newsroom.render.pages.whole_site import frame, plan
from tests.render.pieces import (
    at,
    document,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_site,
    picture,
)
from tests.render.printed import NOW, inputs, packaged, printed


def full() -> Newsroom:
    """Something of most kinds."""
    return make_newsroom(
        posts=(make_post(tags=("halsa",)),),
        events=(make_event(tags=("halsa",)),),
        contacts=(make_contact(),),
        issues=(make_issue(),),
    )


def whole_pages(newsroom: Newsroom) -> dict[str, str]:
    """Every page, without the fragment that is made to stand on others."""
    return {
        path: text
        for path, text in printed(newsroom).items()
        if path.endswith(".html") and not path.startswith("embed/")
    }


def json_ld(page: str) -> dict[str, object]:
    """The data block of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def event_data(**other: Any) -> dict[str, object]:  # noqa: ANN401
    """The data of an event's page."""
    event = make_event(**other)
    return json_ld(printed(make_newsroom(events=(event,)))["kalender/mote/index.html"])


def test_a_site_without_a_logo_has_its_initials_in_the_tab() -> None:
    """Every page leads to the icon; a logo stands in its place where there is one."""
    plain = printed(make_newsroom())
    logo = Asset(PurePosixPath("posts/logo.svg"), 9, "ab" * 32, "image/svg+xml")
    site = make_site(brand=Brand(logo="logo.svg"))
    branded = printed(make_newsroom(site=site, assets=(logo,)))

    assert '<link rel="icon" href="/icon.svg" type="image/svg+xml">' in plain["index.html"]
    assert "icon.svg" in plain
    assert "icon.svg" not in branded
    assert 'type="image/svg+xml">' in branded["index.html"]


def test_every_page_has_what_a_page_must_have() -> None:
    """Language, one h1, description, canonical address, skip link, main; titles are unique."""
    site = whole_pages(full())

    for path, text in site.items():
        assert '<html lang="sv">' in text
        assert text.count("<h1") == 1, path
        assert re.search(r'<meta name="description" content="[^"]+">', text), path
        assert '<a class="skip" href="#main">' in text
        assert '<main class="page" id="main"' in text
    titles = [re.findall(r"<title>(.*?)</title>", text)[0] for text in site.values()]
    assert len(set(titles)) == len(titles)


def test_every_page_announces_the_feeds() -> None:
    """Programs find RSS, Atom and JSON Feed from any page."""
    page = printed(full())["kontakt/index.html"]

    for kind in ("application/rss+xml", "application/atom+xml", "application/feed+json"):
        assert f'<link rel="alternate" type="{kind}"' in page


def test_a_post_is_a_news_article_to_machines() -> None:
    """Headline, dates with offset, publisher and the page stand in schema.org's words."""
    data = json_ld(printed(full())["nyheter/2026/ett/index.html"])

    assert data["@type"] == "NewsArticle"
    assert data["datePublished"] == "2026-04-12T10:00:00+02:00"
    assert data["mainEntityOfPage"] == "https://nyheter.example.se/nyheter/2026/ett/"


def test_no_text_can_end_the_data_block() -> None:
    """A title with the end of a script in it stays a title."""
    post = make_post(title="</script><script>alert(1)</script>")

    page = printed(make_newsroom(posts=(post,)))["nyheter/2026/ett/index.html"]

    assert json_ld(page)["headline"] == post.title
    assert "<script>alert" not in page


def test_an_event_is_an_event_to_machines() -> None:
    """A cancelled one keeps its start; place and web address give how one attends."""
    place, online = Place("Kulturhuset"), Online("https://mote.example/1")

    assert event_data(status=EventStatus.CANCELLED)["startDate"] == "2026-10-21T13:00:00+02:00"
    assert str(event_data(status=EventStatus.MOVED)["eventStatus"]).endswith("EventRescheduled")
    assert str(event_data(place=place)["eventAttendanceMode"]).endswith(
        "OfflineEventAttendanceMode"
    )
    assert str(event_data(online=online)["eventAttendanceMode"]).endswith(
        "OnlineEventAttendanceMode"
    )
    both = event_data(place=place, online=online)
    assert str(both["eventAttendanceMode"]).endswith("MixedEventAttendanceMode")


def test_days_without_hours_are_days_to_machines() -> None:
    """An all-day event has dates, and its last day is included."""
    data = event_data(start=at("2026-12-03T00:00"), end=at("2026-12-05T00:00"), all_day=True)

    assert (data["startDate"], data["endDate"]) == ("2026-12-03", "2026-12-04")


def test_the_sitemap_lists_every_page_that_is_to_be_found() -> None:
    """Absolute addresses with the true time of the last change; nothing withdrawn or moved."""
    post = make_post(updated=at("2026-05-02T08:00"), aliases=("gammal",))

    sitemap = ET.fromstring(printed(make_newsroom(posts=(post,)))["sitemap.xml"])

    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {
        url.findtext("s:loc", "", space): url.findtext("s:lastmod", None, space)
        for url in sitemap.findall("s:url", space)
    }
    assert found["https://nyheter.example.se/nyheter/2026/ett/"] == "2026-05-02T08:00:00+02:00"
    assert found["https://nyheter.example.se/prenumerera/"] is None
    assert not any("gammal" in address or "404" in address for address in found)


def test_the_sitemap_of_a_large_site_has_parts() -> None:
    """A new post changes the list and the part of its year; every page stands in one part."""
    posts = tuple(
        make_post(f"p{n}", published=at(f"{2016 + n % 10}-04-12T10:00")) for n in range(1001)
    )
    newsroom = make_newsroom(posts=posts)
    before = inputs(newsroom)

    after = inputs(replace(newsroom, posts=(make_post("ny"), *posts)))

    changed = {path for path in before if "sitemap" in path and before[path] != after[path]}
    assert changed == {"sitemap.xml", "sitemap-site.xml", "sitemap-nyheter.xml"}  # the fronts
    assert after.keys() - before.keys() >= {"sitemap-nyheter-2026.xml"}
    parts = {path: text for path, text in printed(newsroom).items() if "sitemap" in path}
    index = parts.pop("sitemap.xml")
    assert sorted(parts) == sorted(re.findall(r"https://nyheter.example.se/([^<]+)</loc>", index))
    listed = [found for part in parts.values() for found in re.findall(r"<loc>(.*?)</loc>", part)]
    assert len(listed) == len(set(listed)) > len(posts)


def test_robots_may_read_the_site_but_not_a_preview() -> None:
    """A preview says so on every page and asks search engines to stay away."""
    site, preview = printed(full()), printed(full(), preview=True)

    assert "Disallow:\n" in site["robots.txt"]
    assert "Disallow: /\n" in preview["robots.txt"]
    assert "noindex" not in site["index.html"]
    assert "noindex" in preview["index.html"]
    assert "Förhandsvisning" in preview["index.html"]


def test_a_site_below_a_path_links_within_it() -> None:
    """Links carry the path of the site's address; absolute ones its host too."""
    site = make_site(url="https://example.se/nytt")
    body = "[Mötet](../../events/mote.md)"

    page = printed(make_newsroom(site=site, posts=(make_post(body=body),), events=(make_event(),)))[
        "nyheter/2026/ett/index.html"
    ]

    assert 'href="/nytt/kalender/mote/"' in page
    assert not re.findall(r'(?:href|src|action)="/(?!nytt/)', page)
    assert 'rel="canonical" href="https://example.se/nytt/nyheter/2026/ett/"' in page


def test_nothing_is_loaded_from_elsewhere() -> None:
    """No page loads a script, a style, a font or a picture from another host, or sets a style.

    Only the search page has a script.
    """
    for path, text in printed(full()).items():
        if path.endswith(".html"):
            assert not re.findall(r'<(?:img|script|iframe|source|video|audio)[^>]+src="(?!/)', text)
            assert not re.findall(r'rel="(?:stylesheet|icon|preload)" href="(?!/)', text)
            assert " style=" not in text
            scripts = re.findall(r"<script(?! type=.application/ld)", text)
            assert len(scripts) == (path == "sok/index.html")
    assert "url(" not in printed(full())["style.css"]


def test_feeds_and_calendars_cite_only_what_they_need() -> None:
    """A feed is made new by its posts and what they point to, not by the rest of the newsroom."""
    tagged = make_post(tags=("x",), body="[Mötet](../../events/mote.md) ![Bild](bild.jpg)")
    newsroom = make_newsroom(
        posts=(tagged, make_post("tva")),
        events=(make_event(), make_event("annat")),
        contacts=(make_contact(),),
        assets=(picture("ett", "bild.jpg"),),
    )
    before = inputs(newsroom)["amnen/x/feed.xml"]

    assert inputs(replace(newsroom, contacts=()))["amnen/x/feed.xml"] == before
    assert inputs(replace(newsroom, posts=(tagged,)))["amnen/x/feed.xml"] == before
    assert inputs(replace(newsroom, events=()))["amnen/x/feed.xml"] != before
    feed = printed(newsroom)["amnen/x/feed.xml"]
    assert "https://nyheter.example.se/kalender/mote/" in feed
    assert "https://nyheter.example.se/bilder/abababababa1/bild-1200.jpg" in feed


def test_every_kind_of_calendar_is_made() -> None:
    """All events, each tag with events, and each event have a calendar file."""
    made = printed(full())

    for path in ("calendar.ics", "amnen/halsa/calendar.ics", "kalender/mote.ics"):
        assert made[path].startswith("BEGIN:VCALENDAR")


def test_the_logo_stands_on_every_page() -> None:
    """It is the picture beside the name, the icon, and the publisher's logo to machines."""
    logo = Asset(PurePosixPath("posts/logo.svg"), 900, "ef" * 32, "image/svg+xml")
    newsroom = make_newsroom(
        site=make_site(brand=Brand(logo="logo.svg")), posts=(make_post(),), assets=(logo,)
    )

    page = printed(newsroom)["nyheter/2026/ett/index.html"]

    address = "bilder/efefefefefe1/logo.svg"
    assert f'<link rel="icon" href="/{address}" type="image/svg+xml">' in page
    assert f'<img src="/{address}" alt=""' in page
    publisher = json_ld(page)["publisher"]
    assert isinstance(publisher, dict)
    assert publisher["logo"] == f"https://nyheter.example.se/{address}"
    assert logo in plan(newsroom, NOW, packaged()).shown


def test_files_that_a_programme_links_to_are_copied() -> None:
    """The texts of an event count, not its body alone."""
    event = make_event(program="[Karta](karta.pdf)", documentation="[Bilder](bilder.pdf)")
    folder = event.source.parent
    assets = tuple(
        Asset(folder / name, 10, "cd" * 32, "application/pdf")
        for name in ("bilder.pdf", "karta.pdf")
    )

    site = plan(make_newsroom(events=(event,), assets=assets), NOW, packaged())

    assert site.shown == assets


def test_how_mail_is_sent_changes_no_page() -> None:
    """A new pace of sending leaves every input as it was."""
    newsroom = full()
    faster = replace(newsroom.site.sending, pace=Pace(60, timedelta(minutes=1)))

    assert inputs(replace(newsroom, site=replace(newsroom.site, sending=faster))) == inputs(
        newsroom
    )


def test_time_alone_changes_only_what_shows_it() -> None:
    """An hour in which nothing happens makes nothing new."""
    assert inputs(full(), NOW) == inputs(full(), NOW + timedelta(hours=1))


def test_only_files_of_public_pieces_are_copied() -> None:
    """Pictures, attachments and files that texts link to; once each; nothing of a draft's."""
    draft = make_post(
        "hemlig",
        draft=True,
        attachments=(Attachment(PurePosixPath("posts/news/hemlig/x.pdf"), "X"),),
    )
    post = make_post(
        body="[Fil](fil.pdf)",
        image=Image(PurePosixPath("posts/news/ett/bild.jpg"), ""),
        contacts=("anna",),
    )
    newsroom = make_newsroom(
        posts=(post, draft),
        assets=(
            picture("ett", "bild.jpg"),
            document("ett", "fil.pdf"),
            document("hemlig", "x.pdf"),
            document("ett", "ingen.pdf"),
        ),
    )

    site = plan(newsroom, NOW, packaged())

    assert [asset.source.name for asset in site.shown] == ["bild.jpg", "fil.pdf"]
    assert site.offered == ()


def test_the_frame_of_the_web_process_is_that_of_the_pages() -> None:
    """Pages made on request stand in the same surroundings as those that are built."""
    surroundings = frame(full(), NOW, packaged())

    assert surroundings.section("subscribe") == "/prenumerera/"
    assert surroundings.style in printed(full())["index.html"]
