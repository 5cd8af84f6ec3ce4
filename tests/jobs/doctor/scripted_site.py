"""A web server on loopback that answers as a script says, over HTTP or HTTPS."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"a page\n"


Script = Mapping[tuple[str, str], Reply]  # a method and the beginning of a path


@contextmanager
def scripted_site(script: Script, certificate: Path | None = None) -> Iterator[str]:
    """The address of a server that listens inside the context; the longest beginning wins."""

    class Page(BaseHTTPRequestHandler):
        """One request."""

        def answer(self) -> None:
            """What the script says, else that there is no such thing."""
            length = int(self.headers.get("Content-Length", 0))
            self.rfile.read(length)
            fits = [
                key for key in script if key[0] == self.command and self.path.startswith(key[1])
            ]
            reply = script[max(fits, key=lambda key: len(key[1]))] if fits else Reply(404)
            self.send_response(reply.status)
            headers = {"Content-Type": "text/html", **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        do_GET = do_HEAD = do_POST = answer  # noqa: N815 (the names http.server calls)

        def date_time_string(self, timestamp: float | None = None) -> str:
            """The time that the script says it is, where it says one."""
            for reply in script.values():
                if "Date" in reply.headers:
                    return reply.headers["Date"]
            return super().date_time_string(timestamp)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"{scheme}://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()
