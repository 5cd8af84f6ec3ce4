"""What a relay is told of an envelope."""

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from newsroom.delivery.transports.commands import fits_a_command, mail_from, rcpt_to, xtext
from newsroom.model.delivery import Envelope
from tests.delivery.transports.scripted_server import scripted
from tests.delivery.transports.smtp_client import MESSAGE, connect

ENVELOPE = Envelope("studs+ab@example.se", "anna+x=y@a.example", "ab+c")


def test_bounces_are_asked_for_where_the_relay_can_tell() -> None:
    """A relay with DSN is told the copy's id and that we want to know what fails or waits."""
    relay = scripted(announces=("DSN", "SIZE 1000000"))
    with relay as server, closing(connect(server)) as transport:
        transport.send(ENVELOPE, MESSAGE)

    assert server.commands[1:3] == [
        f"MAIL FROM:<studs+ab@example.se> SIZE={len(MESSAGE) + 4} RET=HDRS ENVID=ab+2Bc",
        "RCPT TO:<anna+x=y@a.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;anna+2Bx+3Dy@a.example",
    ]


def test_a_relay_that_announces_nothing_is_asked_for_nothing() -> None:
    """A parameter that a relay does not know would be refused."""
    with scripted() as server, closing(connect(server)) as transport:
        transport.send(ENVELOPE, MESSAGE)

    assert server.commands[1:3] == [
        "MAIL FROM:<studs+ab@example.se>",
        "RCPT TO:<anna+x=y@a.example>",
    ]


def test_a_copy_without_an_id() -> None:
    """A single mail has no id to come back with."""
    command = mail_from(Envelope("a@b.example", "c@d.example"), 7, lambda _: True)

    assert command == "MAIL FROM:<a@b.example> SIZE=7 RET=HDRS"


@given(st.text(max_size=60))
def test_nothing_breaks_out_of_a_parameter(text: str) -> None:
    """Whatever an id holds, it is one printable word without the signs that parameters have."""
    coded = xtext(text)

    assert coded.isascii()
    assert not set(coded) - {chr(code) for code in range(0x21, 0x7F)}
    assert "=" not in coded


@given(st.text(max_size=60))
def test_no_address_is_two_commands(address: str) -> None:
    """An address that fits a command leaves it one line, with one pair of brackets."""
    if not fits_a_command(address):
        return
    command = rcpt_to(Envelope("a@b.example", address), lambda _: False)

    assert command.isprintable()
    assert (command.count("<"), command.count(">"), command.count(" ")) == (1, 1, 1)
