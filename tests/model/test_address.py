"""Where each thing is on the site."""

from pathlib import PurePosixPath

import pytest

from newsroom.model import SECTIONS, Addresses, Asset, Member, Page, Piece, Publication
from newsroom.model.address import moved_to, parted, section_word, slug_at
from tests.render.pieces import at, make_contact, make_event, make_issue, make_post, make_site

SWEDISH = Addresses(make_site())
ENGLISH = Addresses(make_site(language="en-GB"))
SHARED = {"source": PurePosixPath("posts/x.md"), "body_line": 1, "id": "x", "title": "X"}


def plain(kind: type[Member] | type[Page], slug: str) -> Piece:
    """A piece of a kind that has no more than every piece has."""
    return kind(**SHARED, slug=slug, lang="sv", body="")  # type: ignore[arg-type]


REPORT = Publication(
    **SHARED,  # type: ignore[arg-type]
    slug="rapport",
    lang="sv",
    body="",
    file=PurePosixPath("posts/documents/rapport.pdf"),
    published=at("2026-01-01T00:00"),
)


@pytest.mark.parametrize(
    ("piece", "swedish", "english"),
    [
        (make_post("eu-valet"), "nyheter/2026/eu-valet/", "news/2026/eu-valet/"),
        (make_event("mote"), "kalender/mote/", "calendar/mote/"),
        (make_contact("anna"), "kontakt/#anna", "contact/#anna"),
        (plain(Member, "lovhamn"), "medlemmar/lovhamn/", "members/lovhamn/"),
        (REPORT, "dokument/rapport/", "documents/rapport/"),
        (make_issue(), "nyhetsbrev/2026-var/", "newsletter/2026-var/"),
        (plain(Page, "om"), "om/", "om/"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Piece) else None,
)
def test_each_kind_has_its_place(piece: Piece, swedish: str, english: str) -> None:
    """The words of an address are the site's language's; what the editor named stays."""
    assert SWEDISH.piece(piece) == swedish
    assert ENGLISH.piece(piece) == english


def test_a_kind_without_a_place() -> None:
    """A piece of no known kind is a fault of ours, and is said."""
    with pytest.raises(TypeError, match="Piece"):
        SWEDISH.piece(Piece(**SHARED, slug="x", lang="sv", body=""))  # type: ignore[arg-type]


def test_a_year_is_the_sites_own() -> None:
    """A post of the new year's first hour stands under the year its editor wrote."""
    assert SWEDISH.piece(make_post(published=at("2027-01-01T00:30"))) == "nyheter/2027/ett/"


def test_words_can_be_replaced() -> None:
    """The words in site.yaml win over the language's, section by section."""
    addresses = Addresses(make_site(path_words=(("news", "aktuellt"),)))

    assert addresses.section("news") == "aktuellt/"
    assert addresses.section("events") == "kalender/"


def test_another_language_has_english_words() -> None:
    """A site in a language without words of its own has English ones."""
    assert Addresses(make_site(language="fi")).section("news") == "news/"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_sections_share_a_word(language: str) -> None:
    """Each section has a word, and no other section has it."""
    addresses = Addresses(make_site(language=language))

    assert len({addresses.word(section) for section in SECTIONS}) == len(SECTIONS)


def test_archives_and_topics() -> None:
    """Months have two digits; a topic's address is its slug."""
    assert SWEDISH.archive(2026) == "nyheter/2026/"
    assert SWEDISH.archive(2026, 4) == "nyheter/2026/04/"
    assert SWEDISH.tag("Jämlik hälsa") == "amnen/jamlik-halsa/"
    assert SWEDISH.event_calendar(make_event("mote")) == "kalender/mote.ics"


def test_a_picture_stands_by_what_it_shows_and_a_document_by_its_name() -> None:
    """A new picture gets a new address; a corrected document keeps the one that others link to."""
    picture = Asset(PurePosixPath("posts/news/a/b.jpg"), 1, "0123456789abcdef", "image/jpeg")
    document = Asset(PurePosixPath("posts/news/a/b.pdf"), 1, "0123456789abcdef", "application/pdf")

    assert SWEDISH.asset(picture) == "bilder/0123456789a1/b.jpg"
    assert SWEDISH.asset(document) == "filer/news/a/b.pdf"


def test_whole_addresses() -> None:
    """A path is put after the site's address; the ways in and out carry their token."""
    assert SWEDISH.url("feed.xml") == "https://nyheter.example.se/feed.xml"
    assert SWEDISH.confirm("T") == "bekrafta/T"
    assert SWEDISH.leave("T") == "avsluta/T"
    assert SWEDISH.one_click("T") == ENGLISH.one_click("T") == "u/T"


@pytest.mark.parametrize(
    ("address", "home", "slug"),
    [
        ("nyheter/2026/eu-valet/", "nyheter/2026/", "eu-valet"),
        ("kontakt/#anna", "kontakt/", "anna"),
        ("om/", "", "om"),
    ],
)
def test_an_address_taken_apart(address: str, home: str, slug: str) -> None:
    """Before the slug stands the folder, which a page of the site's own root has none of."""
    assert parted(address) == (home, slug)
    assert slug_at(address) == slug


def test_under_another_slug() -> None:
    """Another slug stands in the same folder; people share a page, and were never elsewhere."""
    post = make_post("ett", published=at("2025-05-01T10:00"))

    assert moved_to(SWEDISH.piece(post), "tva") == "nyheter/2025/tva/"
    assert SWEDISH.alias(post, "noll") == "nyheter/2025/noll/"
    assert SWEDISH.alias(make_contact("anna"), "ann") == "kontakt/ann/"
    assert section_word(SWEDISH.piece(post)) == "nyheter"
