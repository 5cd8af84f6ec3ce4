import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from newsroom.model.unicode_form import composed


def test_letters_have_one_form() -> None:
    """A ring or two dots after a letter are part of it."""
    apart = unicodedata.normalize("NFD", "på ön, i år")

    assert apart != "på ön, i år"
    assert composed(apart) == "på ön, i år"


@given(st.text())
def test_no_line_moves(text: str) -> None:
    """A text has as many lines as before, and composing it once more changes nothing."""
    once = composed(text)

    assert len(once.splitlines()) == len(text.splitlines())
    assert composed(once) == once
