"""What leaves over HTTP: with a name, within its time, and no further than it may."""

import gzip
import socket
import ssl
import time

import httpx
import pytest
import trustme

from newsroom.errors import OutsideError
from newsroom.model.answer import ApiAnswer, NoAnswer
from newsroom.outside.over_http.api import Api
from newsroom.outside.over_http.brief import BriefTransport
from newsroom.outside.over_http.client import open_client, status_of
from tests.outside.over_http.servers import listening
from tests.processes import PATIENCE

SITE = "https://nyheter.example.se"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MOST = 64 * 1024  # bytes that are kept of an answer


def post(url: str, transport: httpx.BaseTransport | None = None) -> ApiAnswer | NoAnswer:
    """What comes of a request."""
    with open_client(SITE, transport) as client:
        return Api(client).post(url, {}, b"hello")


def say_where(request: httpx.Request) -> httpx.Response:
    """A site with some redirects."""
    onward = {"/a": "/b", "/b": "/c", "/round": "/round"}
    if request.url.path in onward:
        return httpx.Response(302, headers={"Location": onward[request.url.path]})
    return httpx.Response(200 if request.url.path == "/c" else 404)


def test_it_says_who_asks() -> None:
    """A request names the program and the site that it asks for."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(204)

    post("https://www.example.se/", httpx.MockTransport(answer))

    assert asked[0].headers["User-Agent"].startswith("newsroom/")
    assert f"(+{SITE})" in asked[0].headers["User-Agent"]


def test_nothing_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that the machine is told to use is not asked."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    def answer(line: socket.socket, _request: bytes) -> None:
        line.sendall(HEAD + b"Content-Length: 2\r\n\r\nhi")

    with listening(answer) as here:
        found = post(here)

    assert isinstance(found, ApiAnswer)
    assert (found.status, found.body) == (200, b"hi")


@pytest.mark.parametrize("drop", [b"X-More: 1\r\n", b"."], ids=["in the head", "in the body"])
def test_a_server_that_drips_is_left(drop: bytes) -> None:
    """A byte now and then is within the time of each step, and the request ends all the same."""

    def answer(line: socket.socket, _request: bytes) -> None:
        line.sendall(HEAD if drop.startswith(b"X") else HEAD + b"\r\n")
        while True:
            line.sendall(drop)
            time.sleep(0.05)

    with listening(answer) as here:
        began = time.monotonic()
        found = post(here, BriefTransport(2))

    assert isinstance(found, NoAnswer)
    assert found.may_have_arrived
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("hangs", [False, True])
def test_what_is_encrypted_ends_in_time_too(hangs: bool) -> None:  # noqa: FBT001
    """Over TLS as without it: an answer is read, and one that drips is left."""
    authority = trustme.CA()
    server, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(ours)

    def answer(line: socket.socket, _request: bytes) -> None:
        line.sendall(HEAD + b"Content-Length: 100\r\n\r\n")
        while hangs:
            line.sendall(b".")
            time.sleep(0.05)
        line.sendall(b"x" * 100)

    with listening(answer, server) as here:
        where = here.replace("http:", "https:")
        found = post(where, BriefTransport(2 if hangs else PATIENCE, ours))
        stranger = post(where)

    assert isinstance(found, NoAnswer) is hangs
    assert isinstance(stranger, NoAnswer)
    assert stranger.untrusted
    assert not stranger.may_have_arrived


def test_a_server_that_says_nothing_is_left() -> None:
    """The connection stands and no answer comes: that ends, too."""

    def answer(line: socket.socket, _request: bytes) -> None:
        line.recv(1)

    with listening(answer) as here:
        found = post(here, BriefTransport(2))

    assert isinstance(found, NoAnswer)
    assert found.may_have_arrived


def test_a_body_without_end_is_cut() -> None:
    """No more is kept than anybody wants, also of what unpacks to a lot."""
    bomb = gzip.compress(b"0" * 50_000_000)

    def answer(line: socket.socket, request: bytes) -> None:
        if b"POST /bomb" in request:
            line.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n" + bomb)
            return
        line.sendall(HEAD + b"\r\n")
        while True:
            line.sendall(b"x" * 65536)

    with listening(answer) as here:
        found = [post(here), post(f"{here}/bomb")]

    assert [len(one.body) for one in found if isinstance(one, ApiAnswer)] == [MOST, MOST]


def test_a_page_behind_redirects() -> None:
    """What lies behind a few is found; a circle is not gone round for ever."""
    with open_client(SITE, httpx.MockTransport(say_where)) as client:
        found = [status_of(client, f"{SITE}{path}") for path in ("/a", "/c", "/gone")]
        with pytest.raises(OutsideError, match="too many redirects"):
            status_of(client, f"{SITE}/round")

    assert found == [200, 200, 404]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "https://[", "ftp://example.se/"])
def test_what_does_not_answer(url: str) -> None:
    """Neither an address that cannot be read nor one where nobody is, is a crash."""
    with open_client(SITE) as client, pytest.raises(OutsideError):
        status_of(client, url)
