import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.render.text.markdown import render_html
from newsroom.render.text.outline import whole_outline
from newsroom.render.text.rendered import Target

LEVELS = st.lists(st.integers(1, 6), max_size=12)


def headings(levels: list[int]) -> str:
    """A text of nothing but headings."""
    return "".join(f'<h{level} id="a">Mål</h{level}>' for level in levels)


def levels_of(html: str) -> list[int]:
    """The levels of the headings in some HTML, from the top."""
    return [int(level) for level in re.findall(r"<h([1-6])", html)]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([2, 3, 2], [2, 3, 2]),
        ([2, 3, 4, 5, 6, 2], [2, 3, 4, 5, 6, 2]),
        ([3, 3], [2, 2]),
        ([2, 4, 4, 3], [2, 3, 3, 3]),
        ([2, 6, 2, 4], [2, 3, 2, 3]),
        ([1, 2, 3], [2, 3, 4]),
        ([3, 2, 3], [2, 2, 3]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_a_heading_stands_one_level_below_the_one_it_is_under(
    given: list[int], shown: list[int]
) -> None:
    """No level is skipped, and headings that were beside each other still are."""
    assert levels_of(whole_outline(headings(given))) == shown


@given(LEVELS)
def test_no_outline_skips_a_level(given: list[int]) -> None:
    """Whatever the levels, the first heading is below the title, and none is two below the last."""
    shown = levels_of(whole_outline(headings(given)))

    assert all(2 <= level <= before + 1 for before, level in zip([1, *shown], shown, strict=False))


@given(LEVELS)
def test_an_outline_is_made_whole_once(given: list[int]) -> None:
    """What is whole stays as it is, and nothing but the levels ever changes."""
    html = headings(given)

    whole = whole_outline(html)

    assert whole_outline(whole) == whole
    assert re.sub(r"(</?h)\d", r"\1", whole) == re.sub(r"(</?h)\d", r"\1", html)


def test_headings_written_as_html_are_in_the_outline() -> None:
    """HTML and Markdown make one outline, and what looks like a heading in code is none of it."""
    body = "<h1>A</h1>\n\n`<h5>`\n\n#### B\n\n<h6>C</h6>\n\n> ### D"

    html = render_html(body, Target)

    assert levels_of(html) == [2, 3, 4, 3]
    assert "<code>&lt;h5&gt;</code>" in html
    assert '<h3 id="t-b">B</h3>' in html
