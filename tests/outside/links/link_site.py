"""Another site, as links meet it: pages that are there, gone, moved, closed, slow or strange."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answers = Mapping[str, int | tuple[int, Mapping[str, str]]]


@dataclass
class LinkSite:
    """A server on this machine, and what it was asked."""

    port: int
    asked: list[tuple[str, str]] = field(default_factory=list)  # method and path
    headers: list[Mapping[str, str]] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    rests_after: int | None = None  # questions; those that come later are answered when it goes on
    goes_on: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """The address of a page, at a host whose name leads here."""
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def link_site(
    answers: Answers, heads: Answers | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[LinkSite]:
    """A site that gives these statuses, and others to HEAD where `heads` says so."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer({**answers, **(heads or {})})

        def do_GET(self) -> None:
            self._answer(answers)

        def _answer(self, known: Answers) -> None:
            with lock:
                site.asked.append((self.command, self.path))
                site.headers.append(dict(self.headers))
                site.hosts.append(self.headers["Host"])
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
                rests = site.rests_after is not None and len(site.asked) > site.rests_after
            if rests:
                site.goes_on.wait()
            found = known.get(self.path, 404)
            status, headers = found if isinstance(found, tuple) else (found, {})
            with lock:
                site.at_once -= 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            with suppress(ConnectionError, ssl.SSLError):  # the visitor has heard enough
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site = LinkSite(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.goes_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def swallowing() -> Iterator[int]:
    """A host that drops packets: nobody says no, and no connection ever stands; its port."""
    with ExitStack() as doors:
        host = doors.enter_context(socket.socket())
        host.bind(("127.0.0.1", 0))
        host.listen(0)
        for _ in range(4):  # what waits to be let in fills the queue, and the kernel drops the rest
            waiting = doors.enter_context(socket.socket())
            waiting.settimeout(0.0)
            waiting.connect_ex(host.getsockname())
        yield int(host.getsockname()[1])


@contextmanager
def dripping(beginning: bytes, drip: bytes = b"x", every: float = 0.05) -> Iterator[int]:
    """A server that begins an answer and lets a byte fall now and then, for ever; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve_one(connection: socket.socket) -> None:
        with connection:
            try:
                connection.sendall(beginning)
                while not over.wait(every):
                    connection.sendall(drip)
            except OSError:
                return

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve_one, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    over.set()
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()
