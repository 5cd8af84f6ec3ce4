import time
from contextlib import suppress

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.errors import ContentError
from newsroom.render.text.markdown import objection, render_html, render_markdown
from newsroom.render.text.rendered import Target


def as_written(address: str) -> Target:
    """Every address leads where it says."""
    return Target(address)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("En *mild* dag.", "<p>En <em>mild</em> dag.</p>"),
        ("– Ja, säger hon.", "<p>– Ja, säger hon.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```\n1 < 2\n```", "<pre><code>1 &lt; 2\n</code></pre>"),
        (
            '<figure><img src="a.jpg" alt="A"><figcaption>B</figcaption></figure>',
            '<figure><img src="a.jpg" alt="A" loading="lazy"><figcaption>B</figcaption></figure>',
        ),
        ('<span lang="en">Hello</span>', '<p><span lang="en">Hello</span></p>'),
    ],
)
def test_ordinary_text(body: str, html: str) -> None:
    """Text, lists, code and harmless HTML come out as editors expect."""
    assert render_html(body, as_written).strip() == html


def test_table() -> None:
    """A table has head cells, and aligns its columns without a style attribute."""
    html = render_html("| Tid | Antal |\n| --- | --: |\n| 13.00 | 2 |", as_written)

    assert '<th class="right">Antal</th>' in html
    assert "style" not in html
    assert "align" not in html


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("# A\n\n## B", ["h2", "h3"]),
        ("## A\n\n### B", ["h2", "h3"]),
        ("# A\n\n###### B", ["h2", "h3"]),
        ("<h1>A</h1>", ["h2"]),
    ],
)
def test_headings_begin_at_h2(body: str, tags: list[str]) -> None:
    """The page has the only h1, so a text that begins with one is moved down a level."""
    root = lxml.html.fragment_fromstring(render_html(body, as_written), create_parent="div")

    found = [element.tag for element in root.iter() if str(element.tag).startswith("h")]

    assert found == tags


def test_heading_ids() -> None:
    """Each heading has an id of its own, kept apart from the ids of the page."""
    html = render_html("## Över ån\n\n## Över ån\n\n## …", as_written)

    assert 'id="t-over-an"' in html
    assert 'id="t-over-an-2"' in html
    assert 'id="t-h"' in html


def test_footnotes_point_at_each_other() -> None:
    """A footnote and its mark are linked both ways, by ids that cannot meet the page's."""
    html = render_html("Text[^1]\n\n[^1]: Not.", as_written)

    assert '<sup id="t-fnref:1"><a class="footnote-ref" href="#t-fn:1">1</a></sup>' in html
    assert '<li id="t-fn:1">' in html
    assert 'href="#t-fnref:1"' in html


@pytest.mark.parametrize(
    ("body", "address", "text"),
    [
        ("Se https://example.se/a_b_c.", "https://example.se/a_b_c", "https://example.se/a_b_c"),
        ("(https://e.test/x_(y))", "https://e.test/x_(y)", "https://e.test/x_(y)"),
        ("Se www.example.se/a, sedan", "https://www.example.se/a", "www.example.se/a"),
        ("https://e.test/?a=1&b=2", "https://e.test/?a=1&b=2", "https://e.test/?a=1&b=2"),
        ("<https://e.test>", "https://e.test", "https://e.test"),
        ('<a href="https://e.test">https://e.test</a>', "https://e.test", "https://e.test"),
        ("[https://e.test](https://f.test)", "https://f.test", "https://e.test"),
    ],
)
def test_bare_addresses_become_links(body: str, address: str, text: str) -> None:
    """An address written as it is becomes one link, without the sentence's own signs."""
    root = lxml.html.fragment_fromstring(render_html(body, as_written), create_parent="div")

    links = [(link.get("href"), link.text_content()) for link in root.iter("a")]

    assert links == [(address, text)]


def test_code_is_left_alone() -> None:
    """An address in code is text."""
    assert "<a" not in render_html("`https://e.test`\n\n```\nhttps://e.test\n```", as_written)


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.test/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)' alt='' />",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<iframe src='https://e.test'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action='https://e.test'><input name=a><button>b</button></form>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<base href='https://e.test/'>",
    "<meta http-equiv=refresh content='0;url=https://e.test'>",
    "<link rel=stylesheet href='https://e.test/x.css'>",
    "<style>@import 'https://e.test/x.css'</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java&#x09;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='#' onclick='alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=x onerror=alert(1)></video><audio autoplay src=x>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:alert(1))",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '[x](https://e.test "\\" onmouseover=alert(1) \\"")',
    '![x](a.jpg "a\\" onerror=alert(1) b=\\"")',
    "# x {: onclick=alert(1) }",
    "[x](https://e.test){: onclick=alert(1) }",
    'https://e.test/"onmouseover=alert(1)//',
    "<https://e.test/'onmouseover=alert(1)>",
    "```{onclick=alert(1)}\nx\n```",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "<div id=main class=x data-x=y>x</div>",
    "<a name=x target=_top href=//e.test>x</a>",
]  # fmt: skip
SAFE_ATTRIBUTES = """
    id lang dir title href hreflang cite datetime src alt width height loading start reversed
    align colspan rowspan scope abbr span class
"""


def faults(html: str) -> list[str]:
    """What a browser could run or load without being asked, in some HTML."""
    found = []
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iter():
        if element.tag in {"script", "style", "iframe", "form", "svg", "math", "object", "embed"}:
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            scheme = value.split(":")[0].strip().lower() if ":" in value else ""
            if name not in SAFE_ATTRIBUTES.split():
                found.append(f"{name}={value}")
            if name in {"href", "src", "cite"} and scheme in {"javascript", "data", "vbscript"}:
                found.append(f"{name}={value}")
    return found


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_text_is_harmless(body: str) -> None:
    """Nothing that runs, loads or restyles survives, whichever way it was written."""
    assert faults(render_html(body, as_written)) == []


@given(st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=4), st.sampled_from("\n x>-#`"))
@settings(deadline=None, max_examples=60)
def test_hostile_texts_together_are_harmless(bodies: list[str], joint: str) -> None:
    """Pieces of hostile text that begin or end in each other are no more use."""
    assert faults(render_html(joint.join(bodies), as_written)) == []


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_text_renders(body: str) -> None:
    """No text crashes the renderer."""
    assert faults(render_html(body, as_written)) == []


HEAVY = {
    "brackets": "[" * 20_000,
    "brackets in pairs": "[" * 10_000 + "]" * 10_000,
    "pictures": "![" * 10_000,
    "links": "[a](" * 5_000,
    "tags": "<a " * 6_600,
    "comments": "<!-- " * 4_000,
    "deep quotation": ">" * 20_000,
    "stairs of quotations": "\n".join(">" * step + " a" for step in range(200)),
    "stairs of lists": "\n".join("    " * step + "- a" for step in range(100)),
    "wide table": "|".join("a" * 3_300) + "\n" + "|".join("-" * 3_300),
    "elements": "<div>" * 4_000,
    "emphasis": "*a **b _c __d " * 1_400,
    "footnotes": "".join(f"[^{number}]: x\n" for number in range(1_500)),
    "just enough": ("[" * 49 + "a " * 1_000 + "\n\n") * 40,
    "brackets after an address": "https://e.test/" + ")" * 150_000,
    "the same heading": "# a\n\n" * 30_000,
    "enormous": "ord " * 60_000,
}


@pytest.mark.parametrize("body", HEAVY.values(), ids=HEAVY.keys())
def test_pathological_text_ends_soon(body: str) -> None:
    """Text made to hang the renderer is rendered or refused within five seconds of work."""
    begun = time.thread_time()
    with suppress(ContentError):
        render_html(body, as_written)

    assert time.thread_time() - begun < 5


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Bra början.\n\n" + "[" * 20_000, 'begins "[[[[[[[[[[[[[[[[[[[["'),
        ("ord " * 60_000, "240000 characters"),
    ],
)
def test_refusal_names_the_place(body: str, words: str) -> None:
    """A refusal says what is too much, and where."""
    with pytest.raises(ContentError) as refused:
        render_html(body, as_written)

    assert words in str(refused.value)


def test_ordinary_brackets_are_no_objection() -> None:
    """A long text with many links and a table full of comparisons is fine."""
    body = "[a](https://e.test) " * 2_000 + "\n\n| p |\n| --- |\n" + "| p < 0,05 |\n" * 100

    assert objection(body) is None


def test_same_text_same_html() -> None:
    """What was rendered before makes no difference."""
    body = "## A\n\nText[^1]\n\n[^1]: Not."
    first = render_html(body, as_written)
    render_html("## A\n\n[^1]\n\n[^1]: Annat.", as_written)

    assert render_html(body, as_written) == first


@given(st.lists(st.text(), max_size=3))
def test_texts_do_not_see_each_other(before: list[str]) -> None:
    """What was rendered before leaves no trace in the next text's footnotes and ids."""
    text = "## A\n\n[b](c)[^1]\n\n[^1]: Not.\n\n[c]: https://e.test"
    alone = render_markdown(text)

    for other in before:
        with suppress(ContentError):
            render_markdown(f"{other}\n\n[^1]: x\n\n[c]: /y\n\n## A")

    assert render_markdown(text) == alone


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ('<img src="" alt="A > B">', ""),
        ('<img alt="src=">', ""),
        ('<img src="a.jpg">', '<img alt="" src="a.jpg" loading="lazy">'),
        ('<ol start="x"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ('<img src="a.jpg" alt="" width="50%">', '<img src="a.jpg" alt="" loading="lazy">'),
        ('<table><tr><td align="left" colspan="2">a</td></tr></table>', '<td colspan="2">a</td>'),
    ],
)
def test_html_that_nobody_may_write_is_mended(body: str, html: str) -> None:
    """Attributes without a use or of an old time go; a picture without a source is none."""
    made = render_html(body, as_written)

    assert html in made
    assert html or "<img" not in made


@pytest.mark.parametrize(
    "address",
    [
        "https://e.test/a.png",
        "HTTP://e.test/a.png",
        "//e.test/a.png",
        "/\\e.test/a.png",
        "\\\\e.test/a.png",
        "http:e.test/a.png",
        "&#9;//e.test/a.png",
        "/&#10;/e.test/a.png",
    ],
)
def test_no_picture_is_fetched_from_another_host(address: str) -> None:
    """A picture of another host, which would see every reader, is told in its own words."""
    body = f'<p>Så: <img src="{address}" alt="Torget &lt; allt" width="9"></p>'

    assert render_html(body, as_written) == "<p>Så: Torget &lt; allt</p>"


def test_a_picture_of_another_host_leaves_its_link() -> None:
    """A link around such a picture leads where it led, and shows the words."""
    body = "[![Torget](https://e.test/a.png)](https://e.test/) ![](https://e.test/b.png)"

    html = render_html(body, as_written)

    assert html == '<p><a href="https://e.test/">Torget</a> </p>'
