"""Whether other sites have what we link to."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from newsroom.outside.client import open_client
from newsroom.outside.links import dead_links


class _Site(BaseHTTPRequestHandler):
    """Another site: some pages are there, some are not, some are not for programs."""

    def do_HEAD(self) -> None:
        self._answer({"/no-head": 405, "/moved": 301}.get(self.path))

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        known = {"/there": 200, "/no-head": 200, "/moved": 301, "/forbidden": 403, "/broken": 503}
        self.send_response(status or known.get(self.path, 404))
        self.send_header("Location", "/gone")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def dead(site: str, *paths: str) -> dict[str, str]:
    """What is told of these pages of the site."""
    with open_client("https://nyheter.example.se") as client:
        found = dead_links(client, [f"{site}{path}" for path in paths])
    return {address.removeprefix(site): str(why) for address, why in found.items()}


def test_what_is_there(site: str) -> None:
    """A page that answers is alive, also one that knows no HEAD, or is not for programs."""
    assert dead(site, "/there", "/no-head", "/forbidden") == {}


def test_what_is_not_there(site: str) -> None:
    """Not found, gone behind a redirect, and a server's own fault: each is told with its answer."""
    assert dead(site, "/lost", "/moved", "/broken", "/lost") == {
        "/lost": "it answers 404",
        "/moved": "it answers 404",
        "/broken": "it answers 503",
    }


def test_a_host_that_does_not_answer() -> None:
    """Nobody listens, or it is no address at all: that is told, and stops nothing."""
    with open_client("https://nyheter.example.se") as client:
        found = dead_links(client, ["http://127.0.0.1:1/", "https://[", "https://exa mple.se/"])

    assert list(found) == ["http://127.0.0.1:1/", "https://[", "https://exa mple.se/"]
    assert all(str(why).startswith("no answer (") for why in found.values())
