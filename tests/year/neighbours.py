"""The others on the web: a server on loopback that remembers what it was asked, and by whom."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import loads
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from newsroom.outside.links.visitor import Net
from tests.year.clock import Clock


async def _here(_name: str) -> Sequence[str]:
    return ("127.0.0.1",)


NEIGHBOURHOOD = Net(resolve=_here, may_meet=lambda _address: True)  # every host of the web is here


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as it came."""

    at: datetime
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> dict[str, Any]:
        """What came as JSON."""
        found: dict[str, Any] = loads(self.body)
        return found


@dataclass
class Neighbours:
    """A hub, a Mastodon server and all else that the newsroom calls; each is a path."""

    clock: Clock
    port: int = 0
    calls: list[Call] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)  # by path; 200 for what is not here

    def address(self, path: str) -> str:
        """Where one of them listens."""
        return f"http://127.0.0.1:{self.port}{path}"

    def site(self, host: str, path: str) -> str:
        """The address of a page on somebody's site."""
        return f"http://{host}:{self.port}{path}"

    def called(self, path: str) -> list[Call]:
        """What one of them was asked, in order."""
        return [call for call in self.calls if call.path == path]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, neighbours: Neighbours) -> None:
        super().__init__(("127.0.0.1", 0), _Listener)
        self.neighbours = neighbours


class _Listener(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Remember what is asked, and answer."""
        neighbours = self.server.neighbours
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = {name.lower(): value for name, value in self.headers.items()}
        call = Call(neighbours.clock(), self.command, self.path, said, body)
        neighbours.calls.append(call)
        words = f'{{"id": "{len(neighbours.calls)}"}}'.encode()  # as Mastodon calls a status
        self.send_response(neighbours.answers.get(self.path, 200))
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words if self.command != "HEAD" else b"")

    do_POST = do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_words: object) -> None:
        """Print nothing."""


@contextmanager
def neighbours(clock: Clock) -> Iterator[Neighbours]:
    """Neighbours who listen inside the context."""
    known = Neighbours(clock)
    with _Server(known) as server:
        known.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join()
