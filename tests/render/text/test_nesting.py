"""An author's HTML on the page: valid wherever it stands, and nothing of it lost."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.render.text.html_tree import INLINE, VOID
from newsroom.render.text.markdown import render_html
from newsroom.render.text.nesting import well_nested
from newsroom.render.text.rendered import Target
from newsroom.render.text.safe_html import clean

HEADINGS = ["h2", "h3", "h4", "h5", "h6"]
FLOW = ["blockquote", "div", "dd", "dt", "figcaption", "figure", "li", "td", "th", "details"]
CHANGES = frozenset(["a", "del", "ins"])  # they hold what their parent may hold
LISTS, ROWS = ["ol", "ul"], ["tbody", "tfoot", "thead"]
BLOCKS = {"blockquote", "div", "dl", "details", "figure", "hr", "p", "pre", "table"}
BLOCKS |= {*HEADINGS, *LISTS}
ANYTHING, WORDS = frozenset({"#", *INLINE, *BLOCKS}), frozenset({"#", *INLINE})
HOLDS = {  # what may stand in what, of HTML Living Standard; text is "#"
    **dict.fromkeys([*FLOW, *CHANGES], ANYTHING),
    **dict.fromkeys([*HEADINGS, "p", "pre", "caption", *INLINE - CHANGES], WORDS),
    **dict.fromkeys(LISTS, frozenset({"li"})),
    **dict.fromkeys(ROWS, frozenset({"tr"})),
    "tr": frozenset({"td", "th"}),
    "colgroup": frozenset({"col"}),
    "table": frozenset({"caption", "colgroup", *ROWS}),
    "dl": frozenset({"dt", "dd", "div"}),
    "figure": ANYTHING | {"figcaption"},
    "details": ANYTHING | {"summary"},
    "summary": WORDS.union(HEADINGS),
}
NEVER_IN = {
    **dict.fromkeys(HEADINGS, ("dt", "th")),
    "a": ("a",),
    "dfn": ("dfn",),
    "details": ("a",),
}
ORDERED = {  # the children of some elements, each with a space after it
    "dl": r"((dt )+(dd )+)*|(div )*",
    "details": r"summary (?!.*summary ).*",
    "figure": r"(figcaption )?(?!.*figcaption ).*|(?!.*figcaption .).*figcaption ",
    "table": r"(caption )?(colgroup )*(thead )?(tbody )*(tfoot )?",
}
WHITE = re.compile(r"\s+")


class Node:
    """An element as a browser would have it."""

    def __init__(self, name: str, around: tuple[str, ...] = ()) -> None:
        self.name = name
        self.around = around
        self.children: list[Node] = []

    def everything(self) -> Iterator["Node"]:
        """The element and all below it."""
        yield self
        for child in self.children:
            yield from child.everything()


class Reader(HTMLParser):
    """Reads HTML in which every element has its end."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("div")]

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Open an element."""
        parent = self.open[-1]
        node = Node(tag, (*parent.around, parent.name))
        parent.children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        """Words are children too; white space is not."""
        if data.strip(" \t\r\n"):
            self.open[-1].children.append(Node("#"))


def faults(html: str) -> list[str]:
    """Where HTML breaks the content models of its elements."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    (root,) = reader.open
    return [fault for node in root.everything() for fault in faults_of(node)]


def faults_of(node: Node) -> Iterator[str]:
    """What is wrong with the children of one element."""
    inside = HOLDS.get(node.name, frozenset())
    if node.name == "div" and node.around[-1:] == ("dl",):
        inside = frozenset({"dt", "dd"})
    if node.name in CHANGES:
        inside = HOLDS[[name for name in node.around if name not in CHANGES][-1]]
    for child in node.children:
        if child.name not in inside:
            yield f"{child.name} in {node.name}"
        for outer in NEVER_IN.get(child.name, ()):
            if outer in child.around:
                yield f"{child.name} below {outer}"
    names = "".join(f"{child.name} " for child in node.children)
    if not re.fullmatch(ORDERED.get(node.name, ".*"), names):
        yield f"{names}in {node.name}"
    if node.name == "tr" and not node.children:
        yield "a row without cells"
    if node.name in HEADINGS and not {"#", "img"} & {each.name for each in node.everything()}:
        yield "a heading without words"


def sanitised(html: str) -> str:
    """HTML as it comes from the sanitiser."""
    return clean(html, lambda _tag, _attribute, value: value)


def words(html: str) -> Counter[str]:
    """The words of some HTML, each as often as it is there."""
    return Counter(re.findall(r"w\d+", re.sub("<[^<>]*>", " ", html)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<h2>Vår <p>plan</p></h2>", "<h2>Vår \nplan\n</h2>"),
        ("<h2>a<p lang='en'>b</p></h2>", '<h2>a\n<span lang="en">b</span>\n</h2>'),
        ("<h2><a id='x'></a></h2>b", '\n<a id="x"></a>\nb'),
        ("<ul><p>a</p>b</ul>", "<ul><li><p>a</p>b</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<li>a</li> <li>b</li>c", "<ul><li>a</li> <li>b</li></ul>c"),
        ("<p>a</p><figcaption>b</figcaption>", "<p>a</p><div>b</div>"),
        ("<span lang='en'><p>a</p></span>", '<div lang="en"><p>a</p></div>'),
        ("<details>a<summary>b</summary></details>", "<details><summary>b</summary>a</details>"),
        ("<details>a</details>", "<div>a</div>"),
        ("<dl><dd>a</dd></dl>", "<div><div>a</div></div>"),
        (
            "<table><tr><th><h3>a</h3></th></tr><caption>b</caption></table>",
            "<table><caption>b</caption><tbody><tr><th>\na\n</th></tr></tbody></table>",
        ),
    ],
)
def test_what_stands_in_a_wrong_place(written: str, shown: str) -> None:
    """It loses its element, gets the parent that it lacks, or becomes what may stand there."""
    before = sanitised(written)

    assert faults(before) != []
    assert well_nested(before) == shown


@pytest.mark.parametrize(
    "html",
    [
        "<a href='b'><p>a</p></a>",
        '<p id="a">b &amp; <em>c</em><br>d</p>\n<ul>\n<li>e</li>\n</ul>',
        '<figure><img src="a.jpg" alt="B" loading="lazy"><figcaption>C</figcaption></figure>',
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n</tbody>\n</table>",
        "<dl><div><dt>a</dt><dt>b</dt><dd>c</dd></div></dl>",
        "<details><summary><h3>a</h3></summary><p>b</p></details>",
        '<pre><code>a\n\n  b</code></pre><a href="c"><h2>d</h2></a>',
    ],
)
def test_what_is_right_is_left_alone(html: str) -> None:
    """HTML in which everything stands where it may is the same to the letter."""
    assert faults(html) == []
    assert well_nested(html) == html


NAMES = sorted({*HOLDS, *BLOCKS, "hr", "summary"} - {"#"})
OTHERS = ["button", "object", "font", "section", "center", "form"]
TEXTS = st.integers(0, 99).map(lambda number: f"w{number}")
HTML = st.recursive(
    TEXTS | st.sampled_from(["<br>", "<hr>", '<img src="a.jpg" alt="b">', " "]),
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        st.sampled_from([*NAMES, *OTHERS]),
        st.sampled_from(["", "", ' lang="en"', ' href="a"']),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=25,
)
UNBALANCED = st.lists(
    TEXTS | st.sampled_from([f"<{end}{name}>" for name in [*NAMES, *OTHERS] for end in ("", "/")]),
    max_size=25,
).map("".join)


@given(HTML | UNBALANCED)
@settings(deadline=None, max_examples=400)
def test_any_html_is_valid_on_the_page(html: str) -> None:
    """Whatever stands in what, closed or not, the page breaks no rule and has all the words."""
    before = sanitised(html)

    after = well_nested(before)

    assert faults(after) == []
    assert words(after) == words(before)
    assert WHITE.sub("", sanitised(after)) == WHITE.sub("", after)  # browsers read it as it stands
    assert well_nested(after) == after


@pytest.mark.parametrize("html", ["<div>" * 40_000, "<h2>" + "<b><div>x" * 9_000])
def test_deep_html_is_no_harm(html: str) -> None:
    """However deep it goes, it is mended."""
    assert faults_at_top(well_nested(sanitised(html))) == []


def faults_at_top(html: str) -> list[str]:
    """Blocks in the heading that some HTML begins with."""
    return re.findall(r"<div", html) if html.startswith("<h2") else []


def test_a_heading_without_words_is_not_shown() -> None:
    """Nobody hears of a heading that says nothing."""
    assert "<h2" not in render_html("##\n\ntext", Target)


def test_html_in_a_heading_is_none_of_its_anchor() -> None:
    """What a heading can be linked by are its words."""
    assert 'id="t-var-plan"' in render_html('## Vår <span lang="en">plan</span>', Target)
