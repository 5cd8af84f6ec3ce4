"""Texts that strangers wrote, as they may be shown."""

import pytest

from newsroom.model.printable import in_short, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Åsa – kansli", "Åsa – kansli"),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a\0b\r\nc", "a\ufffdb\ufffd\ufffdc"),
        ("half \ud800", "half \ufffd"),
    ],
)
def test_what_cannot_be_shown_is_replaced(text: str, shown: str) -> None:
    """A text keeps its length, and loses what would move a cursor or keep it out of a database."""
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Bad\r\n\tRequest", "Bad Request"),
        ("no\0where", "no where"),
        ("x" * 40, "x" * 12),
        (" " * 200 + "too late", ""),
        ("", ""),
    ],
)
def test_the_beginning_stands_on_one_line(text: str, short: str) -> None:
    """Line ends and runs of blanks become one blank each; of a long text only the beginning is."""
    assert in_short(text, 12) == short
