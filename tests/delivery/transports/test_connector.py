"""A connection is secured and logged in at as the relay's address says, or there is none."""

from pathlib import Path

import pytest

from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.relay import parse_relay
from newsroom.delivery.transports.smtp import SmtpTransport
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState
from tests.delivery.transports.scripted_server import ScriptedServer, scripted
from tests.delivery.transports.smtp_client import ENVELOPE, MESSAGE, connect


def test_starttls_with_a_trusted_certificate(certificate: Path) -> None:
    """Under STARTTLS the message travels encrypted."""
    with scripted(certificate=certificate) as server:
        transport = connect(server, "smtp+starttls")
        outcome = transport.send(ENVELOPE, MESSAGE)
        transport.close()

    assert outcome.state is DeliveryState.ACCEPTED
    assert server.commands[:2] == [server.commands[0], "STARTTLS"]


def test_starttls_that_is_not_offered(server: ScriptedServer) -> None:
    """A relay that does not offer STARTTLS, or somebody between who took it away, gets nothing."""
    transport = connect(server, "smtp+starttls")

    with pytest.raises(DeliveryError, match="offers no encryption"):
        transport.send(ENVELOPE, MESSAGE)
    assert not any(command.startswith("MAIL") for command in server.commands)


def test_certificate_that_nobody_vouches_for(certificate: Path) -> None:
    """A certificate that cannot be verified stops everything."""
    with scripted(certificate=certificate) as server:
        relay = parse_relay(f"smtp+starttls://localhost:{server.port}")
        transport = SmtpTransport(relay, Connector())

        with pytest.raises(DeliveryError, match="certificate cannot be trusted"):
            transport.send(ENVELOPE, MESSAGE)


def test_line_broken_under_the_handshake() -> None:
    """A relay that hangs up while the line is being secured puts the copy off: it may come back."""
    offer = {"EHLO": ["250-scripted.example\r\n250 STARTTLS"], "STARTTLS": ["220 2.0.0 go on"]}
    with scripted(offer) as server:
        outcome = connect(server, "smtp+starttls").send(ENVELOPE, MESSAGE)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)


def test_password_never_travels_in_clear(server: ScriptedServer) -> None:
    """A login over plain SMTP is refused by us; the password is in no message."""
    transport = connect(server, login="anna:hemligt@")

    with pytest.raises(DeliveryError) as caught:
        transport.send(ENVELOPE, MESSAGE)

    assert "hemligt" not in str(caught.value)
    assert server.connections == 0
