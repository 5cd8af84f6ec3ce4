"""The words of a letter as they are shown."""

import pytest
from lxml.html import document_fromstring

from newsroom.render.mail.runs import Run, colour, runs


def shown(html: str) -> list[Run]:
    """The runs of a body."""
    return list(runs(document_fromstring(f"<html><body>{html}</body></html>")))


def test_colours_and_sizes_are_handed_down() -> None:
    """Words have the colours of what is around them, until they have their own."""
    html = (
        '<div style="color: #111111; background-color: #EEE; font-size: 18px">a'
        '<b style="color: navy">b</b>c<table bgcolor="#ffff00"><tr><td>d</td></tr></table></div>'
    )

    assert shown(html) == [
        Run("a", "div", "#111111", "#eeeeee", 18),
        Run("b", "b", "#000080", "#eeeeee", 18),
        Run("c", "div", "#111111", "#eeeeee", 18),
        Run("d", "td", "#111111", "#ffff00", 18),
    ]


def test_what_is_not_seen_is_no_run() -> None:
    """Hidden words, comments, styles and filler are not shown; what a picture says may be."""
    html = (
        '<div style="display: none">a</div><!-- b --><style>c</style><p>&nbsp;&#8199;&#65279;</p>'
        '<img alt="En å" src="d"><img alt="" src="e">'
    )

    assert [(run.words, run.tag) for run in shown(html)] == [("En å", "img")]


@pytest.mark.parametrize(
    ("written", "pixels"),
    [("18px", 18), ("12pt", 16), ("1.5em", 30), ("2rem", 32), ("80%", 16), ("large", 20)],
)
def test_sizes(written: str, pixels: float) -> None:
    """Every unit that mails use is counted in pixels."""
    (run,) = shown(f'<div style="font-size: 20px"><p style="font-size: {written}">a</p></div>')

    assert run.size == pytest.approx(pixels)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#abc", "#aabbcc"),
        ("rgb(1, 2, 255)", "#0102ff"),
        ("White", "#ffffff"),
        ("inherit", None),
        ("url(a.png)", None),
        ("", None),
    ],
)
def test_colours(written: str, read: str | None) -> None:
    """A colour is read as CSS writes it."""
    assert colour(written) == read


def test_a_shorthand_has_a_colour() -> None:
    """`background` may name a colour among other things."""
    assert shown('<p style="background: #eee none">a</p>')[0].paper == "#eeeeee"
