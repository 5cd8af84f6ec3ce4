from pathlib import Path

import pytest

from tests.web.house import House


@pytest.fixture
def site(house: House) -> House:
    """A house whose site has a few files."""
    for name in (
        "index.html",
        "nyheter/2026/index.html",
        "404.html",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "calendar.ics",
        "kalender/host.ics",
        "style.css",
        "bilder/0123456789ab/bild.webp",
        "filer/rapport.pdf",
        "embed/latest.html",
        ".manifest",
    ):
        path = house.public / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"this is {name}")
    return house


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/nyheter/2026/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/kalender/host.ics", "text/calendar; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/bilder/0123456789ab/bild.webp", "image/webp"),
        ("/filer/rapport.pdf", "application/pdf"),
    ],
)
def test_files_have_their_right_types(site: House, path: str, media_type: str) -> None:
    """Readers, calendars and browsers are told what they get; HEAD says the same without it."""
    answer, head = site.client.get(path), site.client.head(path)

    assert answer.status_code == 200
    assert answer.text.startswith("this is ")
    assert answer.headers["content-type"] == head.headers["content-type"] == media_type
    assert head.content == b""
    assert answer.headers["etag"]
    assert answer.headers["last-modified"]


def test_what_has_not_changed_is_not_sent_again(site: House) -> None:
    """A program that knows the file gets 304; one that knows an older file gets the new one."""
    first = site.client.get("/feed.xml")
    again = site.client.get("/feed.xml", headers={"If-None-Match": first.headers["etag"]})
    since = {"If-Modified-Since": first.headers["last-modified"]}

    assert (again.status_code, again.content) == (304, b"")
    assert site.client.get("/feed.xml", headers=since).status_code == 304

    (site.public / "feed.xml").write_text("newer and longer")
    changed = site.client.get("/feed.xml", headers={"If-None-Match": first.headers["etag"]})
    assert changed.text == "newer and longer"


def test_caches_are_told_how_long(site: House) -> None:
    """Feeds a quarter of an hour, pictures for ever, pages until asked."""

    def age(path: str) -> str:
        return site.client.get(path).headers["cache-control"]

    assert age("/feed.xml") == age("/kalender/host.ics") == "public, max-age=900"
    assert age("/bilder/0123456789ab/bild.webp") == "public, max-age=31536000, immutable"
    assert age("/") == age("/filer/rapport.pdf") == "no-cache"


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml", "/feed.json", "/calendar.ics"])
def test_feeds_may_be_read_by_scripts_elsewhere(site: House, path: str) -> None:
    """Members' own sites show our news and calendar."""
    assert site.client.get(path).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.client.get("/").headers


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/.manifest",
        "/..%2fnewsroom.db",
        "/%2e%2e/newsroom.db",
        "/nyheter/%00",
        "/" + "a" * 3000,
        "/linked/secret",
    ],
)
def test_what_is_not_public_is_not_found(site: House, tmp_path: Path, path: str) -> None:
    """Missing, hidden, outside and linked outside: the site's own page, and 404."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text("secret")
    (site.public / "linked").symlink_to(tmp_path / "outside")

    answer = site.client.get(path)

    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_folder_without_its_slash_leads_to_it(site: House) -> None:
    """The address is completed, on this site."""
    answer = site.client.get("/nyheter/2026")

    assert answer.status_code == 301
    assert answer.headers["location"] == "/nyheter/2026/"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_files_are_only_read(site: House, method: str) -> None:
    """Other methods are refused."""
    assert site.client.request(method, "/feed.xml").status_code == 405


def test_a_site_that_is_not_built_yet_is_not_found(house: House) -> None:
    """Before the first build the web says 404, not that it broke."""
    house.public.rmdir()

    assert house.client.get("/").status_code == 404
