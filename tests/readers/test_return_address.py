"""The sealed address that each copy comes back to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.readers.return_address import (
    claimed_reader,
    is_return_token,
    return_address,
    return_token,
    token_of,
)

KEYS = (b"the newest secret", b"an older secret")


def test_an_address_carries_its_reader() -> None:
    """Whose copy it was can be read from the address, in any case of letters."""
    address = return_address("studs@example.se", return_token(KEYS[0], "2026-var", 4711))

    token = token_of(address.upper())

    assert address.startswith("studs+")
    assert len(address.partition("@")[0]) <= 64  # RFC 5321 section 4.5.3.1.1
    assert claimed_reader(token) == 4711
    assert is_return_token(KEYS, token, "2026-var", 4711)


def test_older_secrets_still_answer() -> None:
    """Mail that left before a change of the secret comes back all the same."""
    assert is_return_token(KEYS, return_token(KEYS[1], "2026-var", 1), "2026-var", 1)


def test_tokens_of_mails_that_are_out_stay_good() -> None:
    """A token is what it always was: mail comes back for weeks."""
    token = return_token(KEYS[0], "2026-var", 4711)

    assert token == "kuaaaaasm7nzbgrfuztuzei5b5dvbjhz"
    assert is_return_token(KEYS, token, "2026-var", 4711)


def test_a_token_is_good_for_one_copy() -> None:
    """Another issue, another reader or another newsroom's secret is not what was sealed."""
    token = return_token(KEYS[0], "2026-var", 1)

    assert not is_return_token(KEYS, token, "2026-host", 1)
    assert not is_return_token(KEYS, token, "2026-var", 2)
    assert not is_return_token((b"somebody else's",), token, "2026-var", 1)


@pytest.mark.parametrize("number", [0, 2**31, 2**40 - 1])
def test_a_number_that_nobody_can_have_is_nobodys(number: int) -> None:
    """A token that somebody made up leads to no subscriber that no database can number."""
    assert claimed_reader(return_token(KEYS[0], "2026-var", number)) is None


@given(st.text(max_size=40))
def test_nothing_else_is_a_token(text: str) -> None:
    """No text that was not made here opens anything, and none raises."""
    assert not is_return_token(KEYS, text, "2026-var", 1)
    assert token_of(text) == token_of(text).lower()
