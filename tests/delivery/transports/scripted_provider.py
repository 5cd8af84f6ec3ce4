"""A mail provider on loopback that answers as a script says, in threads of the test's own."""

import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.processes import PATIENCE


@dataclass(frozen=True, slots=True)
class Scripted:
    """One answer: JSON, or what somebody between says; no status at all means to hang up."""

    status: int | None
    content: object = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The answer's bytes."""
        text = self.content if isinstance(self.content, str) else json.dumps(self.content)
        return text.encode()


HANG_UP = Scripted(None)
SILENCE = Scripted(None, "and no end")  # it takes the request and never answers


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived."""

    path: str
    headers: Mapping[str, str]  # by name in small letters
    body: bytes

    @property
    def content(self) -> Any:  # noqa: ANN401 (it is JSON)
        """The body, read."""
        return json.loads(self.body)


@dataclass(slots=True)
class ScriptedProvider:
    """What the provider answers, and what it was asked."""

    answers: list[Scripted]  # the last one for ever
    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, count: int) -> None:
        """Return when so many requests have arrived, which may be after somebody gave them up."""
        end = time.monotonic() + PATIENCE
        while len(self.asked) < count:
            assert time.monotonic() < end, f"only {len(self.asked)} of {count} requests came"
            time.sleep(0.01)

    def next_answer(self) -> Scripted:
        """The next of the script."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, state: ScriptedProvider) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.state = state

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are the test's business."""


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        """Take a request whole, then answer it or hang up."""
        state = self.server.state
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        state.asked.append(Asked(self.path, headers, body))
        answer = state.next_answer()
        if answer.status is None:
            if answer == SILENCE:
                state.over.wait()
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Nothing is said on the terminal."""


@contextmanager
def provider(
    answers: Sequence[Scripted], certificate: Path | None = None
) -> Iterator[ScriptedProvider]:
    """A provider that listens inside the context, over TLS when it has a certificate."""
    state = ScriptedProvider(list(answers))
    with _Server(state) as server:
        scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        state.url = f"{scheme}://localhost:{server.server_address[1]}/send"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            state.over.set()
            server.shutdown()
            thread.join()
