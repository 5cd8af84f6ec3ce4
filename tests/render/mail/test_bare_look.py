"""A letter without its pictures and without its styles."""

import pytest

from newsroom.render.mail.bare_look import bare_faults
from newsroom.render.mail.holes import LEAVE
from tests.render.mail.test_letter import write

WAY_OUT = f'<a href="{LEAVE}">Avsluta</a>'


def told(body: str) -> list[str]:
    """What would be lost of a letter."""
    return [str(fault.message) for fault in bare_faults(f"<html><body>{body}</body></html>")]


def test_the_packaged_letter_loses_nothing() -> None:
    """Titles, links and the way out of our own letter are words."""
    assert list(bare_faults(write().html)) == []


@pytest.mark.parametrize(
    ("html", "lost"),
    [
        ('<h2><img src="a.jpg" alt=""></h2>', "without pictures an h2 says nothing"),
        (
            '<a href="https://e.test/"><img src="a.jpg" alt=""></a>',
            "without pictures a link to https://e.test/ says nothing",
        ),
        (
            '<a href="https://e.test/">&nbsp;&#8199;</a>',
            "without pictures a link to https://e.test/ says nothing",
        ),
    ],
)
def test_what_only_a_picture_says(html: str, lost: str) -> None:
    """A title or a link that is nothing but a picture without a description is told."""
    assert told(html + WAY_OUT) == [lost]


@pytest.mark.parametrize(
    "html",
    [
        '<h2><img src="a.jpg" alt="Våren"></h2>',
        '<a href="https://e.test/"><img src="a.jpg" alt="Våren"></a>',
        "<a id='here'></a>",
    ],
)
def test_a_description_is_words_enough(html: str) -> None:
    """What a picture is said to show is read in its place."""
    assert told(html + WAY_OUT) == []


@pytest.mark.parametrize(
    "html",
    [
        "",
        f'<a href="{LEAVE}"><img src="a.png" alt=""></a>',
        f'<div style="display: none">{WAY_OUT}</div>',
        f"<!-- {WAY_OUT} -->",
    ],
)
def test_a_way_out_that_nobody_sees(html: str) -> None:
    """The link that ends the subscription has words, and is not hidden."""
    assert "nobody can see the link that ends the subscription" in told(html)
