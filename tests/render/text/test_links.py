from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newsroom.model import Asset, Contact, Event, Newsroom, Post, Sender, Site, Withdrawal
from newsroom.render.pictures.pictures import COLUMN
from newsroom.render.text.links import Links
from newsroom.render.text.rendered import NOWHERE, Target
from tests.render.pieces import make_newsroom, make_post, picture

ZONE = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 22, 9, tzinfo=ZONE)
HERE = PurePosixPath("posts/news/2026-04-12-ett/index.md")


@pytest.fixture
def links() -> Links:
    """The links of a newsroom with a post in a folder, an event, a contact and two files."""
    return Links(
        Newsroom(
            site=Site(
                name="Exempel",
                url="https://nyheter.example.se",
                first_url="https://nyheter.example.se",
                language="sv",
                timezone=ZONE,
                sender=Sender("Exempel", "brev@example.se"),
            ),
            posts=(
                Post(
                    source=HERE,
                    body_line=5,
                    id="urn:uuid:1",
                    title="Ett",
                    slug="ett",
                    lang="sv",
                    body="",
                    published=datetime(2026, 4, 12, tzinfo=ZONE),
                ),
            ),
            events=(
                Event(
                    source=PurePosixPath("posts/events/2026-10-21-mote.md"),
                    body_line=5,
                    id="urn:uuid:2",
                    title="Möte",
                    slug="mote",
                    lang="sv",
                    body="",
                    start=datetime(2026, 10, 21, tzinfo=ZONE),
                ),
            ),
            contacts=(
                Contact(
                    source=PurePosixPath("posts/contacts/anna.md"),
                    body_line=5,
                    id="urn:uuid:3",
                    title="Anna",
                    slug="anna",
                    lang="sv",
                    body="",
                ),
            ),
            assets=(
                Asset(HERE.parent / "å n.jpg", 9, "ab" * 32, "image/jpeg", 1200, 800),
                Asset(HERE.parent / "a.pdf", 9, "cd" * 32, "application/pdf"),
            ),
        ),
        NOW,
    )


PICTURE = "bilder/abababababa1/%C3%A5%20n-1200.jpg"
SMALL = "bilder/abababababa1/%C3%A5%20n-720.jpg"
IN_TWO_WIDTHS = Target(f"/{PICTURE}", 1200, 800, f"/{PICTURE} 1200w, /{SMALL} 720w", COLUMN)


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://e.test/a?b=c#d", "https://e.test/a?b=c#d"),
        ("//e.test/a", "//e.test/a"),
        ("mailto:a@example.se", "mailto:a@example.se"),
        ("http://[::1", "http://[::1"),
        ("", ""),
        ("#t-del", "#t-del"),
        ("../../events/2026-10-21-mote.md", "/kalender/mote/"),
        ("../../events/2026-10-21-mote.md#program", "/kalender/mote/#t-program"),
        ("../../events/2026-10-21-mote.md?a=b", "/kalender/mote/?a=b"),
        ("../../contacts/anna.md#x", "/kontakt/#anna"),
        ("../2026-04-12-ett/", "/nyheter/2026/ett/"),
        ("index.md", "/nyheter/2026/ett/"),
        ("a.pdf", "/filer/news/2026-04-12-ett/a.pdf"),
        ("./a.pdf#page=2", "/filer/news/2026-04-12-ett/a.pdf#page=2"),
        ("/kalender/", "/kalender/"),
        ("saknas.pdf", "/nyheter/2026/ett/saknas.pdf"),
        ("?a=b", "?a=b"),
    ],
)
def test_on_a_page(links: Links, address: str, url: str) -> None:
    """On a page, files lead to their pages and everything else stays where it points."""
    assert links.resolver(HERE, "/")(address).url == url


def test_a_picture_elsewhere_has_one_width(links: Links) -> None:
    """A feed shows the widest; a mail, whose column is narrow, the least."""
    base = "https://nyheter.example.se/"

    feed = links.resolver(HERE, base)("å n.jpg")
    mail = links.resolver(HERE, base, narrow=True)("å n.jpg")

    assert feed == Target(base + PICTURE, 1200, 800)
    assert mail == Target(base + SMALL, 720, 480)


@pytest.mark.parametrize("address", ["å n.jpg", "%C3%A5%20n.jpg"])
def test_a_picture_has_its_size(links: Links, address: str) -> None:
    """A picture is found however its name is written, and its size comes with it."""
    assert links.resolver(HERE, "/")(address) == IN_TWO_WIDTHS


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("#t-del", "nyheter/2026/ett/#t-del"),
        ("../../events/2026-10-21-mote.md", "kalender/mote/"),
        ("a.pdf", "filer/news/2026-04-12-ett/a.pdf"),
        ("/kalender/", "kalender/"),
        ("saknas.pdf", "nyheter/2026/ett/saknas.pdf"),
        ("å n.jpg", PICTURE),
        ("", "nyheter/2026/ett/"),
    ],
)
def test_away_from_the_site(links: Links, address: str, path: str) -> None:
    """In a feed or a mail every address is absolute; a bare fragment gets the page's address."""
    base = "https://nyheter.example.se/"

    assert links.resolver(HERE, base)(address).url == base + path


def test_below_a_path(links: Links) -> None:
    """A site that begins below a path keeps that path in front."""
    assert links.resolver(HERE, "/natverk/")("/kalender/").url == "/natverk/kalender/"


def test_another_host_over_the_same_protocol(links: Links) -> None:
    """Away from the site there is no protocol to share, so the site's is written out."""
    resolve = links.resolver(HERE, "https://nyheter.example.se/")

    assert resolve("//e.test/a").url == "https://e.test/a"


def test_files(links: Links) -> None:
    """A file is found by its place in the newsroom, with what is known of it."""
    picture, absent = HERE.parent / "å n.jpg", HERE.parent / "b.jpg"

    assert links.file(picture, "/") == IN_TWO_WIDTHS
    assert links.file(absent, "/") is None
    asset = links.asset(picture)
    assert asset is not None
    assert asset.media_type == "image/jpeg"
    assert links.asset(absent) is None


@pytest.mark.parametrize(
    ("lang", "size"), [("sv", "1,2 MB"), ("en-GB", "1.2 MB"), ("nb", "1,2 MB")]
)
def test_a_file_tells_its_size_in_the_language_of_the_text(lang: str, size: str) -> None:
    """Whoever reads English in a Swedish network meets a point; pictures tell no size."""
    post = make_post("ett", lang=lang)
    file = Asset(post.source.parent / "r.pdf", 1_234_567, "cd" * 32, "application/pdf")
    newsroom = make_newsroom(posts=(post,), assets=(file, picture("ett", "b.jpg")))

    resolve = Links(newsroom, NOW).resolver(post.source, "/")

    assert resolve("r.pdf").size == size
    assert resolve("b.jpg").size is None


@pytest.mark.parametrize(
    ("more", "url"),
    [
        ({}, "/nyheter/2026/tva/"),
        ({"draft": True}, ""),
        ({"published": datetime(2026, 11, 23, tzinfo=ZONE)}, ""),
        ({"expires": datetime(2026, 11, 21, tzinfo=ZONE)}, ""),
        ({"withdrawn": Withdrawal(date(2026, 11, 1), "Fel.")}, "/nyheter/2026/tva/"),
    ],
)
def test_a_link_to_what_has_no_page_leads_nowhere(more: dict[str, Any], url: str) -> None:
    """Drafts, what is to come and what has expired; a page says of what was taken back why."""
    post = make_post("ett")
    newsroom = make_newsroom(posts=(post, make_post("tva", **more)))
    links = Links(newsroom, NOW)

    resolve = links.resolver(post.source, "/")

    assert {resolve(a).url for a in ("../tva/index.md", "../tva", "../tva/#del")} <= {
        url,
        f"{url}#t-del",
    }
    assert (resolve("/nyheter/2026/tva/").url == "") == (url == "")
    assert (links.lead("posts/news/tva/index.md") == NOWHERE) == (url == "")


def test_a_link_to_a_piece_that_is_not_there_leads_nowhere(links: Links) -> None:
    """Its file has errors, or is gone: an address made of its name would be a broken one."""
    resolve = links.resolver(HERE, "/")

    assert resolve("../borta.md") == NOWHERE
    assert resolve("../borta.html").url == "/nyheter/2026/borta.html"
