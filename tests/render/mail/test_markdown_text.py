import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from newsroom.errors import ContentError
from newsroom.render.mail.markdown_text import render_text
from newsroom.render.text.markdown import render_html, render_markdown
from newsroom.render.text.plain import first_paragraph
from newsroom.render.text.plain_writer import WIDTH, PlainWriter, filled, underlined
from newsroom.render.text.rendered import Target
from tests.render.text.test_markdown import HEAVY

POSTS = sorted((Path(__file__).parents[3] / "posts" / "news").rglob("*.md"))


def as_written(address: str) -> Target:
    """Every address leads where it says."""
    return Target(address)


def sized(address: str) -> Target:
    """Every file is there."""
    return Target(f"https://e.test/{address}", size="1,2\xa0MB")


def through_html(body: str) -> str:
    """The text by the other way: the finished HTML, read again."""
    tree = fragment_fromstring(render_html(body, sized), create_parent="div")
    writer = PlainWriter()
    blocks = [text for element in tree for text in writer.write(element)]
    return "\n\n".join([*blocks, *writer.take_notes()])


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
        ("a[^n]\n\n[^n]: b\n\n    c", "a (1)\n\n1. b\n\n   c"),
        ("> - a\n>     - b", "> - a\n>   - b"),
        ("```html\n<p>&amp;</p>\n```", "    <p>&amp;</p>"),
        ("```\n  a  b\n\nc\n```", "      a  b\n\n    c"),
        ("```\n  " + "ord " * 18 + "\n```", "      " + "ord " * 15 + "ord\n      ord ord"),
        ("`<b>&amp;</b>`", "<b>&amp;</b>"),
        ("AT&T &lt;b&gt; &#169; &nbsp;5", "AT&T <b> © \xa05"),
        ("<b>a</b> <i>b</i><br>c", "a b\nc"),
        ("*a* <!-- b --> c", "a c"),
        ("|a|\n|-|\n|[b](https://e.test/b)|", "a: b [1]\n\n[1] https://e.test/b"),
        ("2026\\. Ett \\*", "2026. Ett *"),
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


def test_links_of_a_quoted_heading_wait() -> None:
    """A heading inside a quotation or a list ends no section, so no list of links stands in it."""
    body = "[a](//e.test/a)\n\n> ## B\n>\n> [c](//e.test/c)\n\n- ### D"

    assert render_text(body, as_written) == (
        "a [1]\n\n> B\n> =\n>\n> c [2]\n\n- D\n  -\n\n[1] //e.test/a\n[2] //e.test/c"
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("https://e.test/a", "https://e.test/a"),
        ("<a@example.se>", "a@example.se"),
        ("[a@example.se](mailto:a@example.se)", "a@example.se"),
        ("[Skriv](mailto:a@example.se)", "Skriv [1]\n\n[1] a@example.se"),
        ("[x](javascript:alert(1))", "x"),
        ("[![](a.jpg)](https://e.test/a)", "https://e.test/a"),
        ("[e.test/a](https://e.test/a)", "https://e.test/a"),
        ("www.e.test", "https://www.e.test"),
        ("[010-1](tel:010-1)", "010-1"),
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


WRITTEN = [
    "a **b** `<c>` &copy; &amp; \\* <x@example.se> <https://e.test/a?b&c>",
    "## A & B\n\n#### C\n\n# D",
    "- a\n\n    b\n\n    - c `d`\n\n        > e\n\n3. f",
    "1. a\n    ```\n    b\n    ```\n2. c",
    "> ## A\n>\n> [b](c.pdf) och [d][1]\n\n[1]: e.html 'T'",
    "a[^1] b[^två]\n\n[^1]: c *d*\n[^två]: e\n\n    f",
    "| a | b | c |\n| - | - | - |\n| `x|y` | [d](e.pdf) | ![f](g.png) |",
    "[![A](a.png)](b.html) ![](c.png) ![D](https://elsewhere.test/d.png)",
    "    kod <b>\n    mer\n\ntext",
    "<div>A <b>B</b></div>\n\nC <a href='d.pdf'>D</a> <br> E",
    "a <!-- b --> c <script>d</script> e &#229; &bogus;",
    "[a](javascript:b) [c](<d e.pdf>) [](f.html) [**g** `h`](i.docx)",
]


@pytest.mark.parametrize("body", WRITTEN)
def test_the_tree_and_the_html_say_the_same(body: str) -> None:
    """The text that is written from the tree says what one says that is read from the HTML."""
    assert render_text(body, sized) == through_html(body)


@given(st.lists(st.sampled_from([*WRITTEN, "- ", "> ", "    ", "\n", "*", "`", "[^1]"])))
@settings(deadline=None, max_examples=60)
def test_any_text_says_what_its_html_says(parts: list[str]) -> None:
    """Whatever stands together with what, the two ways to the text come to the same."""
    body = "".join(parts)

    assert render_text(body, sized).split() == through_html(body).split()
