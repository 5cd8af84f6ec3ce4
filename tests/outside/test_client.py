"""What leaves over HTTP: with a name, within its time, and no further than it may."""

import gzip
import socket
import ssl
import time

import httpx
import pytest
import trustme

from newsroom.errors import OutsideError
from newsroom.outside.brief import BriefTransport
from newsroom.outside.client import fetch, open_client
from tests.outside.servers import listening

SITE = "https://nyheter.example.se"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def say_where(request: httpx.Request) -> httpx.Response:
    """A site with some redirects."""
    onward = {"/a": "/b", "/b": "/c", "/out": "http://10.0.0.1/", "/round": "/round"}
    if request.url.path in onward:
        return httpx.Response(302, headers={"Location": onward[request.url.path]})
    return httpx.Response(200, content=b"x" * 100, headers={"ETag": '"7"'})


def test_it_says_who_asks() -> None:
    """A request names the program and the site that it asks for."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(204)

    with open_client(SITE, httpx.MockTransport(answer)) as client:
        fetch(client, "https://www.example.se/")

    assert asked[0].headers["User-Agent"].startswith("newsroom/")
    assert f"(+{SITE})" in asked[0].headers["User-Agent"]


def test_nothing_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that the machine is told to use is not asked."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    def answer(line: socket.socket, _request: bytes) -> None:
        line.sendall(HEAD + b"Content-Length: 2\r\n\r\nhi")

    with listening(answer) as here, open_client(SITE) as client:
        found = fetch(client, here)

    assert (found.status, found.body) == (200, b"hi")


@pytest.mark.parametrize("drop", [b"X-More: 1\r\n", b"."], ids=["in the head", "in the body"])
def test_a_server_that_drips_is_left(drop: bytes) -> None:
    """A byte now and then is within the time of each step, and the request ends all the same."""

    def answer(line: socket.socket, _request: bytes) -> None:
        line.sendall(HEAD if drop.startswith(b"X") else HEAD + b"\r\n")
        while True:
            line.sendall(drop)
            time.sleep(0.05)

    with listening(answer) as here, open_client(SITE, BriefTransport(0.4)) as client:
        began = time.monotonic()
        with pytest.raises(OutsideError, match=r"it took too long|timed out"):
            fetch(client, here)

    assert time.monotonic() - began < 5


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
        with open_client(SITE, BriefTransport(0.6 if hangs else 20, ours)) as client:
            if hangs:
                with pytest.raises(OutsideError, match=r"it took too long|timed out"):
                    fetch(client, where)
            else:
                assert fetch(client, where).body == b"x" * 100
        with open_client(SITE) as client, pytest.raises(OutsideError, match="CERTIFICATE"):
            fetch(client, where)


def test_a_server_that_says_nothing_is_left() -> None:
    """The connection stands and no answer comes: that ends, too."""

    def answer(line: socket.socket, _request: bytes) -> None:
        line.recv(1)

    with (
        listening(answer) as here,
        open_client(SITE, BriefTransport(0.2)) as client,
        pytest.raises(OutsideError, match="timed out"),
    ):
        fetch(client, here)


def test_a_body_without_end_is_cut() -> None:
    """No more is read than anybody wants, nor more than that kept of what unpacks to a lot."""
    bomb = gzip.compress(b"0" * 50_000_000)

    def answer(line: socket.socket, request: bytes) -> None:
        if b"GET /bomb" in request:
            line.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n" + bomb)
            return
        line.sendall(HEAD + b"\r\n")
        while True:
            line.sendall(b"x" * 65536)

    with listening(answer) as here, open_client(SITE) as client:
        endless = fetch(client, here, most=1000)
        packed = fetch(client, f"{here}/bomb", most=1000)

    assert (len(endless.body), len(packed.body)) == (1000, 1000)


def test_redirects_are_followed_one_by_one() -> None:
    """What lies behind a few is found; each address is asked about first."""
    seen: list[str] = []
    with open_client(SITE, httpx.MockTransport(say_where)) as client:
        found = fetch(client, f"{SITE}/a", allow=seen.append)

    assert (found.url, found.status, found.headers["etag"]) == (f"{SITE}/c", 200, '"7"')
    assert seen == [f"{SITE}/a", f"{SITE}/b", f"{SITE}/c"]


def test_redirects_have_an_end() -> None:
    """A circle is not gone round for ever."""
    with (
        open_client(SITE, httpx.MockTransport(say_where)) as client,
        pytest.raises(OutsideError, match="too many redirects"),
    ):
        fetch(client, f"{SITE}/round")


def test_an_address_that_is_not_allowed_is_not_asked() -> None:
    """A redirect to a machine inside the house ends there."""

    def allow(url: str) -> None:
        if "10.0.0.1" in url:
            raise OutsideError("that is a private address")

    with (
        open_client(SITE, httpx.MockTransport(say_where)) as client,
        pytest.raises(OutsideError, match="private"),
    ):
        fetch(client, f"{SITE}/out", allow=allow)


def test_what_is_no_address() -> None:
    """Neither an address that cannot be read nor one where nobody is, is a crash."""
    with open_client(SITE) as client:
        for url in ("http://127.0.0.1:9/", "https://[", "ftp://example.se/"):
            with pytest.raises(OutsideError):
                fetch(client, url)
