import pytest

from newsroom.content.front.notes import quoted


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
