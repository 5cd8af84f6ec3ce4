"""What each answer of a relay, and each broken line, is taken for."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from newsroom.delivery.ledger import LEASE
from newsroom.delivery.transports.relay import Connector, parse_relay
from newsroom.delivery.transports.smtp import LONGEST, SmtpTransport
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from tests.delivery.transports.scripted_server import CLOSE, HANG, SLOW, ScriptedServer, scripted

AUTHORITY = trustme.CA()  # made anew for each run: no key lies in the repository
MESSAGE = b"Message-ID: <1@example.se>\r\n\r\nHej!\r\n.dold punkt\r\n"
Script = dict[str, list[str]]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of localhost with its key."""
    path = tmp_path / "localhost.pem"
    AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    return path


def connect(server: ScriptedServer, scheme: str = "smtp", login: str = "") -> SmtpTransport:
    """A transport to the server, which trusts the tests' authority.

    It waits half a second where the server is going to be slow, and for ever elsewhere.
    """
    slow = {
        command
        for command, answers in server.script.items()
        if any(answer.startswith((HANG, SLOW)) for answer in answers)
    }

    def patience(*commands: str) -> float:
        return 0.5 if slow & set(commands) else 60.0

    tls = ssl.create_default_context()
    AUTHORITY.configure_trust(tls)
    relay = parse_relay(f"{scheme}://{login}localhost:{server.port}")
    return SmtpTransport(
        relay,
        Connector(tls, timeout=patience("CONNECT")),
        commands=patience("MAIL", "RCPT", "DATA"),
        text=patience("."),
    )


def send_one(script: Script) -> Outcome:
    """How one message fares with a server that answers so."""
    with scripted(script) as server:
        transport = connect(server)
        outcome = transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)
        transport.close()
    return outcome


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    """A server that takes everything."""
    with scripted() as server:
        yield server


def test_message_arrives_byte_for_byte(server: ScriptedServer) -> None:
    """The message's bytes arrive as they are, dots doubled on the way as SMTP asks."""
    transport = connect(server)

    outcome = transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)
    transport.close()

    assert outcome == Outcome(DeliveryState.ACCEPTED, "250 2.0.0")
    assert server.messages == [MESSAGE.replace(b"\r\n.dold", b"\r\n..dold")]
    assert "MAIL FROM:<studs@example.se>" in server.commands
    assert "RCPT TO:<anna@a.example>" in server.commands


@pytest.mark.parametrize(
    ("script", "state", "code", "severity"),
    [
        ({"RCPT": ["450 4.2.1 greylisted"]}, "deferred", "450 4.2.1", "soft"),
        ({"RCPT": ["550 5.1.1 no such user"]}, "refused", "550 5.1.1", "hard"),
        ({"RCPT": ["550 user unknown"]}, "refused", "550", "hard"),
        ({"RCPT": ["552 5.2.2 mailbox full"]}, "refused", "552 5.2.2", "soft"),
        ({"RCPT": ["554 5.7.1 blocked"]}, "deferred", "554 5.7.1", "policy"),
        ({"RCPT": ["421 4.3.2 too many"]}, "deferred", "421 4.3.2", "soft"),
        ({"DATA": ["451 4.3.0 later"]}, "deferred", "451 4.3.0", "soft"),
        ({".": ["451 4.3.0 later"]}, "deferred", "451 4.3.0", "soft"),
        ({".": ["550 5.7.26 unauthenticated"]}, "deferred", "550 5.7.26", "policy"),
        ({".": ["554 no thanks"]}, "refused", "554", "unknown"),
    ],
)
def test_answers_about_one_message(script: Script, state: str, code: str, severity: str) -> None:
    """An answer to RCPT or DATA is about this copy: put off, refused, or our own fault."""
    outcome = send_one(script)

    assert (outcome.state, outcome.code, outcome.severity) == (state, code, severity)
    assert not outcome.whole_relay


@pytest.mark.parametrize(
    "script",
    [
        {"MAIL": ["451 4.3.0 not now"]},
        {"MAIL": ["432 4.3.2 concurrent connections exceeded"]},
        {"MAIL": ["421 4.7.0 too many"]},
        {"CONNECT": ["421 4.3.2 closing"]},
        {"CONNECT": [CLOSE]},
        {"CONNECT": [HANG]},
        {"MAIL": [CLOSE]},
    ],
)
def test_relay_that_needs_rest(script: Script) -> None:
    """A relay that cannot take anybody's mail just now puts the copy off and wants rest."""
    outcome = send_one(script)

    assert outcome.state is DeliveryState.DEFERRED
    assert outcome.whole_relay


@pytest.mark.parametrize("script", [{"RCPT": [CLOSE]}, {"DATA": [CLOSE]}, {"DATA": [HANG]}])
def test_line_broken_before_the_text(script: Script) -> None:
    """A line that breaks before the text has begun to leave hands nothing over."""
    outcome = send_one(script)

    assert outcome.state is DeliveryState.DEFERRED
    assert not outcome.whole_relay


@pytest.mark.parametrize("answer", ["250 2.0.0 ok", "334 ", "220 hello"])
def test_only_354_asks_for_the_text(answer: str) -> None:
    """Any other answer to DATA hands nothing over: the text would be taken for commands."""
    with scripted({"DATA": [answer]}) as server:
        outcome = connect(server).send(Envelope("s@example.se", "r@a.example"), MESSAGE)

    assert outcome.state is DeliveryState.DEFERRED
    assert server.messages == []
    assert server.commands[-1] == "DATA"


def test_answer_to_the_text_that_says_neither_yes_nor_no() -> None:
    """A text answered by neither 2xx nor a refusal leaves nobody knowing."""
    assert send_one({".": ["354 go on"]}).state is DeliveryState.UNKNOWN


@pytest.mark.parametrize("answer", [CLOSE, HANG])
def test_line_broken_after_the_text(answer: str) -> None:
    """A line that breaks while the server thinks leaves nobody knowing."""
    assert send_one({".": [answer]}).state is DeliveryState.UNKNOWN


@pytest.mark.parametrize(
    "script",
    [
        {"MAIL": ["550 5.7.60 not allowed to send as this sender"]},
        {"CONNECT": ["554 5.7.1 go away"]},
    ],
)
def test_relay_that_wants_none_of_us(script: Script) -> None:
    """A relay that refuses us, or our sender, for good stops everything."""
    with pytest.raises(DeliveryError, match=r"554|550"):
        send_one(script)


def test_lease_is_longer_than_any_message() -> None:
    """A copy is not called unknown while its transport may still be at work on it."""
    assert LONGEST < LEASE


def test_slow_commands_share_their_time() -> None:
    """Replies that each come in time, but together too late, put the copy off."""
    slow = f"{SLOW}250 ok"
    with scripted({"MAIL": [slow], "RCPT": [slow], "DATA": [f"{SLOW}354 go on"]}) as server:
        outcome = connect(server).send(Envelope("s@example.se", "r@a.example"), MESSAGE)

    assert outcome.state is DeliveryState.DEFERRED
    assert server.messages == []


def test_nobody_listens() -> None:
    """A relay that is down puts the copy off."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    transport = SmtpTransport(parse_relay(f"smtp://127.0.0.1:{port}"), Connector())

    outcome = transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)


def test_connection_is_kept_and_renewed(server: ScriptedServer) -> None:
    """One connection carries a hundred messages; then a fresh one is opened."""
    transport = connect(server)

    for number in range(101):
        transport.send(Envelope("studs@example.se", f"reader{number}@a.example"), MESSAGE)
    transport.close()

    assert server.connections == 2
    assert len(server.messages) == 101


@pytest.mark.parametrize("gone", ["421 4.4.2 idle too long", CLOSE])
def test_server_that_hung_up_on_the_idle(gone: str) -> None:
    """A kept connection that the server has closed is opened again, without any outcome."""
    with scripted({"MAIL": ["250 ok", gone]}) as server:
        transport = connect(server)
        outcomes = [
            transport.send(Envelope("s@example.se", f"r{n}@a.example"), MESSAGE) for n in range(2)
        ]
        transport.close()

    assert [outcome.state for outcome in outcomes] == [DeliveryState.ACCEPTED] * 2
    assert server.connections == 2


def test_refused_reader_does_not_disturb_the_next() -> None:
    """After a refusal the transaction starts over on the same connection."""
    with scripted({"RCPT": ["550 5.1.1 no such user"]}) as server:
        transport = connect(server)
        outcomes = [
            transport.send(Envelope("s@example.se", f"r{n}@a.example"), MESSAGE) for n in range(2)
        ]
        transport.close()

    assert [outcome.state for outcome in outcomes] == ["refused", "accepted"]
    assert server.connections == 1
    assert "RSET" in server.commands


@pytest.mark.parametrize("address", ["a@b>\r\nRCPT TO:<x@y", "åsa@a.example", "a b@c.example"])
def test_address_that_no_command_can_carry(server: ScriptedServer, address: str) -> None:
    """An address with line breaks, brackets or letters beyond ASCII never reaches the server."""
    transport = connect(server)

    outcome = transport.send(Envelope("studs@example.se", address), MESSAGE)

    assert outcome.state is DeliveryState.REFUSED
    assert server.commands == []


def test_starttls_with_a_trusted_certificate(certificate: Path) -> None:
    """Under STARTTLS the message travels encrypted."""
    with scripted(certificate=certificate) as server:
        transport = connect(server, "smtp+starttls")
        outcome = transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)
        transport.close()

    assert outcome.state is DeliveryState.ACCEPTED
    assert server.commands[:2] == [server.commands[0], "STARTTLS"]


def test_starttls_that_is_not_offered(server: ScriptedServer) -> None:
    """A relay that does not offer STARTTLS, or somebody between who took it away, gets nothing."""
    transport = connect(server, "smtp+starttls")

    with pytest.raises(DeliveryError, match="no secure way in"):
        transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)
    assert not any(command.startswith("MAIL") for command in server.commands)


def test_certificate_that_nobody_vouches_for(certificate: Path) -> None:
    """A certificate that cannot be verified stops everything."""
    with scripted(certificate=certificate) as server:
        relay = parse_relay(f"smtp+starttls://localhost:{server.port}")
        transport = SmtpTransport(relay, Connector())

        with pytest.raises(DeliveryError, match="certificate cannot be trusted"):
            transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)


def test_line_broken_under_the_handshake() -> None:
    """A relay that hangs up while the line is being secured puts the copy off: it may come back."""
    offer = {"EHLO": ["250-scripted.example\r\n250 STARTTLS"], "STARTTLS": ["220 2.0.0 go on"]}
    with scripted(offer) as server:
        outcome = connect(server, "smtp+starttls").send(
            Envelope("s@example.se", "r@a.example"), MESSAGE
        )

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)


def test_password_never_travels_in_clear(server: ScriptedServer) -> None:
    """A login over plain SMTP is refused by us; the password is in no message."""
    transport = connect(server, login="anna:hemligt@")

    with pytest.raises(DeliveryError) as caught:
        transport.send(Envelope("studs@example.se", "anna@a.example"), MESSAGE)

    assert "hemligt" not in str(caught.value)
    assert server.connections == 0


def test_relay_address() -> None:
    """The parts of a relay's address, unquoted; the password shows nowhere."""
    relay = parse_relay("smtp+starttls://anna%40a.example:p%3Ass@mail.example")

    assert (relay.host, relay.port, relay.user, relay.password) == (
        "mail.example",
        587,
        "anna@a.example",
        "p:ss",
    )
    assert "p:ss" not in f"{relay} {relay!r}"
