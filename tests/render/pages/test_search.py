import re

from newsroom.render.templates import default_templates
from tests.render.pieces import at, make_event, make_newsroom, make_post, make_site
from tests.render.printed import printed

_SCRIPT = default_templates() / "site/search.js"


def test_the_page_leads_to_everything() -> None:
    """The newest, the years and the topics, with how many there are of each, without any script."""
    posts = (
        make_post("ny", tags=("halsa",)),
        make_post("gammal", published=at("2024-02-01T09:00"), tags=("halsa",)),
        make_post("hemlig", draft=True, tags=("hemligt",)),
    )

    page = printed(make_newsroom(posts=posts, events=(make_event(tags=("norden",)),)))[
        "sok/index.html"
    ]

    for address in ("nyheter/2026/ny/", "nyheter/2026/", "nyheter/2024/", "amnen/norden/"):
        assert f'href="/{address}"' in page
    assert re.search(r'href="/amnen/halsa/">[^<]+</a> <span class="quiet">2<', page)
    assert "hemlig" not in page


def test_a_newsroom_without_posts_has_the_page() -> None:
    """It leads to what there is."""
    page = printed(make_newsroom(events=(make_event(),)))["sok/index.html"]

    assert 'href="/kalender/"' in page
    assert "<h2>Nyheter år för år</h2>" not in page


def test_the_field_is_hidden_until_the_script_has_something_to_search_in() -> None:
    """A form that does nothing is shown to nobody, and search engines leave the page alone."""
    page = printed(make_newsroom())["sok/index.html"]

    assert '<div class="search" id="search" hidden\n' in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_script_has_no_words_of_its_own() -> None:
    """What it says stands on the page, in the page's language; it is short and makes no HTML."""
    script = _SCRIPT.read_text(encoding="utf-8")
    swedish = printed(make_newsroom())
    english = printed(make_newsroom(site=make_site(language="en")))

    assert 'data-searching="Söker …"' in swedish["sok/index.html"]
    assert 'data-searching="Searching …"' in english["search/index.html"]
    assert swedish["sok/search.js"] == english["search/search.js"] == script
    assert len(script.encode()) < 4096
    assert not re.search(r"innerHTML|insertAdjacent|eval\(|Storage|cookie", script)


def test_every_page_leads_to_search() -> None:
    """From the header, in the words of the page."""
    pages = printed(make_newsroom(posts=(make_post(),)))

    for path in ("index.html", "404.html", "nyheter/2026/ett/index.html"):
        assert 'href="/sok/"' in pages[path]
