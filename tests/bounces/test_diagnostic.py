"""What a mail system said, fit to be kept and shown."""

import pytest

from newsroom.bounces.diagnostic import diagnostic


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("550 5.1.1\n  User unknown\r\n", "550 5.1.1 User unknown"),
        ("gone\0now \x1b[2Jcleared", "gone now [2Jcleared"),
        ("half \ud800 a sign", "half a sign"),
        (" \n\0 ", None),
        ("", None),
        ("x" * 9_000, "x" * 500),
        ("Användaren finns inte", "Användaren finns inte"),
    ],
)
def test_words_on_one_line(words: str, shown: str | None) -> None:
    """Line ends, control signs and half characters become spaces; what is long is cut."""
    assert diagnostic(words) == shown
