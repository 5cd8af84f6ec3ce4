"""The first words of a text."""

import pytest

from newsroom.render.text.opening import opening


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Vi <em>ses</em> &amp; hörs.</p><p>Sedan</p>", "Vi ses & hörs."),
        ("<h2>Rubrik</h2>\n<p><img src='a'></p>\n<p>Texten\nbörjar.</p>", "Texten börjar."),
        ("<ul><li>Bara en lista</li></ul>", ""),
        ("", ""),
    ],
)
def test_the_first_paragraph_with_words_in_it(html: str, words: str) -> None:
    """Headings and pictures are passed over; marks are taken away."""
    assert opening(html) == words


def test_a_long_paragraph_is_cut_between_words() -> None:
    """What is shown ends with a whole word and an ellipsis."""
    words = opening(f"<p>{'ordet, ' * 50}</p>")

    assert len(words) <= 160
    assert words.endswith("ordet…")
