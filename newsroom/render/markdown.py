"""Markdown to sanitised HTML. The text is untrusted: only what is allowed here gets out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import nh3
from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from newsroom.errors import ContentError
from newsroom.model import slugify

ANCHOR = "t-"  # stands before every id in a text, so that none can meet an id of the page around it

_LONGEST = 200_000  # characters: a hundred printed pages
# Python-Markdown looks for each opening sign's partner to the end of the paragraph, so signs that
# are never closed take quadratic time: 8,000 square brackets took 14 seconds. This many looks,
# open signs times length, take about one second.
_MOST_LOOKS = 5_000_000
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# No h1: the page has one of its own. No attribute that runs, loads or restyles anything.
_TAGS = """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strong sub summary sup table tbody td tfoot th thead time tr u ul var
"""
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "time": {"datetime"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
}
_CLASSES = {"div": {"footnote"}, "a": {"footnote-ref", "footnote-backref"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_DROPPED_WHOLE = {"script", "style", "iframe", "object", "svg", "math", "template", "noscript"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address in a text leads, and the size in pixels when it is a known picture."""

    url: str
    width: int | None = None
    height: int | None = None


Resolve = Callable[[str], Target]


def render_html(body: str, resolve: Resolve) -> str:
    """The HTML of untrusted Markdown: headings from h2, addresses resolved, nothing that runs.

    Raises ContentError when `objection` has something against the text.
    """
    _refuse(body)
    html = _converter(resolve).convert(body)
    return nh3.clean(
        html,
        tags=set(_TAGS.split()),
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_settle(resolve),
        set_tag_attribute_values={"img": {"loading": "lazy"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def parse_tree(body: str, resolve: Resolve) -> tuple[ET.Element, tuple[str, ...]]:
    """Python-Markdown's tree of a text, and the raw HTML it set aside, in order of its numbers.

    Raises ContentError when `objection` has something against the text.
    """
    _refuse(body)
    converter = _converter(resolve)
    lines = body.split("\n")
    for preprocessor in converter.preprocessors:
        lines = preprocessor.run(lines)
    root = ET.Element("div")
    converter.parser.parseChunk(root, "\n".join(lines))
    for treeprocessor in converter.treeprocessors:
        replaced = treeprocessor.run(root)
        root = root if replaced is None else replaced
    return root, tuple(str(raw) for raw in converter.htmlStash.rawHtmlBlocks)


def objection(body: str) -> str | None:
    """Why a text cannot be rendered in reasonable time, and what to do; None when it can."""
    if len(body) > _LONGEST:
        return (
            f"the text has {len(body)} characters and may have {_LONGEST}; "
            "divide it, or attach it as a document"
        )
    looks = 0
    for paragraph in _PARAGRAPH_BREAK.split(body):
        for opening, closing in _PAIRS:
            looks += _depth(paragraph, opening, closing) * len(paragraph)
            if looks > _MOST_LOOKS:
                return (
                    f'the paragraph that begins "{paragraph.strip()[:20]}" has too many '
                    f'"{opening}" without "{closing}"; close them, or take them away'
                )
    return None


def _refuse(body: str) -> None:
    why = objection(body)
    if why is not None:
        raise ContentError(why)


def _depth(text: str, opening: str, closing: str) -> int:
    """How many of a sign are open at once, at most."""
    if text.count(opening) == 0:
        return 0
    depth = deepest = 0
    for sign in re.findall(f"[{re.escape(opening + closing)}]", text):
        depth = depth + 1 if sign == opening else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _converter(resolve: Resolve) -> Markdown:
    """A converter of its own for each text: footnotes and ids then never depend on other texts."""
    converter = Markdown(
        extensions=[
            TableExtension(use_align_attribute=True),  # a style attribute would break strict CSP
            FencedCodeExtension(),
            FootnoteExtension(BACKLINK_TEXT="↩", BACKLINK_TITLE="{}"),
            SaneListExtension(),
        ],
        output_format="html",
    )
    # Below `html` (90), so that addresses inside tags are left alone.
    converter.inlinePatterns.register(_BareAddress(_BARE, converter), "bare-address", 85)
    # Below `inline` (20): by then links and pictures are elements.
    converter.treeprocessors.register(_Headings(converter), "headings", 15)
    converter.treeprocessors.register(_Pictures(resolve), "pictures", 14)
    return converter


def _settle(resolve: Resolve) -> Callable[[str, str, str], str | None]:
    """The filter that every attribute passes last: addresses are resolved, ids are fenced in."""

    def settled(_tag: str, attribute: str, value: str) -> str | None:
        if attribute in {"href", "src", "cite"}:
            inside = value.startswith("#") and len(value) > 1
            return resolve(f"#{ANCHOR}{value[1:]}" if inside else value).url
        return ANCHOR + value if attribute == "id" else value

    return settled


# Not after a letter or the end of a set-aside tag (\x03), where it is already part of a link.
_BARE = r"(?<![\w\x03/])((?:https?://|www\.(?=\w))[^\s<>\x02\x03\"”»]+)"


class _BareAddress(InlineProcessor):
    """A web address written as it is becomes a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's names)
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element, int, int]:
        address = _without_sentence_end(m[1])
        link = ET.Element("a", href=address if "://" in address else f"https://{address}")
        link.text = address
        return link, m.start(1), m.start(1) + len(address)


def _without_sentence_end(address: str) -> str:
    """The address without the signs that belong to the sentence around it."""
    while True:
        bare = address.rstrip(".,:;!?*'’…–")
        if bare.endswith(")") and bare.count(")") > bare.count("("):
            bare = bare[:-1]
        if bare == address:
            return address
        address = bare


class _Headings(Treeprocessor):
    """Headings begin at h2, since the page has its title in h1, and each can be linked to."""

    def run(self, root: ET.Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        shift = int(any(heading.tag == "h1" for heading in headings))
        taken: set[str] = set()
        for heading in headings:
            heading.tag = f"h{min(6, int(heading.tag[1]) + shift)}"
            heading.set("id", _unique(slugify("".join(heading.itertext())) or "h", taken))


def _unique(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate


class _Pictures(Treeprocessor):
    """Pictures say their size, so that the text does not jump when they arrive."""

    def __init__(self, resolve: Resolve) -> None:
        super().__init__()
        self._resolve = resolve

    def run(self, root: ET.Element) -> None:
        for picture in root.iter("img"):
            target = self._resolve(picture.get("src", ""))
            if target.width and target.height:
                picture.set("width", str(target.width))
                picture.set("height", str(target.height))
