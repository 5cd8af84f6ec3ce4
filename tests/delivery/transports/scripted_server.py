"""A mail server on loopback that answers as a script says, in a thread of the test's own."""

import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CLOSE = "close"  # hang up instead of answering
HANG = "hang"  # never answer
SLOW = "slow "  # before an answer: think for 0.3 seconds first

_GOOD = {
    "CONNECT": "220 scripted.example",
    "EHLO": "250 scripted.example",
    "AUTH": "235 2.7.0 welcome",
    "SECRET": "235 2.7.0 welcome",  # what follows a 334
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go on",
    ".": "250 2.0.0 taken",
    "RSET": "250 2.0.0 ok",
    "QUIT": "221 2.0.0 bye",
}


@dataclass(slots=True)
class ScriptedServer:
    """What the server answers, and what it has seen."""

    script: dict[str, list[str]]  # by command; when a list is used up the good answer follows
    port: int = 0
    commands: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)  # those that it said yes to
    connections: int = 0
    announces: tuple[str, ...] = ()  # extensions, in the answer to EHLO
    is_secure_from_the_start: bool = False  # where it has a certificate
    breaks_off_in_text: bool = False
    round_trips: int = 0  # how often it had answered and waited for the client's next word

    def answer(self, command: str) -> str:
        """The next answer to a command."""
        answers = self.script.get(command, [])
        return answers.pop(0) if answers else _GOOD.get(command, "500 5.5.1 what?")


class _Server(socketserver.ThreadingTCPServer):
    """The listening socket, and what its connections share."""

    daemon_threads = True

    def __init__(self, state: ScriptedServer, certificate: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.state = state
        self.certificate = certificate
        self.over = threading.Event()
        state.port = self.server_address[1]

    def announced(self) -> tuple[str, ...]:
        """The extensions that EHLO names."""
        tls = () if self.certificate is None else ("STARTTLS",)
        return (*self.state.announces, *tls)

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are the test's business."""


class _Connection(socketserver.StreamRequestHandler):
    """One client's conversation."""

    server: _Server

    def handle(self) -> None:
        """Answer commands until one side hangs up."""
        state = self.server.state
        state.connections += 1
        self.held, self.last, self.has_spoken = b"", "", False
        if self.server.state.is_secure_from_the_start and self.server.certificate is not None:
            self.secure(self.server.certificate)
        said = self.say("CONNECT")
        while said and (line := self.next_line()):
            state.commands.append(line.decode().strip())
            command = line.split()[0].decode().upper() if line.split() else ""
            command = "SECRET" if self.last.startswith("334") else command
            said = self.obey(command) and command != "QUIT"

    def next_line(self) -> bytes:
        """One line, or what is left of one when the client hangs up."""
        while b"\n" not in self.held:
            self.server.state.round_trips += self.has_spoken
            self.has_spoken = False
            piece = self.connection.recv(1_000_000)
            if not piece:
                return b""
            self.held += piece
        line, end, self.held = self.held.partition(b"\n")
        return line + end

    def obey(self, command: str) -> bool:
        """Do what one command asks; false when the line is to be closed."""
        if command == "STARTTLS" and self.server.certificate is not None:
            self.wfile.write(b"220 2.0.0 go on\r\n")
            self.secure(self.server.certificate)
            return True
        if command == "STARTTLS":
            self.say(command)
            self.connection.recv(10_000)  # the client's first word of TLS, which nobody answers
            return False
        state = self.server.state
        if not self.say(command):
            return False
        if command == "DATA" and self.last.startswith("354"):
            if state.breaks_off_in_text:
                self.connection.recv(1)  # what else has come by then is never read
                return False
            state.messages.append(self.read_message())
            return self.say(".")
        return True

    def say(self, command: str) -> bool:
        """Give the next answer; false when the line is to be closed."""
        self.last = self.server.state.answer(command)
        if self.last == HANG:
            self.server.over.wait()
        if self.last in {HANG, CLOSE}:
            return False
        if self.last.startswith(SLOW):
            self.server.over.wait(0.3)
            self.last = self.last.removeprefix(SLOW)
        if command == "EHLO" and self.last == _GOOD["EHLO"]:
            names = ("scripted.example", *self.server.announced())
            self.last = "\r\n".join((*(f"250-{n}" for n in names[:-1]), f"250 {names[-1]}"))
        if command == "." and self.last.startswith("2"):  # before the client knows of it
            self.server.state.taken.append(self.server.state.messages[-1])
        self.has_spoken = True
        self.wfile.write(f"{self.last}\r\n".encode())
        return True

    def read_message(self) -> bytes:
        """Everything up to the dot."""
        lines = []
        while (line := self.next_line()) not in {b".\r\n", b""}:
            lines.append(line)
        return b"".join(lines)

    def secure(self, certificate: Path) -> None:
        """Go on under TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.wfile = self.connection.makefile("wb", 0)

    def finish(self) -> None:
        """Close what was opened under TLS too."""
        self.rfile.close()
        self.wfile.close()
        self.connection.close()


@contextmanager
def scripted(
    script: Mapping[str, list[str]] | None = None,
    certificate: Path | None = None,
    announces: tuple[str, ...] = (),
) -> Iterator[ScriptedServer]:
    """A server that listens inside the context; with a certificate it offers STARTTLS."""
    state = ScriptedServer({command: list(answers) for command, answers in (script or {}).items()})
    state.announces = announces
    with _Server(state, certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield state
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
