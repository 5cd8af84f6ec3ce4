"""Markdown to sanitised HTML. The text is untrusted: only what is allowed here gets out."""

import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from newsroom.errors import ContentError
from newsroom.model.saying import Saying, say
from newsroom.render.text.rendered import AddressesAside, Rendered, Resolve

if TYPE_CHECKING:
    from markdown import Markdown

_LONGEST = 200_000  # characters: a hundred printed pages
# Python-Markdown looks for each opening sign's partner to the end of the paragraph, so signs that
# are never closed take quadratic time: 8,000 square brackets took 14 seconds. This many looks,
# open signs times length, take about one second.
_MOST_LOOKS = 5_000_000
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
_IN_USE = Lock()  # the converter keeps notes of the text it is at
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


def render_html(body: str, resolve: Resolve) -> str:
    """The HTML of untrusted Markdown: headings from h2, addresses resolved, nothing that runs.

    Raises ContentError when `objection` has something against the text.
    """
    return render_markdown(body).html(resolve)


def render_markdown(body: str) -> Rendered:
    """The rendering of untrusted Markdown, its addresses still to be filled in.

    Raises ContentError when `objection` has something against the text.
    """
    from newsroom.render.text.nesting import may_be_wrong, well_nested
    from newsroom.render.text.outline import whole_outline
    from newsroom.render.text.safe_html import clean

    refuse_too_much(body)
    aside = AddressesAside(body)
    html = clean(_converted(body), aside.settle)
    if may_be_wrong(body, html):
        html = well_nested(html)
    return aside.rendered(whole_outline(html))


class Objection(NamedTuple):
    """Why a text cannot be rendered, and what to do about it."""

    message: Saying
    fix: Saying


def objection(body: str) -> Objection | None:
    """Why a text cannot be rendered in reasonable time; None when it can."""
    if len(body) > _LONGEST:
        message = say(
            "the text has {count} characters and may have {most}", count=len(body), most=_LONGEST
        )
        return Objection(message, say("divide the text, or attach it as a document"))
    if len(body) * sum(body.count(opening) for opening, _ in _PAIRS) <= _MOST_LOOKS:
        return None  # nearly every text, without taking it apart
    looks = 0
    for paragraph in _PARAGRAPH_BREAK.split(body):
        for opening, closing in _PAIRS:
            looks += _depth(paragraph, opening, closing) * len(paragraph)
            if looks > _MOST_LOOKS:
                message = say(
                    'the paragraph that begins "{words}" has too many "{opening}" '
                    'without "{closing}"',
                    words=paragraph.strip()[:20],
                    opening=opening,
                    closing=closing,
                )
                return Objection(message, say("close them, or take them away"))
    return None


def refuse_too_much(body: str) -> None:
    """Raises ContentError when `objection` has something against the text."""
    why = objection(body)
    if why is not None:
        raise ContentError(say("{message}; {fix}", message=why.message, fix=why.fix))


def _depth(text: str, opening: str, closing: str) -> int:
    """How many of a sign are open at once, at most."""
    if text.count(opening) == 0:
        return 0
    depth = deepest = 0
    for sign in re.findall(f"[{re.escape(opening + closing)}]", text):
        depth = depth + 1 if sign == opening else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _converted(body: str) -> str:
    with _IN_USE:
        return _converter().reset().convert(body)


@cache
def _converter() -> "Markdown":
    """The one converter; it is reset before each text, so that none depends on the one before.

    Markdown is taken in when the first text is rendered: most builds render one, or none.
    """
    from newsroom.render.text.markdown_sparing import make_sparing

    converter = patient_converter()
    make_sparing(converter)
    return converter


def patient_converter() -> "Markdown":
    """A converter that tries every pattern on every text."""
    from markdown import Markdown
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    from newsroom.render.text.markdown_parts import BareAddress, Columns, Headings

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
    # Below `inline` (20): by then links are elements.
    converter.treeprocessors.register(Headings(converter), "headings", 15)
    converter.treeprocessors.register(Columns(converter), "columns", 14)
    return converter
