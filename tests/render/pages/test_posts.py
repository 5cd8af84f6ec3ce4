"""The page of a post: what it shows, and what makes it new."""

from dataclasses import replace
from pathlib import PurePosixPath

from newsroom.model import Attachment, Image, Source
from tests.render.pieces import (
    at,
    document,
    make_contact,
    make_event,
    make_newsroom,
    make_post,
    make_site,
    picture,
)
from tests.render.printed import NOW, inputs, printed

NEWEST = make_post("tre", title="Tredje nyheten", published=at("2026-06-01T10:00"))
MIDDLE = make_post("tva", title="Andra nyheten", published=at("2026-05-01T10:00"))
OLDEST = make_post("ett", title="Första nyheten", published=at("2026-04-12T10:00"))
PAGE = "nyheter/2026/tva/index.html"


def test_a_post_shows_its_neighbours() -> None:
    """Newer and older are links that carry the titles."""
    page = printed(make_newsroom(posts=(NEWEST, MIDDLE, OLDEST)))[PAGE]

    assert 'class="newer" href="/nyheter/2026/tre/"' in page
    assert 'class="older" href="/nyheter/2026/ett/"' in page
    assert "Tredje nyheten" in page
    assert "Första nyheten" in page


def test_a_post_ends_with_event_files_contacts_and_topics() -> None:
    """What a post points to is shown with it: the event, files with type and size, people, tags."""
    post = replace(
        MIDDLE,
        event="mote",
        contacts=("anna",),
        tags=("jamlik-halsa",),
        attachments=(Attachment(PurePosixPath("posts/news/tva/program.pdf"), "Programmet"),),
    )
    newsroom = make_newsroom(
        site=make_site(tags=(("jamlik-halsa", "Jämlik hälsa"),)),
        posts=(post,),
        events=(make_event(),),
        contacts=(make_contact(),),
        assets=(document("tva", "program.pdf"),),
    )

    page = printed(newsroom)[PAGE]

    assert 'href="/kalender/mote/"' in page
    assert "(PDF, 123 kB)" in page
    assert 'href="/kontakt/#anna"' in page
    assert 'href="tel:0101234567"' in page
    assert '<a href="/amnen/jamlik-halsa/">Jämlik hälsa</a>' in page


def test_a_post_says_who_wrote_it_when_it_changed_and_where_it_came_from() -> None:
    """Author, correction and first publisher stand in the line of facts."""
    post = replace(
        MIDDLE,
        author="Kim Berg",
        updated=at("2026-05-03T08:00"),
        origin=Source("Lokaltidningen", "https://tidning.example/1"),
    )

    page = printed(make_newsroom(posts=(post,)))[PAGE]

    assert "Av Kim Berg" in page
    assert 'Uppdaterad <time datetime="2026-05-03T08:00+02:00">3 maj 2026</time>' in page
    assert '<a href="https://tidning.example/1">Lokaltidningen</a>' in page


def test_a_picture_has_its_size_and_its_words() -> None:
    """Width, height and alternative text are written, for the page and for those who share it."""
    image = Image(PurePosixPath("posts/news/tva/bild.jpg"), "Två bänkar i en park")
    newsroom = make_newsroom(
        posts=(replace(MIDDLE, image=image),), assets=(picture("tva", "bild.jpg"),)
    )

    page = printed(newsroom)[PAGE]

    address = "bilder/abababababa1/bild-1200.jpg"
    assert f'<img src="/{address}" srcset="/{address} 1200w, ' in page
    assert 'alt="Två bänkar i en park" width="1200" height="800" fetchpriority="high">' in page
    assert f'property="og:image" content="https://nyheter.example.se/{address}"' in page


def test_a_post_in_another_language_says_so() -> None:
    """Title, summary and text carry their language; the words around them do not."""
    post = replace(MIDDLE, lang="en", title="Second news", summary="In short.")

    page = printed(make_newsroom(posts=(post,)))[PAGE]

    assert '<html lang="sv">' in page
    assert ' lang="en">Second news</h1>' in page
    assert '<div class="prose" lang="en">' in page


def test_links_in_the_text_lead_to_pages_and_files() -> None:
    """Addresses of files, as an editor writes them, become addresses on the site."""
    body = (
        "[Mötet](../../events/mote.md), [programmet](<mitt program.pdf>) och [ett][1].\n\n"
        "![Bild](bild.jpg)\n\n[1]: ../ett/index.md"
    )
    newsroom = make_newsroom(
        posts=(replace(MIDDLE, body=body), OLDEST),
        events=(make_event(),),
        assets=(document("tva", "mitt program.pdf"), picture("tva", "bild.jpg")),
    )

    page = printed(newsroom)[PAGE]

    assert 'href="/kalender/mote/"' in page
    assert 'href="/filer/news/tva/mitt%20program.pdf"' in page
    assert 'href="/nyheter/2026/ett/"' in page
    assert 'src="/bilder/abababababa1/bild-1200.jpg"' in page


def test_a_link_tells_how_large_its_file_is_now() -> None:
    """The page is made anew when the file has another size, though its address is the same."""
    post = replace(MIDDLE, body="Läs [programmet](program.pdf).")
    small = document("tva", "program.pdf")
    before = make_newsroom(posts=(post,), assets=(small,))
    after = replace(before, assets=(replace(small, size=2_345_678),))

    assert ">programmet (PDF, 123 kB)</a>" in printed(before)[PAGE]
    assert ">programmet (PDF, 2,3 MB)</a>" in printed(after)[PAGE]
    assert inputs(before)[PAGE] != inputs(after)[PAGE]


def test_tables_scroll_in_a_box_of_their_own() -> None:
    """A wide table does not widen the page, and the keyboard reaches it."""
    post = replace(MIDDLE, body="| Tid | Vad |\n| --- | --- |\n| 9 | Kaffe |")

    page = printed(make_newsroom(posts=(post,)))[PAGE]

    assert '<div class="scroll" role="group" tabindex="0" aria-label="Tabell"><table>' in page


def test_only_its_own_inputs_make_a_post_new() -> None:
    """A change in another post's text leaves the page alone; a neighbour's new title does not."""
    before = inputs(make_newsroom(posts=(NEWEST, MIDDLE, OLDEST)))[PAGE]

    other_text = inputs(make_newsroom(posts=(replace(NEWEST, body="Ny text."), MIDDLE, OLDEST)))
    other_title = inputs(make_newsroom(posts=(replace(NEWEST, title="Ny"), MIDDLE, OLDEST)))
    own_text = inputs(make_newsroom(posts=(NEWEST, replace(MIDDLE, body="Ny text."), OLDEST)))

    assert other_text[PAGE] == before
    assert other_title[PAGE] != before
    assert own_text[PAGE] != before


def test_publishing_one_post_renews_few_pages() -> None:
    """One post more touches its neighbour and the lists it stands in, however long the archive."""
    archive = tuple(
        make_post(f"p{i:03}", published=at(f"20{10 + i // 12:02}-{1 + i % 12:02}-01T10:00"))
        for i in range(119, -1, -1)
    )
    before = inputs(make_newsroom(posts=archive))

    after = inputs(
        make_newsroom(posts=(make_post("ny", published=at("2026-11-20T10:00")), *archive))
    )

    changed = sorted(path for path in after if before.get(path) != after[path])
    assert changed == [
        "404.html",
        "archive/2017-06.xml",  # the document after it is in the archive now
        "archive/2017-07.json",
        "archive/2017-07.xml",
        "atom.xml",
        "embed/latest.html",
        "feed.json",
        "feed.xml",
        "index.html",
        "nyheter/2019/12/index.html",  # its newer month is no longer none
        "nyheter/2019/index.html",
        "nyheter/2019/p119/index.html",
        "nyheter/2026/11/index.html",
        "nyheter/2026/index.html",
        "nyheter/2026/ny/index.html",
        "nyheter/index.html",
        "sitemap.xml",
        "sok/index.html",
    ]


def test_two_posts_with_one_title_differ_by_their_day() -> None:
    """The title of the page tells twins apart; a post without a twin has its title alone."""
    twins = (replace(NEWEST, title="Välkommen"), replace(OLDEST, title="Välkommen"))

    site = printed(make_newsroom(posts=(*twins, MIDDLE)))

    assert "<title>Välkommen, 1 juni 2026 – " in site["nyheter/2026/tre/index.html"]
    assert "<title>Välkommen, 12 april 2026 – " in site["nyheter/2026/ett/index.html"]
    assert "<title>Andra nyheten – " in site[PAGE]


def test_a_post_without_a_summary_is_described_by_its_first_words() -> None:
    """Search engines get the first paragraph as plain text, in the language of the post."""
    post = replace(MIDDLE, lang="en", body="## Today\n\nWe *meet* at noon.\n\nMore.")

    page = printed(make_newsroom(posts=(post,)))[PAGE]

    assert '<meta name="description" content="We meet at noon.">' in page
    assert '<meta property="og:locale" content="en_GB">' in page


def test_what_is_not_public_is_nowhere() -> None:
    """Drafts, coming and expired posts are in no file of the site."""
    hidden = (
        replace(NEWEST, title="Utkastet", draft=True),
        replace(MIDDLE, title="Framtiden", published=at("2027-01-01T00:00")),
        replace(OLDEST, title="Utgången", expires=at("2026-05-01T00:00")),
    )

    site = printed(make_newsroom(posts=(*hidden, make_post("fyra"))), NOW)

    for text in site.values():
        assert not any(post.title in text or f"/{post.slug}/" in text for post in hidden)
