"""Publications and issues."""

from pathlib import PurePosixPath

from newsroom.model import Asset, Image
from tests.render.pieces import (
    at,
    make_contact,
    make_event,
    make_issue,
    make_newsroom,
    make_post,
    make_publication,
)
from tests.render.printed import printed

FILE = PurePosixPath("posts/documents/handbok.pdf")
COVER = PurePosixPath("posts/documents/handbok.png")


def test_a_publication_is_opened_from_its_page() -> None:
    """The button says type and size."""
    assets = (Asset(FILE, 1_234_567, "cd" * 32, "application/pdf"),)

    site = printed(make_newsroom(publications=(make_publication(),), assets=assets))

    assert "Öppna dokumentet (PDF, 1,2 MB)" in site["dokument/handbok/index.html"]
    assert 'href="/filer/documents/handbok.pdf"' in site["dokument/handbok/index.html"]
    assert '<span class="paper" aria-hidden="true">PDF</span>' in site["dokument/index.html"]


def test_a_cover_is_shown_where_there_is_one() -> None:
    """The cover stands in the list and on the page."""
    publication = make_publication(image=Image(COVER, "Omslaget"), author="Kim Berg")
    assets = (Asset(COVER, 10, "ab" * 32, "image/png", 700, 990),)

    site = printed(make_newsroom(publications=(publication,), assets=assets))

    assert 'class="cover"' in site["dokument/index.html"]
    assert 'alt="Omslaget"' in site["dokument/handbok/index.html"]
    assert "Öppna dokumentet" not in site["dokument/handbok/index.html"]  # its file is missing


def test_an_unusual_type_is_named_by_its_ending() -> None:
    """A type without a name that people use is called by the end of the file's name."""
    file = FILE.with_suffix(".epub")
    assets = (Asset(file, 1_000, "cd" * 32, "application/epub+zip"),)

    site = printed(make_newsroom(publications=(make_publication(file=file),), assets=assets))

    assert "(EPUB, 1 kB)" in site["dokument/handbok/index.html"]


def test_an_issue_reads_on_the_web() -> None:
    """Introduction, lead, stories in order, events, people; what is not public is left out."""
    issue = make_issue(
        number=40,
        subject="Plats för alla",
        published=at("2026-06-02T09:00"),
        lead="ett",
        stories=("tva", "ett", "utkast", "okand"),
        events=("mote", "okand"),
        contacts=("anna",),
    )
    posts = (make_post("ett"), make_post("tva"), make_post("utkast", draft=True))

    site = printed(
        make_newsroom(
            issues=(issue,), posts=posts, events=(make_event(),), contacts=(make_contact(),)
        )
    )
    page = site["nyhetsbrev/2026-var/index.html"]

    assert "Våren är här." in page
    assert page.index("Nyheten ett") < page.index("Nyheten tva")
    assert page.count("Nyheten ett") == 1
    assert "utkast" not in page
    assert "Träffen mote" in page
    assert "Anna Ek" in page
    assert "Nummer 40" in site["nyhetsbrev/index.html"]


def test_issues_lead_to_each_other() -> None:
    """Newer and older issues are a step away."""
    issues = (
        make_issue(published=at("2026-06-02T09:00")),
        make_issue(
            source=PurePosixPath("posts/newsletters/2025-host.md"),
            slug="2025-host",
            title="Hösten 2025",
            published=at("2025-12-02T09:00"),
        ),
    )

    site = printed(make_newsroom(issues=issues))

    assert 'class="older" href="/nyhetsbrev/2025-host/"' in site["nyhetsbrev/2026-var/index.html"]
    assert 'class="newer" href="/nyhetsbrev/2026-var/"' in site["nyhetsbrev/2025-host/index.html"]
