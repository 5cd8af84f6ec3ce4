"""Addresses that stand in a sentence."""

import pytest

from newsroom.model.bare_address import without_sentence_end


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.se/a.", "https://example.se/a"),
        ("https://example.se/a).", "https://example.se/a"),
        ("https://example.se/a_(b)", "https://example.se/a_(b)"),
        ("https://example.se/a?!…", "https://example.se/a"),
        ("https://example.se/", "https://example.se/"),
    ],
)
def test_signs_of_the_sentence_are_left_out(written: str, address: str) -> None:
    """What ends a sentence is no part of an address; a bracket is when it began in it."""
    assert without_sentence_end(written) == address
