"""The characters that every format can carry, and no others."""

from hypothesis import given
from hypothesis import strategies as st

from newsroom.render.text.characters import legal

C0, C1, SURROGATES = range(0x20), range(0x7F, 0xA0), range(0xD800, 0xE000)
FORBIDDEN = {*C0, *C1, *SURROGATES, 0xFFFE, 0xFFFF} - {ord("\t"), ord("\n"), ord("\r")}


def test_every_character() -> None:
    """Of all there are, exactly the forbidden ones are left out."""
    everything = "".join(map(chr, range(0x11000)))

    assert {*everything} - {*legal(everything)} == {*map(chr, FORBIDDEN)}


@given(st.text(st.characters(codec=None)))
def test_the_others_stay_in_their_places(text: str) -> None:
    """What is left stands in the order in which it stood."""
    assert legal(text) == "".join(char for char in text if ord(char) not in FORBIDDEN)
