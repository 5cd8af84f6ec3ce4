"""The few words that a channel has room for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.outside.channels.item import cut, hashtag


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("Kort", 10, "Kort"),
        ("Ett två tre", 11, "Ett två tre"),
        ("Ett två tre", 10, "Ett två…"),
        ("Ett, två", 5, "Ett…"),
        ("Ettlångtord", 5, "Ettl…"),
    ],
)
def test_what_is_too_long_ends_after_a_word(text: str, most: int, left: str) -> None:
    """A text that is cut says so, and breaks no word that it need not."""
    assert cut(text, most) == left


@given(st.text(), st.integers(1, 60))
def test_nothing_is_longer_than_it_may_be(text: str, most: int) -> None:
    """Whatever the text, what is left of it has room."""
    assert len(cut(text, most)) <= most


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Jämlik hälsa", "#JämlikHälsa"),
        ("EU-val 2026", "#EUVal2026"),
        ("2026", None),
        ("–", None),
        ("", None),
    ],
)
def test_topics_as_hashtags(words: str, tag: str | None) -> None:
    """Each word has a capital, so that a screen reader hears words; a number alone is none."""
    assert hashtag(words) == tag
