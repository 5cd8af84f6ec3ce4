import pytest

from newsroom.web.file_types import file_type

FEED = "public, max-age=900"
EVER = "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("archive/2025-04.xml", "application/atom+xml; charset=utf-8"),
        ("archive/2025-04.json", "application/feed+json"),
        ("amnen/halsa/atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("filer/matning.CSV", "text/csv; charset=utf-8"),
        ("filer/ritning.dwg", "application/octet-stream"),
        ("filer/utan-andelse", "application/octet-stream"),
        ("nyheter/feed/index.html", "text/html; charset=utf-8"),
    ],
)
def test_the_type_follows_the_name(path: str, media_type: str) -> None:
    """Feeds by their whole name, the archive's too; the unknown is saved, never guessed at."""
    assert file_type(path).media_type == media_type


@pytest.mark.parametrize(
    ("path", "query", "cache"),
    [
        ("archive/2025-04.xml", "", FEED),
        ("kalender/host.ics", "", FEED),
        ("bilder/0123456789ab/karta.svg", "", EVER),
        ("bilder/0123456789abcdef/karta-640.avif", "", EVER),
        ("bilder/0123456789ab/index.html", "", "no-cache"),
        ("nyheter/202604120930/index.html", "", "no-cache"),
        ("style.css", "", "no-cache"),
        ("style.css", "v=1a2b3c4d", "public, max-age=3600"),
        ("index.html", "v=1", "no-cache"),
    ],
)
def test_how_long_a_file_is_kept(path: str, query: str, cache: str) -> None:
    """For ever only under an address that is made from the content."""
    assert file_type(path, query).cache == cache


@pytest.mark.parametrize("path", ["feed.xml", "feed.json", "a.ics", "a.svg", "a.json", "a.html"])
def test_text_can_be_compressed(path: str) -> None:
    """Everything that is text, whatever its type is called."""
    assert file_type(path).is_compressed


@pytest.mark.parametrize("path", ["a.webp", "a.pdf", "a.mp4", "a.zip", "a.woff2", "a.docx"])
def test_what_is_packed_already_is_not_compressed(path: str) -> None:
    """It would take time and gain nothing."""
    assert not file_type(path).is_compressed
