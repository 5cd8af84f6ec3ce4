"""Where tokens are given out, on loopback: as RFC 6749 section 4.4 and OpenID's discovery say."""

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote_plus

import httpx
import trustme

from newsroom.outside.mail.access_tokens import PATIENCE
from newsroom.outside.over_http.client import open_client

CLIENT, SECRET, SCOPE = "klient-1", "hemlig/klient+nyckel", "https://outlook.office365.com/.default"
_AUTHORITY = trustme.CA()


@dataclass(slots=True)
class TokenAuthority:
    """What it answers, and how many tokens it has given."""

    issuer: str = ""
    given: int = 0
    lasting: int = 3600  # seconds
    fault: tuple[int, object] | None = None  # the answer instead of a token
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, form: dict[str, list[str]], login: str) -> tuple[int, object]:
        """What one request gets."""
        self.asked.append(path)
        if path.endswith("/.well-known/openid-configuration"):
            return 200, {
                "issuer": self.issuer,
                "token_endpoint": f"{self.issuer}/token",
                "authorization_endpoint": f"{self.issuer}/authorize",
            }
        if self.fault is not None:
            return self.fault
        scheme, _, coded = login.partition(" ")
        named = tuple(map(unquote_plus, base64.b64decode(coded).decode().split(":")))
        if named == ("",):
            named = (form["client_id"][0], form["client_secret"][0])
        if named != (CLIENT, SECRET) or scheme not in {"Basic", ""}:
            told = "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1"
            return 401, {"error": "invalid_client", "error_description": told}
        if (form["grant_type"], form["scope"]) != (["client_credentials"], [SCOPE]):
            return 400, {"error": "invalid_scope"}
        self.given += 1
        token = f"token-{self.given}"
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.lasting}


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: TokenAuthority

    def do_GET(self) -> None:
        """Discovery."""
        self._say(*self.state.answer(self.path, {}, ""))

    def do_POST(self) -> None:
        """A token, or why not."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        login = self.headers.get("Authorization", "")
        self._say(*self.state.answer(self.path, parse_qs(body), login))

    def _say(self, status: int, content: object) -> None:
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said on the terminal."""


@contextmanager
def token_authority() -> Iterator[TokenAuthority]:
    """An authority that listens inside the context, over TLS as it must."""
    state = TokenAuthority()
    handler = type("_Bound", (_Conversation,), {"state": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        _AUTHORITY.issue_cert("localhost").configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        state.issuer = f"https://localhost:{server.server_address[1]}/en-organisation/v2.0"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


def trusting_client() -> httpx.Client:
    """A client that trusts the authority's certificate."""
    tls = ssl.create_default_context()
    _AUTHORITY.configure_trust(tls)
    transport = httpx.HTTPTransport(verify=tls)
    return open_client("https://nyheter.example.se", transport, timeout=PATIENCE)
