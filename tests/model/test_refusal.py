import errno
import os
import smtplib
import socket
import ssl
import subprocess
import sys
from imaplib import IMAP4
from pathlib import Path

import httpx
import pytest

from newsroom.model.refusal import distrust, why
from newsroom.model.saying import say
from newsroom.render.sayings import in_language
from tests.ports import free_port
from tests.processes import PATIENCE


def test_the_reason_is_in_our_words(tmp_path: Path) -> None:
    """What the system refuses is told so that an editor understands it."""
    with pytest.raises(OSError, match="name too long") as refused:
        (tmp_path / ("a" * 300)).touch()

    assert why(refused.value) == "the name is too long"


@pytest.mark.parametrize("number", [socket.EAI_NONAME, errno.ENOENT])
def test_a_host_that_nobody_knows(number: int) -> None:
    """A name that leads nowhere has numbers of its own, on some systems those of files."""
    assert why(socket.gaierror(number, "x")) == "there is no machine of that name"


def test_a_name_that_nobody_could_look_up() -> None:
    """Where the name servers were silent nothing is claimed of the name."""
    fault = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert why(fault) == "no name server answers now"


def test_what_is_said_of_networks_needs_none() -> None:
    """Commands start without the machinery of networks, which takes them milliseconds."""
    asked = "import sys, newsroom.model.refusal; print('socket' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)

    assert answer.stdout.decode().strip() == "False"


def test_a_taken_port() -> None:
    """Python writes the address into the system's words; ours need none."""
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError) as refused:  # noqa: PT011 (told below)
        socket.create_server(taken.getsockname())

    assert why(refused.value) == "another program listens there already"


def test_a_fault_that_a_client_wrapped() -> None:
    """Clients of HTTP wrap what the system said; what lies at the bottom is told."""
    with pytest.raises(httpx.ConnectError) as refused:
        httpx.get(f"http://127.0.0.1:{free_port()}/", trust_env=False, timeout=PATIENCE)

    assert why(refused.value) == "nobody answers there"


def test_a_port_without_encryption() -> None:
    """A server that takes the greeting of TLS for noise speaks none."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        peer, _ = server.accept()
        peer.sendall(b"220 mx.example.se ESMTP\r\n")
        with client, peer, pytest.raises(ssl.SSLError) as refused:
            ssl.create_default_context().wrap_socket(client, server_hostname="mx.example.se")

    assert why(refused.value) == "no encryption is spoken there; see the port"


@pytest.mark.parametrize(
    ("code", "fault"),
    [(10, "its time is over"), (18, "it is signed by itself"), (62, "it is for another host")],
)
def test_a_certificate_that_cannot_be_trusted(code: int, fault: str) -> None:
    """What is wrong with a certificate is told in words, wherever in a fault it lies."""
    found = ssl.SSLCertVerificationError(1, "certificate verify failed")
    found.verify_code, found.verify_message = code, "in English"
    wrapped = httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    wrapped.__cause__ = found

    assert why(wrapped) == f"its certificate cannot be trusted: {fault}"
    assert distrust(wrapped) == fault
    assert distrust(OSError("another fault")) is None


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (TimeoutError("timed out"), "no answer came in time"),
        (httpx.ReadTimeout("it took too long"), "no answer came in time"),
        (ssl.SSLEOFError(8, "EOF occurred"), "the connection was cut"),
        (
            smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
            "the connection was cut",
        ),
        (
            httpx.RemoteProtocolError("Server disconnected without sending a response."),
            "the connection was cut",
        ),
        (httpx.RemoteProtocolError("illegal status line"), "what is answered there is not HTTP"),
    ],
)
def test_the_words_of_a_library_are_ours(fault: Exception, reason: str) -> None:
    """What libraries put into words of their own is the same trouble, and has the same words."""
    assert why(fault) == reason


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (OSError(errno.EUCLEAN, os.strerror(errno.EUCLEAN)), f'"{os.strerror(errno.EUCLEAN)}"'),
        (OSError("something else"), '"something else"'),
        (IMAP4.error(b"[AUTHENTICATIONFAILED] no"), '"[AUTHENTICATIONFAILED] no"'),
        (smtplib.SMTPConnectError(421, b"4.3.2 try\r\nlater"), '"421 4.3.2 try later"'),
        (httpx.ProxyError(""), '"ProxyError"'),
    ],
)
def test_other_words_are_quoted(fault: Exception, reason: str) -> None:
    """What somebody else wrote, and what is too rare for words of ours, stands in quotes."""
    assert why(fault) == reason


def test_a_fault_that_newsroom_found_itself() -> None:
    """What it said of it stands, whatever lies below."""
    fault = ConnectionError(say("no token from {issuer}: {why}", issuer="login", why="x"))
    fault.__cause__ = TimeoutError("timed out")

    assert why(fault) == "no token from login: x"


def test_the_reason_in_swedish() -> None:
    """The desk's language holds for what lies at the bottom too."""
    fault = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert in_language(why(fault), "sv") == "ingen namnserver svarar just nu"
