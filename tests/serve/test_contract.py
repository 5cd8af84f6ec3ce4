"""One contract, kept by `newsroom run` and by every server that `serve/` has a file for."""

import gzip
from urllib.parse import urlsplit

import httpx
import pytest

from tests.serve.small_site import FILES, RECORDING

pytestmark = pytest.mark.slow  # four servers, each a process of its own

PAGES = "text/html; charset=utf-8"
TYPES = {
    "/": PAGES,
    "/nyheter/2026/nu/": PAGES,
    "/feed.xml": "application/rss+xml; charset=utf-8",
    "/amnen/halsa/feed.xml": "application/rss+xml; charset=utf-8",
    "/atom.xml": "application/atom+xml; charset=utf-8",
    "/feed.json": "application/feed+json",
    "/archive/2025-04.xml": "application/atom+xml; charset=utf-8",
    "/archive/2025-04.json": "application/feed+json",
    "/calendar.ics": "text/calendar; charset=utf-8",
    "/kalender/host.ics": "text/calendar; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
    "/style.css": "text/css; charset=utf-8",
    "/embed/latest.html": PAGES,
    "/bilder/0123456789ab/bild.webp": "image/webp",
    "/bilder/0123456789ab/bild.avif": "image/avif",
    "/bilder/0123456789ab/karta.svg": "image/svg+xml; charset=utf-8",
    "/filer/rapport.pdf": "application/pdf",
    "/filer/inspelning.mp4": "video/mp4",
    "/.well-known/security.txt": "text/plain; charset=utf-8",
}
SMALLER = [  # texts that are long enough to be compressed
    *("/", "/nyheter/2026/nu/", "/feed.xml", "/atom.xml", "/feed.json", "/calendar.ics"),
    *("/sitemap.xml", "/style.css", "/bilder/0123456789ab/karta.svg"),
]
SUBSCRIBED = [
    "/archive/2025-04.xml",
    "/archive/2025-04.json",
    "/feed.xml",
    "/amnen/halsa/feed.xml",
    "/atom.xml",
    "/feed.json",
    "/calendar.ics",
]
ANSWERS = [
    "/",
    "/feed.xml",
    "/nowhere/",
    "/nyheter/2026/da/",
    "/nyheter/2026/tillbaka/",
    "/nyheter",
]
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
GZIP = {"Accept-Encoding": "gzip"}
PERMANENT = {301, 308}


def sent(web: httpx.Client, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """An answer, and its bytes as they came."""
    with web.stream("GET", path, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


def way(answer: httpx.Response) -> str:
    """Where a redirect leads on this site; it may not lead elsewhere."""
    assert answer.status_code in PERMANENT
    where = urlsplit(answer.headers["location"])
    assert where.netloc in {"", answer.request.headers["host"], answer.request.url.netloc.decode()}
    assert not where.path.startswith("//")
    return where.path + (f"?{where.query}" if where.query else "")


@pytest.mark.parametrize(("path", "media_type"), TYPES.items())
def test_each_file_has_its_type(web: httpx.Client, path: str, media_type: str) -> None:
    """Readers, calendars and browsers are told what they get."""
    answer = web.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"].replace(";charset", "; charset").lower() == media_type
    assert answer.headers["etag"]
    assert answer.headers["last-modified"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", TYPES)
def test_the_second_fetch_is_not_modified(web: httpx.Client, path: str, encoding: str) -> None:
    """Whoever shows the tag or the time of the first answer gets 304 and no bytes."""
    first = web.get(path, headers={"Accept-Encoding": encoding})
    tag = {"If-None-Match": first.headers["etag"], "Accept-Encoding": encoding}
    time = {"If-Modified-Since": first.headers["last-modified"], "Accept-Encoding": encoding}
    both = {**time, **tag}
    several = {**tag, "If-None-Match": f'"other", {first.headers["etag"]}'}

    for known in (tag, time, both, several):
        again = web.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert again.headers["etag"].removeprefix("W/") == first.headers["etag"].removeprefix("W/")


def test_another_tag_or_an_older_time_gets_the_file(web: httpx.Client) -> None:
    """A program that has something else gets what is there now, and the tag counts for more."""
    first = web.get("/feed.xml")
    other = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}

    assert web.get("/feed.xml", headers=other).status_code == 200
    old = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert web.get("/feed.xml", headers=old).content == FILES["feed.xml"].encode()


@pytest.mark.parametrize("path", SMALLER)
def test_text_is_compressed_for_those_who_can_read_it(web: httpx.Client, path: str) -> None:
    """Those who accept gzip get it, the others plain text; caches keep the two apart."""
    plain, body = sent(web, path)
    packed, fewer = sent(web, path, **GZIP)

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert len(fewer) < len(body) / 2
    assert gzip.decompress(fewer) == body
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert packed.headers["etag"] != plain.headers["etag"] or packed.headers["etag"][:2] == "W/"
    refused, _ = sent(web, path, **{"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in refused.headers


@pytest.mark.parametrize("path", ["/filer/inspelning.mp4", "/bilder/0123456789ab/bild.webp"])
def test_pictures_and_recordings_are_not_compressed(web: httpx.Client, path: str) -> None:
    """They are already as small as they get."""
    assert "content-encoding" not in sent(web, path, **GZIP)[0].headers


@pytest.mark.parametrize("path", SUBSCRIBED)
def test_feeds_and_calendars(web: httpx.Client, path: str) -> None:
    """Kept for a quarter of an hour, and open to the scripts of other sites."""
    answer = web.get(path)

    assert answer.headers["cache-control"] == "public, max-age=900"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_caches_are_told_how_long(web: httpx.Client) -> None:
    """Pictures for ever, the style sheet that a page names an hour, pages until asked."""
    age = {
        path: web.get(path).headers["cache-control"]
        for path in ("/", "/filer/rapport.pdf", "/style.css?v=1a2b", "/nyheter/2026/nu/")
    }
    picture = web.get("/bilder/0123456789ab/bild.webp").headers["cache-control"]

    assert set(age.values()) == {"no-cache", "public, max-age=3600"}
    assert age["/style.css?v=1a2b"] == "public, max-age=3600"
    assert picture == "public, max-age=31536000, immutable"
    assert "access-control-allow-origin" not in web.get("/").headers


def test_a_calendar_is_saved_and_not_shown(web: httpx.Client) -> None:
    """A browser hands it to the calendar program, under the name in its address."""
    assert web.get("/kalender/host.ics").headers["content-disposition"] == "attachment"
    assert "content-disposition" not in web.get("/filer/rapport.pdf").headers


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", ["/", "/feed.xml", "/filer/inspelning.mp4"])
def test_head_says_what_get_says(web: httpx.Client, path: str, encoding: str) -> None:
    """The same headers without the bytes; a length that is told is the right one."""
    get, body = sent(web, path, **{"Accept-Encoding": encoding})
    head = web.head(path, headers={"Accept-Encoding": encoding})

    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "cache-control", "last-modified"):
        assert head.headers[name] == get.headers[name]
    if head.headers.get("content-encoding") == get.headers.get("content-encoding"):
        assert int(head.headers.get("content-length", len(body))) == len(body)


def test_a_recording_is_sent_in_parts(web: httpx.Client) -> None:
    """206 for a part, 416 for one that is not there, everything when the file is another one."""
    path, etag = "/filer/inspelning.mp4", web.get("/filer/inspelning.mp4").headers["etag"]
    part, body = sent(web, path, Range="bytes=1000-1999", **{"If-Range": etag})
    end, tail = sent(web, path, Range="bytes=-10")
    beyond, _ = sent(web, path, Range="bytes=9999999-")
    other, whole = sent(web, path, Range="bytes=0-9", **{"If-Range": '"other"'})

    assert (part.status_code, body) == (206, RECORDING[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(RECORDING)}"
    assert (end.status_code, tail) == (206, RECORDING[-10:])
    assert beyond.status_code == 416
    assert beyond.headers.get("content-range", "bytes */1048576") == "bytes */1048576"
    assert (other.status_code, whole) == (200, RECORDING)


@pytest.mark.parametrize("path", ["/nowhere/", "/nowhere.xml", "/tom/", "/feed.xml/x"])
def test_a_missing_page_says_so(web: httpx.Client, path: str) -> None:
    """Status 404, the site's own page, and no cache keeps it."""
    answer = web.get(path)

    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text
    assert answer.headers["content-type"].lower() == PAGES
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/nyheter/.index.html.new",
        "/.git/config",
        "/_redirects.json",
        "/_redirects.nginx.conf",
        "/%2e%2e/hemligt/nyckel.txt",
        "/..%2fhemligt/nyckel.txt",
        "/nyheter/%00",
        "/nyheter%2f.index.html.new",
        "/" + "a" * 5000,
    ],
)
def test_what_is_not_public_is_not_shown(web: httpx.Client, path: str) -> None:
    """Hidden, outside, linked outside, impossible: refused, and never the server's fault."""
    answer = web.get(path)

    assert 400 <= answer.status_code < 500
    assert "secret" not in answer.text


def test_a_link_out_of_the_folder_is_not_followed(web: httpx.Client, server: str) -> None:
    """What somebody linked into the site by mistake is not shown; Caddy cannot be told so."""
    answer = web.get("/ut/nyckel.txt")

    assert (answer.status_code in {403, 404}) is (server != "caddy")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/nyheter/2026/da/", "/nyheter/2026/nu/"),
        ("/nyheter/2026/da", "/nyheter/2026/nu/"),
        ("/nyheter/2026/da/?utm=x&y=1", "/nyheter/2026/nu/?utm=x&y=1"),
        ("/nyheter/2025/aldre/", "/nyheter/2026/nu/"),
        ("/kalender/traff.ics", "/kalender/host.ics"),
        ("/nyheter/2026/nu", "/nyheter/2026/nu/"),
        ("/nyheter/2026/nu?a=b", "/nyheter/2026/nu/?a=b"),
        ("/nyheter/2026/nu/index.html", "/nyheter/2026/nu/"),
    ],
)
def test_an_old_or_unfinished_address_leads_on(web: httpx.Client, old: str, new: str) -> None:
    """One permanent redirect to where the page is now, with the query kept."""
    assert way(web.get(old)) == new


@pytest.mark.parametrize("path", ["/nyheter/2026/tillbaka/", "/nyheter/2026/tillbaka"])
def test_a_withdrawn_page_is_gone_and_says_why(web: httpx.Client, path: str) -> None:
    """Status 410 with the page that tells of it; no cache keeps it, no tag makes it 304."""
    answer = web.get(path)
    again = web.get(path, headers={"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})

    assert (answer.status_code, again.status_code) == (410, 410)
    assert "Tillbakadragen" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_withdrawn_calendar_is_gone(web: httpx.Client) -> None:
    """Programs that subscribe to it are told that there is nothing to come back for."""
    answer = web.get("/kalender/installt.ics")

    assert answer.status_code == 410
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "//elsewhere.example/nyheter",
        "//elsewhere.example/..",
        "//elsewhere.example/index.html",
        "//elsewhere.example/%2e%2e/nyheter",
        "//nyheter",
        "/%5celsewhere.example",
    ],
)
def test_nobody_is_sent_elsewhere(web: httpx.Client, path: str) -> None:
    """An address with another host in it leads nowhere, or to a page of this site."""
    answer = web.get(str(web.base_url).rstrip("/") + path)

    if answer.status_code in PERMANENT:
        assert way(answer).startswith("/")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_files_are_only_read(web: httpx.Client, method: str) -> None:
    """Other methods get 405, and are told which ones there are."""
    answer = web.request(method, "/feed.xml")

    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].replace(" ", "").split(","))


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_is_strict(web: httpx.Client, path: str) -> None:
    """Own resources only, no frame, no guessing, no trace, no cookie; one policy, not two."""
    headers = web.get(path).headers

    (policy,) = headers.get_list("content-security-policy")
    assert policy == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers  # this connection is not encrypted
    assert "set-cookie" not in headers


def test_programs_run_on_the_search_page_only(web: httpx.Client) -> None:
    """Browsers may start the site's own WebAssembly where search needs it, and nowhere else."""
    search = web.get("/sok/?q=budget").headers.get_list("content-security-policy")

    assert search == [f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"]
    assert web.get("/sok").is_redirect
    assert "wasm" not in web.get("/sok/nothing/").headers["content-security-policy"]


def test_members_may_frame_what_is_made_for_them(web: httpx.Client) -> None:
    """The fragments in embed/ may stand on other sites."""
    headers = web.get("/embed/latest.html").headers

    assert "frame-ancestors *" in headers["content-security-policy"]
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/prenumerera", "/avsluta"])
def test_forms_work_with_and_without_the_last_slash(web: httpx.Client, path: str) -> None:
    """What people type leads to the form, which newsroom answers itself."""
    form = web.get(f"{path}/")

    assert way(web.get(f"{path}?lang=en")) == f"{path}/?lang=en"
    assert form.status_code == 200
    assert form.headers["cache-control"] == "no-store"
    assert len(form.headers.get_list("content-security-policy")) == 1
    assert 'name="stamp" value="' in form.text
    assert 'value=""></form>' not in form.text  # the stamp is filled in
    assert "set-cookie" not in form.headers


@pytest.mark.parametrize(
    ("path", "said"), [("/prenumerera/", []), ("/avsluta/", ["noindex"]), ("/", [])]
)
def test_search_engines_find_what_the_sitemap_lists(
    web: httpx.Client, path: str, said: list[str]
) -> None:
    """Who looks for the newsletter finds the page to sign up; the page to leave is not listed."""
    assert web.get(path).headers.get_list("x-robots-tag") == said


def test_a_mail_program_can_end_a_subscription(web: httpx.Client) -> None:
    """The one-click address takes a POST through every server (RFC 8058)."""
    answer = web.post("/u/nobody", data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.text) == (404, "unknown\n")


def test_a_provider_can_tell_what_came_back(web: httpx.Client) -> None:
    """A webhook's POST, with its proof in a header, comes through every server."""
    proof = {"Authorization": "Bearer a-token-of-the-provider"}

    answers = [
        web.post("/hooks/brevo", json={"event": "delivered"}, headers=h) for h in ({}, proof)
    ]

    assert [(answer.status_code, answer.text) for answer in answers] == [
        (403, "refused\n"),
        (200, "ok\n"),
    ]
