"""What every way out of the house does alike: the same message, the same end of the same luck."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from newsroom.delivery.ledger.claims import LEASE
from newsroom.errors import DeliveryError
from newsroom.model.delivery import DeliveryState, Envelope, Outcome
from newsroom.outside.over_http.api import LONGEST
from tests.delivery.letters import HTML, OWN_HEADERS, READER, SENDER, SUBJECT, TEXT, letter
from tests.delivery.transports.ways import KEY, SERVICES, Luck, opened

WAYS = ("folder", "smtp", *SERVICES)
OVER_A_LINE = ("smtp", *SERVICES)
FOR_A_WHILE = (Luck.BUSY, Luck.DOWN, Luck.NOBODY_THERE)


def send(way: str, luck: Luck, folder: Path) -> Outcome:
    """How a letter fares."""
    with opened(way, luck, folder) as there, closing(there.transport) as transport:
        return transport.send(Envelope(SENDER, READER), letter())


@pytest.mark.parametrize("way", WAYS)
def test_the_whole_message_arrives(way: str, tmp_path: Path) -> None:
    """One message for one reader, with its words and with each header of ours as we wrote it."""
    with opened(way, Luck.GOOD, tmp_path) as there, closing(there.transport) as transport:
        outcome = transport.send(Envelope(SENDER, READER), letter())
        [arrived] = there.arrived()

    assert outcome.state is DeliveryState.ACCEPTED
    assert arrived.recipient in {READER, None}
    assert arrived.sender == '"Öberg, Åsa – Region" <nyheter@example.se>'
    assert (arrived.subject, arrived.text, arrived.html) == (SUBJECT, TEXT, HTML)
    assert {name: arrived.headers.get(name) for name in OWN_HEADERS} == OWN_HEADERS


@pytest.mark.parametrize("way", OVER_A_LINE)
def test_a_reader_who_is_refused_is_the_only_one(way: str, tmp_path: Path) -> None:
    """A refusal of this address settles this copy, in the words that were given."""
    outcome = send(way, Luck.NO_SUCH_READER, tmp_path)

    assert outcome.state is DeliveryState.REFUSED
    assert outcome.code is not None
    assert len(outcome.code) <= 16, "the ledger keeps no more"
    assert outcome.reason
    assert not outcome.whole_relay


@pytest.mark.parametrize("luck", [Luck.SENDER_REFUSED, Luck.KEY_REFUSED])
@pytest.mark.parametrize("way", WAYS)
def test_the_senders_fault_stops_everything(way: str, luck: Luck, tmp_path: Path) -> None:
    """What would befall everybody is no reader's matter; the key is not told."""
    with pytest.raises(DeliveryError) as told:
        send(way, luck, tmp_path)

    assert KEY not in str(told.value)


@pytest.mark.parametrize("luck", FOR_A_WHILE)
@pytest.mark.parametrize("way", OVER_A_LINE)
def test_what_may_pass_puts_the_copy_off(way: str, luck: Luck, tmp_path: Path) -> None:
    """A relay that takes nobody's mail just now gets rest, and nobody loses a copy."""
    outcome = send(way, luck, tmp_path)

    assert (outcome.state, outcome.whole_relay) == (DeliveryState.DEFERRED, True)
    assert outcome.severity is None or outcome.severity == "soft"


@pytest.mark.parametrize("way", SERVICES)
def test_for_as_long_as_we_are_told(way: str, tmp_path: Path) -> None:
    """A provider that names a time is left alone for it."""
    assert send(way, Luck.BUSY, tmp_path).wait == timedelta(seconds=7)


@pytest.mark.parametrize("luck", [Luck.LOST, Luck.NONSENSE])
@pytest.mark.parametrize("way", OVER_A_LINE)
def test_nobody_guesses(way: str, luck: Luck, tmp_path: Path) -> None:
    """A message that left and was not answered is neither sent nor unsent."""
    outcome = send(way, luck, tmp_path)

    assert outcome.state is DeliveryState.UNKNOWN
    assert outcome.reason


@pytest.mark.parametrize("way", SERVICES)
def test_who_breaks_down_may_have_taken_it(way: str, tmp_path: Path) -> None:
    """An answer of 500 says nothing of the message: it is not sent again by itself."""
    outcome = send(way, Luck.BROKEN, tmp_path)

    assert (outcome.state, outcome.code) == (DeliveryState.UNKNOWN, "HTTP/500")
    assert not outcome.whole_relay


@pytest.mark.parametrize("way", OVER_A_LINE)
@pytest.mark.parametrize("address", ["a@b>\r\nRCPT TO:<x@y", "åsa@a.example", "a b@c.example"])
def test_an_address_that_cannot_be_carried(way: str, address: str, tmp_path: Path) -> None:
    """Line breaks, blanks and letters beyond ASCII in an address never leave the house."""
    with opened(way, Luck.GOOD, tmp_path) as there, closing(there.transport) as transport:
        outcome = transport.send(Envelope(SENDER, address), letter())
        arrived = there.arrived()

    assert outcome.state is DeliveryState.REFUSED
    assert arrived == []


@pytest.mark.parametrize("way", WAYS)
def test_several_in_a_row(way: str, tmp_path: Path) -> None:
    """A transport is used for one message after the other, and again after it was closed."""
    with opened(way, Luck.GOOD, tmp_path) as there, closing(there.transport) as transport:
        messages = [letter({"Message-ID": f"<{n}@example.se>"}) for n in range(3)]
        states = {transport.send(Envelope(SENDER, READER), message).state for message in messages}
        arrived = there.arrived()

    assert states == {DeliveryState.ACCEPTED}
    assert [found.headers["Message-ID"] for found in arrived] == [
        f"<{n}@example.se>" for n in range(3)
    ]


def test_the_lease_is_longer_than_any_request() -> None:
    """A copy is not called unknown while its transport may still be asking, or asking again."""
    assert LEASE.length > 2 * LONGEST
