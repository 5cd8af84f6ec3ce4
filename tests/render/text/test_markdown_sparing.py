"""Looking for signs before patterns changes nothing of what comes out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.render.text.markdown import patient_converter
from newsroom.render.text.markdown_sparing import make_sparing

# What patterns begin with, end with and stumble on, and what they are nested in.
PIECES = (
    *"ab1 \n\t`\\[]()<>&*_-=#|:!/.^~+\"'{};",
    *("  \n", "\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\n# ", "\n---\n", "\n***\n", "\n===\n"),
    *("- - -", "_ _ _", "https://a.b", "www.a.b", "![a](b)", "[a](b)", "[a][b]", "\n[b]: c\n"),
    *("[^1]", "\n[^1]: d\n", "&amp;", "<b>", "</b>", "<a@b.c>", "<!-- ", " -->", "\n```\n", "**"),
    *(
        "\n| a | b |\n| --- | --- |\n| c | d |\n",
        "\n<div>\n",
        "\n</div>\n",
        "\x02",
        "\x03",
        "å",
        "“",
    ),
)


PATIENT, SPARING = patient_converter(), patient_converter()
make_sparing(SPARING)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_html_is_the_same(text: str) -> None:
    """Whatever is written, the HTML is that of the converter that tries every pattern."""
    assert SPARING.reset().convert(text) == PATIENT.reset().convert(text)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_html_is_the_same_inside_lists(text: str) -> None:
    """It is in items, quotations and tables too, whose texts are taken apart once more."""
    lines = text.replace("\n", "\n    ")
    inside = f"- {lines}\n\n    > {lines}\n\n| a | b |\n| --- | --- |\n| {text} | {text} |"

    assert SPARING.reset().convert(inside) == PATIENT.reset().convert(inside)
