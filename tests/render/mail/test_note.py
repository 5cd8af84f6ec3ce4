"""What stands at the foot of the mails from the program."""

import pytest

from newsroom.render.mail.note import sender_lines
from tests.render.pieces import make_site


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("", ("Nätverket",)),
        ("Box 1, 111 11 Stad", ("Nätverket", "Box 1, 111 11 Stad")),
        ("Nätverket, Box 1, 111 11 Stad", ("Nätverket, Box 1, 111 11 Stad",)),
        ("NÄTVERKET\nBox 1", ("NÄTVERKET\nBox 1",)),
    ],
)
def test_a_name_stands_once(address: str, lines: tuple[str, ...]) -> None:
    """An address that begins with the name has said it."""
    assert sender_lines(make_site(name="Nätverket", postal_address=address)) == lines
