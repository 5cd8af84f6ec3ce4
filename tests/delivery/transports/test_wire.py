"""A message as SMTP carries it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.delivery.transports.wire import on_the_wire, with_crlf

TEXTS = st.lists(st.sampled_from([b".", b"\r\n", b"\n", b"\r", b"a", b".b", b"\xc3\xa5"])).map(
    b"".join
)


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        (b"a\nb", b"a\r\nb\r\n"),
        (b"a\r\nb\r\n", b"a\r\nb\r\n"),
        (b"a\rb\n", b"a\r\nb\r\n"),
        (b"", b"\r\n"),
    ],
)
def test_every_line_ends_alike(message: bytes, lines: bytes) -> None:
    """Each line ends in CRLF, the last one too, and no CR or LF stands alone."""
    assert with_crlf(message) == lines


@given(TEXTS)
def test_the_text_ends_where_it_ends(message: bytes) -> None:
    """No line within a message is the dot that would end it, and the last one is."""
    wire = on_the_wire(message)

    assert wire.endswith(b"\r\n.\r\n") or wire == b".\r\n"
    assert b"\r\n.\r\n" not in wire.removesuffix(b".\r\n")
    assert not wire.removesuffix(b".\r\n").startswith(b".\r\n")


@given(TEXTS)
def test_the_other_side_reads_what_was_written(message: bytes) -> None:
    """Undone as RFC 5321 section 4.5.2 says, the text is the message with its lines' ends."""
    lines = on_the_wire(message).split(b"\r\n")[:-2]

    assert b"".join(line.removeprefix(b".") + b"\r\n" for line in lines) == with_crlf(message)
