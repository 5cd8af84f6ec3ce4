import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.errors import ContentError
from newsroom.render.markdown import Target, render_markdown
from newsroom.render.plain import WIDTH, filled, first_paragraph, render_text, underlined
from tests.render.test_markdown import HEAVY

POSTS = sorted((Path(__file__).parents[2] / "posts" / "news").rglob("*.md"))


def as_written(address: str) -> Target:
    """Every address leads where it says."""
    return Target(address)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("En *mild* **dag**, `kod` &copy; \\*", "En mild dag, kod © *"),
        ("## Över ån\n\nText", "Över ån\n=======\n\nText"),
        ("## A\n\n### Bö\n\nc", "A\n=\n\nBö\n--\n\nc"),
        ("- a\n- b", "- a\n- b"),
        ("- a\n\n- b", "- a\n\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("- a\n    1. b\n    2. c", "- a\n  1. b\n  2. c"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("a  \nb", "a\nb"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("```\nif a:\n    b\n```", "    if a:\n        b"),
        ("![En å](a.jpg)", "[En å]"),
        ("![](a.jpg) a", "a"),
        ("<figure><img src='a' alt='A'><figcaption>B</figcaption></figure>", "[A]\n\nB"),
        ("<script>alert(1)</script>\n\na", "a"),
        ("a[^1]\n\n[^1]: b", "a (1)\n\n1. b"),
        ("", ""),
    ],
)
def test_no_markup_is_left(body: str, text: str) -> None:
    """Each kind of block reads as people write it in a plain mail."""
    assert render_text(body, as_written) == text


def test_links_are_numbered_and_listed_below_their_section() -> None:
    """A link is its words and a number; the addresses stand below the section, each once."""
    body = "[a](//e.test/a) [b](//e.test/b)\n\n## C\n\n[a igen](//e.test/a) [d](tel:1)"

    assert render_text(body, as_written) == (
        "a [1] b [2]\n\n[1] //e.test/a\n[2] //e.test/b\n\nC\n=\n\na igen [1] d [3]\n\n[3] tel:1"
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("https://e.test/a", "https://e.test/a"),
        ("<a@example.se>", "a@example.se"),
        ("[a@example.se](mailto:a@example.se)", "a@example.se"),
        ("[Skriv](mailto:a@example.se)", "Skriv [1]\n\n[1] a@example.se"),
        ("[x](javascript:alert(1))", "x"),
        ("[![](a.jpg)](https://e.test/a)", "e.test/a"),
    ],
)
def test_links_that_need_no_note(body: str, text: str) -> None:
    """An address that is its own words is not said twice; one that leads nowhere not at all."""
    assert render_text(body, as_written) == text


def test_table() -> None:
    """A table is a block for each row, a line for each cell that says something."""
    body = "| Tid | Punkt | Plats |\n| - | - | - |\n| 12.00 | Lunch | Salen |\n| 13.00 | | |"

    assert render_text(body, as_written) == "Tid: 12.00\nPunkt: Lunch\nPlats: Salen\n\nTid: 13.00"


def test_table_of_two_columns() -> None:
    """The first cell names the second, so each row is a line, such as a time and what happens."""
    body = "| Tid | Onsdag 17 mars |\n| - | - |\n| 12.00–13.00 | Lunch |\n| 18.30 | |"

    assert render_text(body, as_written) == "Tid – Onsdag 17 mars\n12.00–13.00: Lunch\n18.30"


def test_table_without_head() -> None:
    """A table without head cells has no labels; its caption stands above it."""
    body = "<table><caption>A</caption><tr><td>b</td><td>c</td></tr></table>"

    assert render_text(body, as_written) == "A\n\nb\nc"


def test_lines_are_short_and_addresses_whole() -> None:
    """Lines are broken between words, never inside an address."""
    address = "https://example.se/" + "lång-" * 20
    text = render_text(f"{'ord ' * 40}{address} {'ord ' * 40}", as_written)

    lines = text.splitlines()
    assert address in lines
    assert all(len(line) <= WIDTH for line in lines if line != address)


def test_hard_spaces_stay() -> None:
    """A clock time with a hard space in it is not parted from its word."""
    assert filled("a" * 66 + " kl.\xa013.00") == "a" * 66 + "\nkl.\xa013.00"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("## A\n\nEn *mild*\ndag.\n\nMer.", "En mild dag."),
        ("![](a.jpg)\n\nText [b](https://e.test).", "Text b."),
        ("- a", None),
        ("", None),
    ],
)
def test_first_paragraph(body: str, words: str | None) -> None:
    """The first paragraph with words in it, as one line; lists and headings do not count."""
    assert first_paragraph(render_markdown(body)) == words


def test_heading_over_two_lines() -> None:
    """A long heading is filled into lines, and its line is as long as the longest."""
    first, second, line = underlined("ord " * 25, "=").splitlines()

    assert len(line) == max(len(first), len(second)) <= WIDTH


def test_a_file_tells_its_type_and_size() -> None:
    """In a letter a link says so too."""
    body = "Läs [rapporten](r.pdf) i dag."

    def sized(address: str) -> Target:
        return Target(f"https://e.test/{address}", size="1,2 MB")

    assert render_text(body, sized) == (
        "Läs rapporten (PDF, 1,2 MB) [1] i dag.\n\n[1] https://e.test/r.pdf"
    )


@pytest.mark.parametrize("body", HEAVY.values(), ids=HEAVY.keys())
def test_pathological_text_ends_soon(body: str) -> None:
    """Text made to hang the renderer is written or refused within five seconds of work."""
    begun = time.thread_time()
    with suppress(ContentError):
        render_text(body, as_written)

    assert time.thread_time() - begun < 5


@given(st.text(alphabet="ab åö#*_-[]()!|>`1.:\n\t<&", max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_is_written(body: str) -> None:
    """No text crashes the writer."""
    render_text(body, as_written)


@pytest.mark.parametrize("post", POSTS, ids=lambda path: path.stem)
def test_the_sample(post: Path) -> None:
    """The sample's posts come out without markup and in short lines."""
    text = render_text(post.read_text(encoding="utf-8").split("---\n", 2)[2], as_written)

    assert not any(sign in text for sign in ("](", "**", "| ", "## ", "<"))
    assert all(len(line) <= WIDTH or "://" in line for line in text.splitlines())
