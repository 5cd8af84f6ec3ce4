import pytest

from newsroom.content.front.notes import nearest, quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("kort", '"kort"'),
        ("två\nrader", '"två rader"'),
        ("x" * 60, f'"{"x" * 60}"'),
        ("x" * 61, f'"{"x" * 59}…"'),
        ("ord " * 40, f'"{"ord " * 14}ord…"'),
    ],
)
def test_a_message_quotes_enough_to_find_the_place(text: str, shown: str) -> None:
    """At most sixty characters of one line."""
    assert quoted(text) == shown


@pytest.mark.parametrize(
    ("word", "meant"),
    [("ekerum", "ekerums-kommun"), ("eke", None), ("anna", "anna-ek"), ("bo", "bo-ek"), ("", None)],
)
def test_a_word_that_another_begins_with(word: str, meant: str | None) -> None:
    """A part of a name is enough, unless it is so short that it begins many names by chance."""
    assert nearest(word, ["ekerums-kommun", "anna-ek", "bo-ek"]) == meant
