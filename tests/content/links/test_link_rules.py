"""Links between pieces, as cards know them."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from newsroom.content.front.front_matter import NOTHING
from newsroom.content.links.destinations import Destinations
from newsroom.content.links.link_rules import _PREFIX, broken_links, hidden_links
from newsroom.content.links.text_links import links_of
from newsroom.content.lint.lint import passages
from newsroom.model import Card, Contact, Page, Piece, Post, Problem, Severity, Site, Withdrawal
from newsroom.model.filing import card_of
from newsroom.render.text.rendered import ANCHOR

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FILES = frozenset(
    ["posts/news/eu.md", "posts/news/valet.md", "posts/news/r.pdf", "posts/news/tur/index.md"]
)


def post(
    site: Site, slug: str = "eu", body: str = "", date: str = "2026-04-12", **more: object
) -> Post:
    """A post in a file called like its slug."""
    return Post(
        source=PurePosixPath(f"posts/news/{slug}.md"),
        body_line=6,
        id=f"urn:x:{slug}",
        title=slug,
        slug=slug,
        lang="sv",
        body=body,
        published=datetime.fromisoformat(date).replace(tzinfo=site.timezone),
        **more,  # type: ignore[arg-type]
    )


def card(piece: Piece, site: Site, anchors: tuple[str, ...] | None = ("en-rubrik",)) -> Card:
    """The card of a piece with the links of its text."""
    links = links_of(piece, passages(piece, NOTHING), site.url)
    return card_of(piece, site, links=links)._replace(anchors=anchors)


def destinations(site: Site, body: str, *others: Piece) -> Destinations:
    """A post with this body, one beside it, and others."""
    pieces = (post(site, body=body), post(site, "valet"), *others)
    return Destinations([card(piece, site) for piece in pieces], FILES, site)


def told(problems: Iterator[Problem]) -> list[tuple[int | None, str, str]]:
    """Line, code and fix of each."""
    return [(problem.line, problem.code, problem.fix) for problem in problems]


@pytest.mark.parametrize(
    ("written", "code", "fix"),
    [
        ("valat.md", "broken-link", "write valet.md"),
        ("../r.pdf", "broken-link", "write r.pdf"),
        ("../../../etc/passwd", "broken-link", "put the file there, or mend the link"),
        ("www.example.se/a", "broken-link", "write https://www.example.se/a"),
        ("anna@example.se", "broken-link", "write mailto:anna@example.se"),
        ("070-1740612", "broken-link", "write tel:0701740612"),
        ("+46(0)70-1740612", "broken-link", "write tel:+46701740612"),
        ("2026-11-05", "broken-link", "put the file there, or mend the link"),
        (
            "/nyheter/vallet/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "/medlemmar/ort/mer/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "/nyheter/2026/vallet/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "/kalender/mote/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "/om/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "/amnen/skola/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "/filer/news/s.pdf",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        (
            "https://nyheter.example.se/nyheter/2026/vallet/",
            "broken-link",
            "name a file in posts/, or write the whole address of another site",
        ),
        ("#en-rubrk", "broken-anchor", "write #en-rubrik"),
        ("#nej", "broken-anchor", "write the words of a heading: #the-heading"),
        ("#t-en-rubrik", "broken-anchor", "write #en-rubrik"),
        ("valet.md#nej", "broken-anchor", "write the words of a heading: #the-heading"),
        (
            "/nyheter/2026/valet/#en-rubrik",
            "broken-anchor",
            "write /nyheter/2026/valet/#t-en-rubrik",
        ),
    ],
)
def test_links_that_lead_nowhere(site: Site, written: str, code: str, fix: str) -> None:
    """Files, pages of the site and headings are looked for, however the link is written."""
    found = broken_links(destinations(site, f"Text\n\n[sidan]({written})"))

    assert told(found) == [(8, code, fix)]


@pytest.mark.parametrize(
    "written",
    [
        "valet.md",
        "valet.md#en-rubrik",
        "r.pdf#page=3",
        "tur",
        "tur/",
        "tur/index.md",
        "#en-rubrik",
        "#",
        "",
        "/",
        "/feed.xml",
        "/nyheter/",
        "/nyheter/2026/",
        "/nyheter/2026/04/",
        "/nyheter/2026/valet",
        "/nyheter/2026/valet/index.html",
        "/nyheter/2026/gammal/",
        "/nyheter/2026/valet/#t-en-rubrik",
        "/nyheter/2026/valet/#content",
        "/amnen/halsa/feed.xml",
        "/amnen/halsa/",
        "/kontakt/#anna",
        "/kalender/",
        "/kalender/2025/",
        "/filer/news/r.pdf",
        "/bilder/0123456789ab/a.jpg",
        "/prenumerera/",
        "/archive/2026/04.xml",
        "https://nyheter.example.se",
        "https://nyheter.example.se/nyheter/2026/valet/?utm=x",
        "http://nyheter.example.se/nyheter/2026/valet/",
        "https://nyheter.example.se.evil.test/x/y/z/",
        "https://annan.example.se/nyheter/2026/vallet/",
        "//annan.example.se/x/",
        "mailto:anna@example.se",
    ],
)
def test_links_that_are_right(site: Site, written: str) -> None:
    """Nothing is said of them; what the site makes by itself counts as there when in doubt."""
    gammal = post(site, "ny", aliases=("gammal",), tags=("hälsa",))

    assert list(broken_links(destinations(site, f"[sidan]({written})", gammal))) == []


@pytest.mark.parametrize(
    "written",
    [
        "Se https://nyheter.example.se/nyheter/2026/finns-inte/.",
        "Se <https://nyheter.example.se/nyheter/2026/finns-inte/>",
        "Se (https://nyheter.example.se/nyheter/2026/finns-inte/)",
        'Se <a href="/nyheter/finns/">nyheten</a>',
    ],
)
def test_links_that_are_not_written_with_brackets(site: Site, written: str) -> None:
    """A bare address becomes a link, and so does HTML: both are followed like the others."""
    found = broken_links(destinations(site, f"Text\n\n{written}"))

    assert [(line, code) for line, code, _ in told(found)] == [(8, "broken-link")]


def test_headings_of_a_text_that_was_not_rendered(site: Site) -> None:
    """Where nobody knows which headings there are, none is missed."""
    cards = [card(post(site, body="[a](#nej)"), site, anchors=None)]

    assert list(broken_links(Destinations(cards, FILES, site))) == []


def test_the_prefix_is_that_of_the_pages() -> None:
    """Ids of texts begin as the rendering lets them begin."""
    assert _PREFIX == ANCHOR


def test_a_draft_only_warns(site: Site) -> None:
    """While a text is written its links need not lead anywhere."""
    draft = card(post(site, body="[a](b.md)", draft=True), site)

    (problem,) = broken_links(Destinations([draft], FILES, site))

    assert problem.severity is Severity.WARNING


def test_the_site_decides_how_much_it_matters(site: Site) -> None:
    """Severities of site.yaml hold for links too."""
    mild = replace(site, checks=(("broken-link", Severity.NOTE),))

    (problem,) = broken_links(destinations(mild, "[a](b.md)"))

    assert problem.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"draft": True}, "it is a draft"),
        ({"date": "2026-12-24T12:00"}, "it is not public before 2026-12-24 12:00"),
        ({"withdrawn": Withdrawal(NOW.date(), "Fel")}, "it was withdrawn"),
        ({"expires": NOW}, "it has expired"),
    ],
)
@pytest.mark.parametrize("written", ["jul.md", "/nyheter/2026/jul/"])
def test_links_to_what_readers_cannot_see(
    site: Site, more: dict[str, object], why: str, written: str
) -> None:
    """A public text that links to a draft, say, is told of, with what is the matter."""
    jul = post(site, "jul", **more)  # type: ignore[arg-type]

    (problem,) = hidden_links(destinations(site, f"[jul]({written})", jul), NOW)

    assert (problem.line, problem.code) == (6, "hidden-link")
    assert problem.message.endswith(why)


@pytest.mark.parametrize(
    "more",
    [
        {"draft": True},
        {"date": "2026-12-25"},
        {"expires": NOW},
        {"withdrawn": Withdrawal(NOW.date(), "")},
    ],
)
def test_nobody_follows_a_link_in_what_is_not_there(site: Site, more: dict[str, object]) -> None:
    """Drafts may link to drafts, and two texts may come on the same day."""
    jul = post(site, "jul", date="2026-12-24")
    linking = post(site, "advent", body="[jul](jul.md)", **more)  # type: ignore[arg-type]

    assert list(hidden_links(destinations(site, "", jul, linking), NOW)) == []


def test_contacts_share_a_page(site: Site) -> None:
    """A link to a contact leads to a place on their page."""
    anna = Contact(
        source=PurePosixPath("posts/contacts/anna.md"),
        body_line=4,
        id="urn:x:anna",
        title="Anna",
        slug="anna",
        lang="sv",
        body="",
    )

    assert list(broken_links(destinations(site, "[Anna](../contacts/anna.md)", anna))) == []


def test_many_broken_links_take_no_time(site: Site) -> None:
    """What was perhaps meant is looked for among a few files, however many there are."""
    body = "[a](fel.md)\n\n" * 200
    pages = [
        Page(
            source=PurePosixPath(f"posts/pages/p{n}.md"),
            body_line=1,
            id=f"{n}",
            title="P",
            slug=f"p{n}",
            lang="sv",
            body="",
        )
        for n in range(5_000)
    ]
    files = FILES | {str(page.source) for page in pages}
    cards = [card(piece, site) for piece in (post(site, body=body), *pages)]

    assert len(list(broken_links(Destinations(cards, files, site)))) == 200


def test_ten_thousand_links_to_nothing_take_no_time(site: Site) -> None:
    """A folder that was moved away leaves as many broken links; each is told with its like."""
    cards = [card(post(site, f"inlagg-{n}", f"[x](inlagg-{n}x.md)"), site) for n in range(10_000)]
    files = frozenset(f"posts/news/inlagg-{n}.md" for n in range(10_000))

    started = time.process_time()
    found = told(broken_links(Destinations(cards, files, site)))

    assert len(found) == 10_000
    assert found[4321] == (6, "broken-link", "write inlagg-4321.md")
    assert time.process_time() - started < 20
