"""How often we wait for a relay far away (RFC 2920)."""

from contextlib import closing

import pytest

from newsroom.model.delivery import DeliveryState, Envelope
from tests.delivery.transports.scripted_server import scripted
from tests.delivery.transports.smtp_client import ENVELOPE, MESSAGE, PIPELINING, Script, connect

HELLO = 1  # the answer to EHLO is waited for, once a connection
GOODBYE = 1


def round_trips(messages: int, script: Script, announces: tuple[str, ...]) -> int:
    """How often the client waits for the server's answer to go on, for so many messages."""
    with scripted(script, announces=announces) as server:
        transport = connect(server)
        for _ in range(messages):
            transport.send(ENVELOPE, MESSAGE)
        transport.close()
    return server.round_trips


@pytest.mark.parametrize(("announces", "each"), [(PIPELINING, 2), ((), 4)])
def test_round_trips(announces: tuple[str, ...], each: int) -> None:
    """A message waits twice where PIPELINING is announced: after its envelope and after its text.

    Elsewhere it waits for each command.
    """
    assert round_trips(10, {}, announces) == HELLO + 10 * each + GOODBYE


def test_a_refusal_costs_no_more() -> None:
    """What a refused reader leaves with the relay is cleared together with the next envelope."""
    script = {"RCPT": ["550 5.1.1 no such user"], "DATA": ["503 5.5.1 no valid recipients"]}

    assert round_trips(2, script, PIPELINING) == HELLO + 1 + 2 + GOODBYE


def test_a_refused_reader_gets_no_text() -> None:
    """A relay that asks for the text although it took no reader gets an empty one."""
    with scripted({"RCPT": ["550 5.1.1 no such user"]}, announces=PIPELINING) as server:
        transport = connect(server)
        outcomes = [transport.send(ENVELOPE, MESSAGE) for _ in range(2)]
        transport.close()

    assert [outcome.state for outcome in outcomes] == ["refused", "accepted"]
    assert [len(message) > 0 for message in server.messages] == [False, True]
    assert server.connections == 1


def test_each_reply_is_its_own_commands() -> None:
    """Replies that come together are told apart, however they are cut into lines."""
    script = {
        "MAIL": ["250-2.1.0 yes\r\n250 2.1.0 sender ok"],
        "RCPT": ["450-4.2.0 wait\r\n450 4.2.0 greylisted"],
        "DATA": ["503 5.5.1 no recipients"],
    }
    relay = scripted(script, announces=PIPELINING)
    with relay as server, closing(connect(server)) as transport:
        outcome = transport.send(ENVELOPE, MESSAGE)

    assert (outcome.state, outcome.code) == (DeliveryState.DEFERRED, "450 4.2.0")
    assert outcome.reason == "4.2.0 wait 4.2.0 greylisted"


def test_what_nobody_asked_for_is_taken_for_no_answer() -> None:
    """A reply too many would be taken for the next message's: that one gets a new connection."""
    with scripted(
        {".": ["250 2.0.0 taken\r\n250 2.0.0 and again"]}, announces=PIPELINING
    ) as server:
        transport = connect(server)
        outcomes = [
            transport.send(Envelope("s@example.se", f"r{n}@a.example"), MESSAGE) for n in range(2)
        ]
        transport.close()

    assert [outcome.state for outcome in outcomes] == [DeliveryState.ACCEPTED] * 2
    assert server.connections == 2
