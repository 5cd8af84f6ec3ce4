"""Markdown to sanitised HTML. The text is untrusted: only what is allowed here gets out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from newsroom.errors import ContentError
from newsroom.model.saying import Saying, say
from newsroom.render.text.file_notes import SIZE, note_of

if TYPE_CHECKING:
    from markdown import Markdown

ANCHOR = "t-"  # stands before every id in a text, so that none can meet an id of the page around it

_LONGEST = 200_000  # characters: a hundred printed pages
# Python-Markdown looks for each opening sign's partner to the end of the paragraph, so signs that
# are never closed take quadratic time: 8,000 square brackets took 14 seconds. This many looks,
# open signs times length, take about one second.
_MOST_LOOKS = 5_000_000
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
_IN_USE = Lock()  # the converter keeps notes of the text it is at
_ID = re.compile(rf' id="{ANCHOR}([^"]*)"')
_TO_NOWHERE = re.compile(
    r'<a(?: [a-z]+="[^"]*")*? href=""(?: [a-z]+="[^"]*")*>(.*?)</a>', re.DOTALL
)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Target:
    """Where an address in a text leads, and what is known of it when it is a picture or a file."""

    url: str  # empty: nowhere, and a link is shown as its words alone
    width: int | None = None  # pixels
    height: int | None = None
    srcset: str | None = None  # the same picture in other widths, as HTML writes them
    sizes: str | None = None  # how wide it is shown
    size: str | None = None  # of a file, as readers are told it: 1,2 MB


Resolve = Callable[[str], Target]
NOWHERE = Target("")


class Hole(NamedTuple):
    """A place in a text's HTML where an address goes, or what is to be said of a file."""

    address: str  # as written; fragments point at the text's own ids
    picture: bool = False  # of which the size is to be told
    note: str | None = None  # words for the end of a link, when its file is there


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as sanitised HTML with holes for its addresses: what a text alone can tell.

    A page fills the holes with its site's paths, a feed with whole addresses, so that one rendering
    serves them all.
    """

    parts: tuple[str, ...]  # one more than there are holes
    holes: tuple[Hole, ...]

    def html(self, resolve: Resolve) -> str:
        """The HTML with every address resolved; a link that leads nowhere is its words alone."""
        targets = [resolve(hole.address) for hole in self.holes]
        filled = [self.parts[0]]
        for hole, target, after in zip(self.holes, targets, self.parts[1:], strict=True):
            filled += _filling(hole, target), after
        html = "".join(filled)
        return html if all(target.url for target in targets) else _TO_NOWHERE.sub(r"\1", html)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address in the text, once, in the order of the alphabet."""
        return tuple(sorted({hole.address for hole in self.holes}))

    @property
    def anchors(self) -> tuple[str, ...]:
        """What a link may name after its #: the ids of the text, as they are written in it."""
        return tuple(name for part in self.parts for name in _ID.findall(part))


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
    mark = blake2b(body.encode(), digest_size=12).hexdigest()  # no text can hold its own digest
    written: list[tuple[str, str]] = []

    def set_aside(tag: str, attribute: str, value: str) -> str | None:
        if attribute in {"href", "src", "cite"}:
            inside = value.startswith("#") and len(value) > 1
            written.append((tag, f"#{ANCHOR}{value[1:]}" if inside else value))
            return f"{mark}{len(written) - 1};"
        return ANCHOR + value if attribute == "id" else value

    html = clean(_converted(body), set_aside)
    if may_be_wrong(body, html):
        html = well_nested(html)
    first, *others = whole_outline(html).split(mark)
    parts: list[str] = [first]
    holes: list[Hole] = []
    for other in others:
        number, _, after = other.partition(";")
        tag, address = written[int(number)]
        holes.append(_hole(tag, address, parts[-1], after))
        note = note_of(address, after) if tag == "a" else None
        if note:
            parts.append(after[: note.at])
            holes.append(Hole(address, note=note.words))
        parts.append(after[note.at :] if note else after)
    return Rendered(tuple(parts), tuple(holes))


def _hole(tag: str, address: str, before: str, after: str) -> Hole:
    """The hole; a picture whose size was written beside it keeps that one."""
    sized = tag != "img" or "width=" in before[before.rfind("<") :] + after[: after.find(">")]
    return Hole(address, picture=not sized)


def _filling(hole: Hole, target: Target) -> str:
    """What stands between the quotation marks of the address: for a picture, attributes too.

    At the end of a link it is the note on its file, if there is a file.
    """
    if hole.note is not None:
        return escape(hole.note.replace(SIZE, target.size)) if target.size else ""
    said = escape(target.url)
    if not hole.picture or not (target.width and target.height):
        return said
    said += f'" width="{target.width}" height="{target.height}'
    if target.srcset and target.sizes:
        said += f'" srcset="{escape(target.srcset)}" sizes="{escape(target.sizes)}'
    return said


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
