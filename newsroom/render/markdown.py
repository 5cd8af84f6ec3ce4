"""Markdown to sanitised HTML. The text is untrusted: only what is allowed here gets out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from newsroom.errors import ContentError
from newsroom.render.markdown_parts import BareAddress, Headings, Pictures
from newsroom.render.safe_html import clean

ANCHOR = "t-"  # stands before every id in a text, so that none can meet an id of the page around it

_LONGEST = 200_000  # characters: a hundred printed pages
# Python-Markdown looks for each opening sign's partner to the end of the paragraph, so signs that
# are never closed take quadratic time: 8,000 square brackets took 14 seconds. This many looks,
# open signs times length, take about one second.
_MOST_LOOKS = 5_000_000
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


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
    return clean(_converter(resolve).convert(body), _settle(resolve))


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

    def size(address: str) -> tuple[int | None, int | None]:
        target = resolve(address)
        return target.width, target.height

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
    converter.inlinePatterns.register(BareAddress(converter), "bare-address", 85)
    # Below `inline` (20): by then links and pictures are elements.
    converter.treeprocessors.register(Headings(converter), "headings", 15)
    converter.treeprocessors.register(Pictures(size), "pictures", 14)
    return converter


def _settle(resolve: Resolve) -> Callable[[str, str, str], str | None]:
    """The filter that every attribute passes last: addresses are resolved, ids are fenced in."""

    def settled(_tag: str, attribute: str, value: str) -> str | None:
        if attribute in {"href", "src", "cite"}:
            inside = value.startswith("#") and len(value) > 1
            return resolve(f"#{ANCHOR}{value[1:]}" if inside else value).url
        return ANCHOR + value if attribute == "id" else value

    return settled
