import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.errors import AddressError
from newsroom.readers import addresses
from newsroom.readers.addresses import canonical


@pytest.mark.parametrize(
    ("written", "known_as"),
    [
        ("anna@example.se", "anna@example.se"),
        ("ANNA@Example.SE", "anna@example.se"),
        ("  anna@example.se\t", "anna@example.se"),
        ("\u00a0anna@example.se\u00a0", "anna@example.se"),
        ("ok@exämple.example", "ok@xn--exmple-cua.example"),
        ("anna@MALMÖ.example.se", "anna@xn--malm-8qa.example.se"),
        ("karin+nyheter@example.se", "karin+nyheter@example.se"),
        ("o'hara@example.org", "o'hara@example.org"),
        ("registrator@kommun.example.se", "registrator@kommun.example.se"),
        ("anna@mail.test", "anna@mail.test"),
        ('"citat tecken"@example.org', '"citat tecken"@example.org'),
    ],
)
def test_spellings_of_one_address_are_one_text(written: str, known_as: str) -> None:
    """Case, space around it and international domains do not make another address."""
    assert canonical(written) == known_as


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", addresses.MISSING),
        ("   ", addresses.MISSING),
        ("anna@example.se\r\nBcc: other@example.net", addresses.CONTROLS),
        ("anna@example.se\n", addresses.CONTROLS),
        ("an\0na@example.se", addresses.CONTROLS),
        ("anna\u2028@example.se", addresses.CONTROLS),
        ("tva@example.se;tre@example.se", addresses.SEVERAL),
        ("tva@example.se, tre@example.se", addresses.SEVERAL),
        ("räksmörgås@example.se", addresses.LETTERS),
        ("inte-en-adress", addresses.SHAPE),
        ("dubbel@@example.se", addresses.SHAPE),
        ("saknar.domän@", addresses.SHAPE),
        ("@example.se", addresses.SHAPE),
        ("a b@example.se", addresses.SHAPE),
        ("<script>@example.se", addresses.SHAPE),
        ("x" * 65 + "@example.se", addresses.SHAPE),
        ("anna@localhost", addresses.SHAPE),
        ("anna@[127.0.0.1]", addresses.SHAPE),
        ("Anna <anna@example.se>", addresses.SHAPE),
    ],
)
def test_refusals_say_what_to_do(written: str, reason: str) -> None:
    """An address that cannot be used is refused with its reason, never with itself."""
    with pytest.raises(AddressError) as refusal:
        canonical(written)

    assert str(refusal.value) == reason


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """What comes out fits on one line of ASCII and comes out the same a second time."""
    try:
        address = canonical(text)
    except AddressError:
        return

    assert address.isascii()
    assert address.isprintable()
    assert canonical(address) == address
