"""A real Postfix as the relay: what it announces is used, and what we ask for comes back."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim
import pytest

from newsroom.delivery.transports.signing import SigningTransport
from newsroom.dkim.key import KeyKind, new_key, read_key
from newsroom.dkim.signature import signed
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope
from tests.delivery.letters import letter
from tests.delivery.transports.postfix import IS_ROOT, PROGRAM, Postfix, postfix
from tests.delivery.transports.scripted_server import ScriptedServer, scripted
from tests.delivery.transports.smtp_client import AUTHORITY, connect_to
from tests.processes import PATIENCE

pytestmark = [
    pytest.mark.skipif(not IS_ROOT, reason="only root can start a Postfix"),
    pytest.mark.skipif(
        PROGRAM is None and "CI" not in os.environ,
        reason="Postfix is not installed; python scripts/find_tools.py installs it",
    ),
]
NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
KEYS = tuple(read_key("example.se", kind.value, new_key(kind), "key.pem") for kind in KeyKind)


@dataclass(frozen=True, slots=True)
class Road:
    """A relay, and the host behind it that mail is handed to."""

    relay: Postfix
    host: ScriptedServer

    def arrived(self, mark: bytes) -> bytes:
        """The message with a mark in it that has come to the host, once it has."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for message in self.host.messages:
                if mark in message:
                    return message.replace(b"\r\n..", b"\r\n.")
            time.sleep(0.02)
        raise AssertionError(f"nothing with {mark!r} came: {self.relay.log.read_text()}")


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """Postfix, and behind it a host that knows nobody called `borta`."""
    certificate = tmp_path_factory.mktemp("tls") / "localhost.pem"
    AUTHORITY.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(certificate)
    with scripted() as host, postfix(host.port, certificate) as relay:
        yield Road(relay, host)


def test_a_signed_letter_travels_whole(road: Road) -> None:
    """What PIPELINING, DSN and TLS carry to a real relay, and it onward, still verifies there."""
    letters = [letter({"Message-ID": f"<resa-{number}@example.se>"}) for number in range(3)]
    with closing(connect_to(road.relay.port, "smtp+starttls")) as plain:
        transport = SigningTransport(plain, lambda message: signed(message, KEYS, NOW))
        states = [
            transport.send(
                Envelope("studs@example.se", "asa@a.example", f"n{number}"), message
            ).state
            for number, message in enumerate(letters)
        ]

    assert states == [DeliveryState.ACCEPTED] * 3
    records = {f"{key.record_name}.".encode(): key.record.encode() for key in KEYS}
    for number, message in enumerate(letters):
        arrived = road.arrived(b"<resa-%d@example.se>" % number)
        assert arrived.endswith(message)
        for signature in range(len(KEYS)):
            verifier = dkim.DKIM(arrived)
            assert verifier.verify(signature, dnsfunc=lambda name, **_: records[name])


def test_a_bounce_names_the_copy(road: Road) -> None:
    """The relay's report of a refusal holds the id and the address that we gave it."""
    road.host.script["RCPT"] = ["550 5.1.1 borta is not here"]
    envelope = Envelope("studs+abc@example.se", "borta+x@a.example", "en-kopia+7")
    with closing(connect_to(road.relay.port, "smtp+starttls")) as transport:
        outcome = transport.send(envelope, letter({"Message-ID": "<studs-1@example.se>"}))

    report = message_from_bytes(
        road.arrived(b"multipart/report"), EmailMessage, policy=policy.default
    )
    told = {name: str(value) for part in report.walk() for name, value in part.items()}

    assert outcome.state is DeliveryState.ACCEPTED
    assert told["Original-Envelope-Id"] == "en-kopia+7"
    assert told["Original-Recipient"] == "rfc822;borta+x@a.example"
    assert told["Status"] == "5.1.1"
    assert "RCPT TO:<studs+abc@example.se>" in road.host.commands
    assert b"text/rfc822-headers" in report.as_bytes(), "RET=HDRS: our text does not come back"


def test_a_reader_whom_the_relay_refuses(road: Road) -> None:
    """A refusal in a pipelined envelope is the reader's own, and the next one gets their copy."""
    with closing(connect_to(road.relay.port, "smtp+starttls")) as transport:
        outcomes = [
            transport.send(Envelope("studs@example.se", reader), letter({"Message-ID": mark}))
            for reader, mark in (
                ("nobody@a.example", "<vagrad-1@example.se>"),
                ("bo@a.example", "<vagrad-2@example.se>"),
            )
        ]

    assert [outcome.state for outcome in outcomes] == ["refused", "accepted"]
    assert outcomes[0].code == "550 5.1.1"
    assert road.arrived(b"<vagrad-2@example.se>")


def test_a_message_that_is_too_large_for_the_relay(road: Road) -> None:
    """A text that the relay takes from nobody stops everything before it has travelled."""
    with (
        closing(connect_to(road.relay.port, "smtp+starttls")) as transport,
        pytest.raises(DeliveryError, match=r"552 5\.3\.4"),
    ):
        transport.send(Envelope("studs@example.se", "asa@a.example"), letter() + b"x" * 11_000_000)
