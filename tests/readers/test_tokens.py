import random
import string
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.readers.tokens import (
    confirmation_digest,
    form_age,
    form_stamp,
    leave_token,
    new_confirmation,
    read_leave_token,
)

SECRET, OLD, OTHER = b"secret-of-today", b"secret-of-five-years-ago", b"somebody-else"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ALPHABET = string.ascii_letters + string.digits + "-_"


@pytest.mark.parametrize("number", [1, 255, 256, 2**40 - 1])
def test_a_token_names_its_subscriber(number: int) -> None:
    """A leave token is 30 characters fit for a path, and gives the number back."""
    token = leave_token(SECRET, number)

    assert len(token) == 30
    assert set(token) <= set(ALPHABET)
    assert read_leave_token([SECRET], token) == number


def test_a_link_from_before_a_change_of_secret_still_works() -> None:
    """Old secrets answer for the mails that went out with them, and for nothing else."""
    token = leave_token(OLD, 7)

    assert read_leave_token([SECRET, OLD], token) == 7
    assert read_leave_token([SECRET], token) is None
    assert read_leave_token([OTHER], token) is None


def test_forged_tokens_are_not_accepted() -> None:
    """A hundred thousand changes of a real token: none is accepted."""
    dice = random.Random(2026)
    real = leave_token(SECRET, 4711)
    keys = [SECRET, OLD]

    accepted = [
        forged
        for _ in range(100_000)
        if (forged := _changed(real, dice)) != real and read_leave_token(keys, forged) is not None
    ]

    assert accepted == []


def test_every_single_letter_changed_is_a_forgery() -> None:
    """Base64's spare bits do not let the last letter vary."""
    real = leave_token(SECRET, 4711)

    accepted = [
        (place, letter)
        for place in range(len(real))
        for letter in ALPHABET
        if letter != real[place]
        and read_leave_token([SECRET], real[:place] + letter + real[place + 1 :]) is not None
    ]

    assert accepted == []


@pytest.mark.parametrize("token", ["", "a", "a" * 31, "å" * 30, "=" * 30, "..", "a" * 29 + "\n"])
def test_what_is_not_a_token_is_nobody(token: str) -> None:
    """Any text may stand in the address; it is answered, not crashed on."""
    assert read_leave_token([SECRET], token) is None
    assert form_age([SECRET], token, NOW) is None


def test_confirmation_tokens_are_random_and_kept_as_digests() -> None:
    """Two tokens differ, carry 192 bits, and only a digest of them is kept."""
    first, digest = new_confirmation()
    second, _ = new_confirmation()

    assert first != second
    assert len(first) == 32
    assert digest == confirmation_digest(first)
    assert first not in digest


def test_a_stamp_tells_how_long_a_form_was_open() -> None:
    """The form's stamp gives its age, under an old secret too, and cannot be forged."""
    stamp = form_stamp(OLD, NOW)

    assert form_age([SECRET, OLD], stamp, NOW + timedelta(seconds=5)) == timedelta(seconds=5)
    assert form_age([OTHER], stamp, NOW) is None
    assert form_age([OLD], leave_token(OLD, 1), NOW) is None


def _changed(token: str, dice: random.Random) -> str:
    letters = list(token)
    for _ in range(dice.randint(1, 3)):
        letters[dice.randrange(len(letters))] = dice.choice(ALPHABET)
    match dice.randrange(4):
        case 0:
            dice.shuffle(letters)
        case 1:
            letters.pop()
        case 2:
            letters.append(dice.choice(ALPHABET))
    return "".join(letters)
