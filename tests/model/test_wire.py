"""Messages that need no work before they travel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.delivery.transports.wire import on_the_wire
from newsroom.model.wire import WireText, travels

PARTS = st.lists(
    st.lists(st.sampled_from([b".", b"\r\n", b"\n", b"\r", b"a", b"=\r\n"])).map(b"".join)
)


@given(PARTS)
def test_what_travels_needs_no_work(parts: list[bytes]) -> None:
    """Parts that travel make a message which is on the wire as it is, in whatever order."""
    for order in (parts, parts[::-1], sorted(parts)):
        message = b"".join(order) + b"\r\n"

        if travels(*parts):
            assert on_the_wire(message) == message + b".\r\n"
            assert on_the_wire(WireText(message)) == on_the_wire(message)


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ((b"a\r\n", b"b"), True),
        ((b"a.\r\n", b"b"), True),
        ((b"a\r\n.", b"b"), False),
        ((b"a\r\n", b".b"), False),
        ((b"a\r", b"\nb"), False),
        ((b"a\n",), False),
        ((b"a\r\n\r", b"\nb\n"), False),
    ],
)
def test_where_a_line_may_begin_there_is_no_dot(parts: tuple[bytes, ...], answer: bool) -> None:  # noqa: FBT001 (a column of the table)
    """A dot that might come first in a line is one too many, and so is half an end of a line."""
    assert travels(*parts) is answer
