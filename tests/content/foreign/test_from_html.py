"""HTML as the Markdown that editors write."""

import pytest

from newsroom.content.foreign.from_html import (
    frames_in,
    left_out_of,
    to_markdown,
    to_words,
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Rubrik</h2><p>En <b>fet</b> text</p>", "## Rubrik\n\nEn **fet** text"),
        ("<p>a * b_c</p>", "a \\* b\\_c"),
        ("<p>ett<br>två</p>", "ett  \ntvå"),
        ("<p>&lt;b&gt; &amp;amp;</p>", "&lt;b> &amp;amp;"),
        ('<a href="https://a.example/?a=1&amp;b=2">dit</a>', "[dit](https://a.example/?a=1&b=2)"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ("<ol start=3><li>a<p>b</p></li></ol>", "3. a\n\n    b"),
        ("<pre>a &lt;x\n  b</pre>", "```\na <x\n  b\n```"),
        ("<blockquote><p>ord</p></blockquote>", "> ord"),
        (
            "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 | 2 |",
        ),
        (
            '<figure><img src="a.png" alt="Å"><figcaption>Text</figcaption></figure>',
            "![Å](a.png)\n\n*Text*",
        ),
        (
            '<iframe src="//film.example/1" title="Filmen"></iframe>',
            "[Filmen](https://film.example/1)",
        ),
        (
            '<video><source src="https://film.example/1.mp4"></video>',
            "[film.example](https://film.example/1.mp4)",
        ),
        ("<script>alert(1)</script><style>p{}</style><form><input></form>", ""),
        ("<!-- wp:x --><p>a</p><!--more-->", "a"),
        ("<p>a</p>\n\n\n\n<p>\u00a0</p><p>b</p>", "a\n\nb"),
    ],
)
def test_what_html_becomes(html: str, text: str) -> None:
    """Each thing as an editor would have written it, nested four spaces deep; nothing runs."""
    assert to_markdown(html) == text


def test_films_and_frames_are_known() -> None:
    """Each once, by its address; one that leads nowhere is none."""
    html = (
        '<iframe src="//a.example/x"></iframe>' * 2
        + '<object data="x.swf"></object><video></video><iframe src="javascript:x()"></iframe>'
    )

    assert frames_in(html) == ("https://a.example/x", "x.swf")


def test_a_film_of_the_old_site_becomes_a_link_too() -> None:
    """It is led home afterwards, as any file; its name is what the link says."""
    html = '<video><source src="/wp-content/uploads/film.mp4"></video>'

    assert to_markdown(html) == "[film.mp4](/wp-content/uploads/film.mp4)"


def test_what_readers_saw_and_no_text_has_is_known() -> None:
    """Forms, scripts, drawings and frames without an address; not what only machines read."""
    html = (
        "<form>a</form><form>b</form><script src='x'></script><style>p{}</style><noscript>n"
        "</noscript><picture><source srcset='a.webp'><img src='a.png'></picture>"
        "<video><source src='/f.mp4'></video><iframe srcdoc='x'></iframe><svg></svg>"
    )

    assert left_out_of(html) == ("form", "script", "svg", "iframe")


def test_words_stand_on_one_line() -> None:
    """Whole words stay whole, and those of two paragraphs stay apart."""
    assert to_words("<p>Mark<sup>up</sup></p><p>A &amp; B</p>") == "Markup A & B"


def test_a_deep_and_a_broken_text_end() -> None:
    """No text is so strange that an import stops at it."""
    assert "x" in to_markdown("<div>" * 200 + "x")
    assert to_markdown("<p>a <b>b <i>c</b> d").startswith("a **b")
