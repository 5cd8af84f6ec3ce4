import pytest

from newsroom.errors import AddressError
from newsroom.readers import addresses
from newsroom.render.words import Words
from newsroom.web.reasons import sentence

FAULTS = ("", "a@example.se\x07", "a@example.se, b@example.se", "å@example.se", "nobody")


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("written", FAULTS)
def test_every_refusal_is_a_whole_sentence(written: str, lang: str) -> None:
    """Whatever is wrong with an address, the page says what to do in words of its language."""
    with pytest.raises(AddressError) as refused:
        addresses.canonical(written)

    said = sentence(refused.value, Words(lang))

    assert said[0].isupper()
    assert said.endswith((".", "@example.se"))
    assert ("Skriv" in said) is (lang == "sv")
