"""A connection is secured and logged in at as the relay's address says, or there is none."""

from contextlib import closing
from pathlib import Path

import pytest

from newsroom.delivery.transports.connector import Connector
from newsroom.delivery.transports.relay import parse_relay
from newsroom.delivery.transports.smtp import SmtpTransport
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState
from tests.delivery.transports.scripted_server import ScriptedServer, scripted
from tests.delivery.transports.smtp_client import AUTHORITY, ENVELOPE, MESSAGE, connect


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


def test_secure_from_the_first_byte(certificate: Path) -> None:
    """Over smtps:// nothing is said in clear, not even hello (RFC 8314 section 3.3)."""
    with scripted(certificate=certificate) as server:
        server.is_secure_from_the_start = True
        with closing(connect(server, "smtps")) as transport:
            outcome = transport.send(ENVELOPE, MESSAGE)

    assert outcome.state is DeliveryState.ACCEPTED
    assert "STARTTLS" not in server.commands


def test_the_wrong_port_is_told(server: ScriptedServer) -> None:
    """A relay that speaks in clear where it should not is told with the port for each way."""
    with (
        closing(connect(server, "smtps")) as transport,
        pytest.raises(DeliveryError, match=r"smtps:// is for port 465"),
    ):
        transport.send(ENVELOPE, MESSAGE)


def test_an_authority_of_ones_own(certificate: Path, tmp_path: Path) -> None:
    """A relay whose certificate is its keeper's own is trusted by the file that is named."""
    authority = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(authority)
    with scripted(certificate=certificate) as server:
        relay = parse_relay(f"smtp+starttls://localhost:{server.port}?ca={authority}")
        with closing(SmtpTransport(relay, Connector())) as transport:
            outcome = transport.send(ENVELOPE, MESSAGE)

    assert outcome.state is DeliveryState.ACCEPTED


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_authority_that_cannot_be_read(
    certificate: Path, tmp_path: Path, content: str | None
) -> None:
    """A missing file, or one without a certificate, is told with its name."""
    authority = tmp_path / "authority.pem"
    if content is not None:
        authority.write_text(content)
    with scripted(certificate=certificate) as server:
        relay = parse_relay(f"smtp+starttls://localhost:{server.port}?ca={authority}")
        with (
            closing(SmtpTransport(relay, Connector())) as transport,
            pytest.raises(DeliveryError, match=r"authority\.pem holds no certificate"),
        ):
            transport.send(ENVELOPE, MESSAGE)


def test_what_was_said_before_the_line_was_secured_is_forgotten(certificate: Path) -> None:
    """Words slipped in between STARTTLS and its handshake are no answer (RFC 3207 section 4.2)."""
    slipped = {"EHLO": ["250-scripted.example\r\n250-PIPELINING\r\n250 STARTTLS"]}
    with (
        scripted(slipped, certificate) as server,
        closing(connect(server, "smtp+starttls")) as transport,
    ):
        transport.send(ENVELOPE, MESSAGE)

    assert server.round_trips > 5, "PIPELINING was announced in clear only, so it is not used"
