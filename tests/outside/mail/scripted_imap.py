"""An IMAP server on loopback with one mail, which says no where a script has it say no."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

from tests.outside.mail.imap_server import AUTHORITY

MAIL = b"Subject: a\r\n\r\nfirst\r\n"
_ANSWERS = {  # by how a command begins; RFC 3501, 2342 and 6851
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 NAMESPACE MOVE UIDPLUS\r\n",
    "NAMESPACE": b'* NAMESPACE (("" "/")) NIL NIL\r\n',
    "STATUS": b"* STATUS INBOX (UIDVALIDITY 1)\r\n",
    "UID SEARCH": b"* SEARCH 1\r\n",
    "UID FETCH": b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)\r\n" % (len(MAIL), MAIL),
}


class _Server(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, state: "ScriptedImap") -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.state = state
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        AUTHORITY.issue_cert("localhost").configure_cert(tls)
        self.socket = tls.wrap_socket(self.socket, server_side=True)


class _Conversation(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Greet, and answer each line until the client leaves."""
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.server.state.asked.append(command)
            said = self.server.state.answer(command)
            self.wfile.write(said.replace(b"TAG ", tag.encode() + b" "))
            if command == "LOGOUT":
                return


@dataclass(slots=True)
class ScriptedImap:
    """What the server answers instead of a yes, by how a command begins, and what it was asked."""

    script: Mapping[str, bytes]
    port: int = 0
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What NEWSROOM_INBOX would say."""
        return f"imaps://studs:hemligt@localhost:{self.port}"

    def answer(self, command: str) -> bytes:
        """All lines of an answer; the last begins with TAG."""
        for start, said in self.script.items():
            if command.startswith(start):
                return said if b"TAG " in said else said + b"TAG OK done\r\n"
        lines = (said for start, said in _ANSWERS.items() if command.startswith(start))
        return next(lines, b"") + b"TAG OK done\r\n"


@contextmanager
def scripted_imap(script: Mapping[str, bytes]) -> Iterator[ScriptedImap]:
    """A server that listens inside the context."""
    state = ScriptedImap(script)
    AUTHORITY.configure_trust(state.tls)
    with _Server(state) as server:
        state.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()
