import random
import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.readers.tokens import (
    Pass,
    confirmation_code,
    confirmation_digest,
    confirmation_token,
    data_token,
    form_age,
    form_stamp,
    is_confirmation_code,
    leave_token,
    new_seed,
    read_data_token,
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


CONFIRMATION = "q2fT0zJmWc9rXv4LkB7sYdHn1uEaPgK8"  # the shape of one; only its digest is kept
KEPT = confirmation_digest(CONFIRMATION)
READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "confirm": (CONFIRMATION, lambda token: confirmation_digest(token) == KEPT or None),
    "leave": (leave_token(SECRET, 4711), lambda token: read_leave_token([SECRET, OLD], token)),
    "data": (data_token(SECRET, 4711, NOW), lambda token: read_data_token([SECRET, OLD], token)),
    "form": (form_stamp(SECRET, NOW), lambda token: form_age([SECRET, OLD], token, NOW)),
}


@pytest.mark.parametrize("kind", READERS)
def test_forged_tokens_are_not_accepted(kind: str) -> None:
    """A hundred thousand changes of a real token of each kind: none is accepted."""
    dice = random.Random(2026)
    real, read = READERS[kind]

    accepted = [
        forged
        for _ in range(100_000)
        if (forged := _changed(real, dice)) != real and read(forged) is not None
    ]

    assert read(real) is not None
    assert accepted == []


@pytest.mark.parametrize("kind", READERS)
def test_every_single_letter_changed_is_a_forgery(kind: str) -> None:
    """Base64's spare bits do not let the last letter vary."""
    real, read = READERS[kind]

    accepted = [
        (place, letter)
        for place in range(len(real))
        for letter in ALPHABET
        if letter != real[place] and read(real[:place] + letter + real[place + 1 :]) is not None
    ]

    assert accepted == []


@pytest.mark.parametrize("kind", READERS)
def test_a_token_is_good_for_its_own_purpose(kind: str) -> None:
    """What ends a subscription shows nobody's data, and the other way round."""
    others = [token for name, (token, _) in READERS.items() if name != kind]

    assert [READERS[kind][1](token) for token in others] == [None] * len(others)


def test_a_data_token_says_whose_and_since_when() -> None:
    """The link to one's own data carries its time in it, under an old secret too."""
    token = data_token(OLD, 4711, NOW)

    assert len(token) == 36
    assert read_data_token([SECRET, OLD], token) == Pass(4711, NOW)
    assert read_data_token([OTHER], token) is None


def test_a_code_belongs_to_its_link() -> None:
    """Six digits, the same for the same link; spaces do not matter, another link's do not fit."""
    code = confirmation_code(OLD, "one link")

    assert len(code) == 6
    assert code.isdigit()
    assert is_confirmation_code([SECRET, OLD], "one link", f" {code[:3]} {code[3:]} ")
    assert not is_confirmation_code([SECRET, OLD], "another link", code)
    assert not is_confirmation_code([OTHER], "one link", code)
    assert not is_confirmation_code([OLD], "one link", "")
    assert not is_confirmation_code([OLD], "one link", "åäö")


def test_codes_are_spread_over_all_numbers() -> None:
    """Of a thousand links hardly two have the same code, and some codes begin with a zero."""
    codes = [confirmation_code(SECRET, str(number)) for number in range(1000)]

    assert len(set(codes)) > 990
    assert {code[0] for code in codes} == set(string.digits)


@pytest.mark.parametrize("token", ["", "a", "a" * 31, "å" * 30, "=" * 30, "..", "a" * 29 + "\n"])
def test_what_is_not_a_token_is_nobody(token: str) -> None:
    """Any text may stand in the address; it is answered, not crashed on."""
    assert read_leave_token([SECRET], token) is None
    assert form_age([SECRET], token, NOW) is None


def test_confirmation_tokens_are_random_and_kept_as_digests() -> None:
    """Two tokens differ, carry 192 bits, and only a digest of them is kept.

    A seed gives the same token again, but to nobody without the secret.
    """
    seed = new_seed()
    first, second = confirmation_token(SECRET, seed), confirmation_token(SECRET, new_seed())

    assert first != second
    assert len(first) == len(second) == 32
    assert first == confirmation_token(SECRET, seed)
    assert first != confirmation_token(b"another secret", seed)
    assert first not in confirmation_digest(first)


def test_a_stamp_tells_how_long_a_form_was_open() -> None:
    """The form's stamp gives its age, under an old secret too, and cannot be forged."""
    stamp = form_stamp(OLD, NOW)

    assert form_age([SECRET, OLD], stamp, NOW + timedelta(seconds=5)) == timedelta(seconds=5)
    assert form_age([OTHER], stamp, NOW) is None
    assert form_age([OLD], leave_token(OLD, 1), NOW) is None


def test_a_stamp_is_good_for_its_own_form() -> None:
    """The stamp of one link's page does not open another's."""
    stamp = form_stamp(SECRET, NOW, "one link")

    assert form_age([SECRET], stamp, NOW, "one link") == timedelta(0)
    assert form_age([SECRET], stamp, NOW, "another link") is None
    assert form_age([SECRET], stamp, NOW) is None


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
