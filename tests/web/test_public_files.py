import os
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
        "nyheter/.index.html.new",
        "_redirects.json",
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
    assert age("/style.css?v=1a2b3c4d") == "public, max-age=3600"
    assert age("/") == age("/filer/rapport.pdf") == age("/style.css") == "no-cache"


def test_a_new_build_of_the_same_costs_no_download(site: House) -> None:
    """The tag is the content's: a site made again, or copied, is known by everybody who had it."""
    known = {"If-None-Match": site.client.get("/feed.xml").headers["etag"]}
    os.utime(site.public / "feed.xml", (1, 1))

    assert site.client.get("/feed.xml", headers=known).status_code == 304


def test_not_modified_says_what_caches_go_by(site: House) -> None:
    """304 repeats tag, age and what the answer depends on, and speaks of no body."""
    first = site.client.get("/feed.xml").headers
    again = site.client.get("/feed.xml", headers={"If-None-Match": first["etag"]}).headers

    for name in ("etag", "cache-control", "vary", "last-modified", "access-control-allow-origin"):
        assert again[name] == first[name]
    assert not {"content-type", "content-length", "content-encoding"} & again.keys()


def test_a_recording_comes_piece_by_piece(site: House) -> None:
    """A file larger than a piece is whole, also in parts and on a HEAD."""
    recording = bytes(range(256)) * 4096
    (site.public / "film.mp4").write_bytes(recording)

    whole, head = site.client.get("/film.mp4"), site.client.head("/film.mp4")
    part = site.client.get("/film.mp4", headers={"Range": "bytes=100-800099"})

    assert whole.content == recording
    assert head.headers["content-length"] == whole.headers["content-length"] == str(len(recording))
    assert (part.status_code, part.content) == (206, recording[100:800100])
    assert part.headers["content-range"] == f"bytes 100-800099/{len(recording)}"


def test_a_part_that_is_not_there_is_refused(site: House) -> None:
    """416 says how long the file is."""
    answer = site.client.get("/filer/rapport.pdf", headers={"Range": "bytes=9999-"})

    assert answer.status_code == 416
    assert answer.headers["content-range"] == "bytes */25"
    assert answer.content == b""


def test_a_condition_that_fails_is_told(site: House) -> None:
    """412 for a program that wanted to go on with another file."""
    answer = site.client.get("/feed.xml", headers={"If-Match": '"other"'})

    assert (answer.status_code, answer.content) == (412, b"")


def test_a_missing_page_has_the_look_of_the_site(site: House) -> None:
    """Status 404, the site's own page, and no cache keeps what may come in a minute."""
    answer = site.client.get("/nothing/")

    assert (answer.status_code, answer.text) == (404, "this is 404.html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", ["/index.html", "/nyheter/2026/index.html"])
def test_a_page_has_one_address(site: House, path: str) -> None:
    """The file's name leads to its folder."""
    answer = site.client.get(f"{path}?a=b")

    assert answer.status_code == 301
    assert answer.headers["location"] == path.removesuffix("index.html") + "?a=b"


def test_what_the_web_wants_to_be_known_is_shown(site: House) -> None:
    """Certificates are proved, and security contacts found, below .well-known."""
    (site.public / ".well-known").mkdir()
    (site.public / ".well-known/security.txt").write_text("Contact")

    assert site.client.get("/.well-known/security.txt").text == "Contact"


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
        "/nyheter/.index.html.new",
        "/nyheter/2026//",
        "//nyheter/2026/",
        "/nyheter%2f2026/",
        "/nyheter%5c2026/",
        "/feed.xml/",
        "/_redirects.json",
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
    """Other methods are refused, and told which ones there are."""
    answer = site.client.request(method, "/feed.xml")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_site_that_is_not_built_yet_is_not_found(house: House) -> None:
    """Before the first build the web says 404, not that it broke."""
    house.public.rmdir()

    assert house.client.get("/").status_code == 404
