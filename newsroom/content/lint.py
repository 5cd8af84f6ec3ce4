"""The accessibility lint: what readers with a screen reader, or in a hurry, would stumble on.

What it finds is told and fails a check, but never keeps a piece out of the site.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsroom.content.front_matter import FrontMatter
from newsroom.content.markup import Markup
from newsroom.content.notes import quoted, shortened
from newsroom.model import Contact, Event, Image, Member, Piece, Problem, Severity

CODES: Mapping[str, Severity] = {
    "missing-alt": Severity.ERROR,
    "broken-link": Severity.ERROR,
    "vague-link": Severity.WARNING,
    "empty-link": Severity.WARNING,
    "file-link": Severity.WARNING,
    "heading-order": Severity.WARNING,
    "top-heading": Severity.WARNING,
    "table-header": Severity.WARNING,
    "raw-html": Severity.WARNING,
    "list-start": Severity.WARNING,
    "capitals": Severity.WARNING,
    "unfinished": Severity.ERROR,
}
# The elements that the sanitiser keeps; a test compares them with its own list.
_KEPT = """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span
    strong sub summary sup table tbody td tfoot th thead time tr u ul var
"""
KEPT_ELEMENTS = frozenset(_KEPT.split())
_VAGUE = frozenset(
    (
        *("läs mer", "läs mer här", "läs vidare", "läs", "mer", "mer info", "mer information"),
        *(
            "här",
            "klicka här",
            "klicka",
            "se här",
            "länk",
            "länken",
            "denna länk",
            "den här länken",
        ),
        *("here", "click here", "click", "read more", "read more here", "more", "more info"),
        *("more information", "learn more", "link", "this link", "the link", "this", "this page"),
    )
)
_ELEMENT = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>])")
_HTML_PICTURE = re.compile(r"<img\b([^<>]{0,2000})>", re.IGNORECASE)
_TABLE_RULE = re.compile(
    r"^(?P<above>[^\n]*)\n(?P<rule> {0,3}\|?[ \t]*:?-+:?[ \t]*\|[ \t:|-]*)$", re.MULTILINE
)
_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|zip)$", re.IGNORECASE)
_FEW_LETTERS = 8

Finding = tuple[int, str, str, str]  # where in the text; code; message; fix


@dataclass(frozen=True, slots=True)
class Passage:
    """A Markdown text of a piece, and the line of the file that it begins on."""

    markup: Markup
    first_line: int

    def line(self, at: int) -> int:
        """The line of the file that a place in the text is on."""
        return self.first_line + self.markup.line(at)


def markdown_of(piece: Piece, front: FrontMatter) -> Iterator[tuple[str, int]]:
    """The Markdown texts of a piece, each with the line of the file that it begins on."""
    yield piece.body, piece.body_line
    if isinstance(piece, Event):
        for name, text in (("program", piece.program), ("documentation", piece.documentation)):
            if text:
                # A text of several lines begins below its key.
                yield text, (front.line(name) or 1) + ("\n" in text)


def passages(piece: Piece, front: FrontMatter) -> tuple[Passage, ...]:
    """The same texts, taken apart."""
    return tuple(Passage(Markup(text), line) for text, line in markdown_of(piece, front))


def lint(
    piece: Piece,
    front: FrontMatter,
    passages: Iterable[Passage],
    severities: Mapping[str, Severity],
) -> tuple[Problem, ...]:
    """What is wrong with a piece for its readers; in a draft nothing is worse than a warning."""

    def problem(line: int | None, code: str, message: str, fix: str) -> Problem:
        severity = severity_of(code, piece, severities)
        return Problem(piece.source, line, severity, code, message, fix)

    found = [
        problem(front.line(*path), code, message, fix)
        for path, code, message, fix in _field_findings(piece)
    ]
    checks = _CHECKS if piece.draft else (*_CHECKS, _advice)  # a draft may be unfinished
    found += [
        problem(passage.line(at), code, message, fix)
        for passage in passages
        for check in checks
        for at, code, message, fix in check(passage.markup)
    ]
    return tuple(found)


def severity_of(code: str, piece: Piece, severities: Mapping[str, Severity]) -> Severity:
    """How much a finding matters: as site.yaml says, and never more than a warning in a draft."""
    severity = severities.get(code, CODES[code])
    return Severity.WARNING if piece.draft and severity is Severity.ERROR else severity


def _field_findings(piece: Piece) -> Iterator[tuple[tuple[str, ...], str, str, str]]:
    """What is wrong with the fields, each with the way to the field."""
    for name, image in _images(piece):
        if image is not None and image.alt is None:
            message = f"the picture {image.file.name} has no description"
            fix = 'write alt: "what it shows", or alt: "" when it only decorates'
            yield (name,), "missing-alt", message, fix
    letters = [c for c in piece.title if c.isalpha()]
    if len(letters) > _FEW_LETTERS and piece.title.isupper():
        message = "the title is in capitals only, which screen readers may spell out"
        yield ("title",), "capitals", message, f"write {shortened(piece.title.capitalize())}"


def _images(piece: Piece) -> Iterator[tuple[str, Image | None]]:
    yield "image", piece.image
    if isinstance(piece, Contact):
        yield "photo", piece.photo
    if isinstance(piece, Member):
        yield "logo", piece.logo


def _pictures(markup: Markup) -> Iterator[Finding]:
    for picture in markup.pictures():
        if not picture.text:
            message = f"the picture {quoted(picture.address or '')} has no description"
            fix = "write what it shows: ![two people at a table](…)"
            yield picture.at, "missing-alt", message, fix
    for match in _HTML_PICTURE.finditer(markup.text):
        if "alt=" not in match[1].lower():
            yield match.start(), "missing-alt", "an <img> has no description", 'write alt="…" in it'


def _links(markup: Markup) -> Iterator[Finding]:
    for link in markup.links():
        words = link.text.strip("*_ .:!»>→›…").lower()
        if not words and link.address is not None:
            message = f"the link to {quoted(link.address)} shows nothing"
            yield link.at, "empty-link", message, "write where it leads between the brackets"
        elif words in _VAGUE:
            message = f"the link text {quoted(link.text)} does not say where it leads"
            yield link.at, "vague-link", message, "write what the reader finds there"
        elif (file := _FILE.search(link.address or "")) and file[1].lower() not in words:
            message = f"the link {quoted(link.text)} leads to a file without saying so"
            yield link.at, "file-link", message, f"write ({file[1].upper()}) in the link text"


def _headings(markup: Markup) -> Iterator[Finding]:
    above = 1
    for heading in markup.headings():
        if heading.level == 1:
            message = f"{quoted(heading.text)} is a top heading, and the title is that already"
            yield heading.at, "top-heading", message, f"write ## {shortened(heading.text)}"
        elif heading.level > above + 1:
            message = f"{quoted(heading.text)} skips from level {above} to {heading.level}"
            fix = f"write {'#' * (above + 1)} {shortened(heading.text)}"
            yield heading.at, "heading-order", message, fix
        above = heading.level


def _tables(markup: Markup) -> Iterator[Finding]:
    for match in _TABLE_RULE.finditer(markup.text):
        if not match["above"].strip(" \t|"):
            message = "a table has no headings above its columns"
            yield match.start("rule"), "table-header", message, "name each column above this line"


def _html(markup: Markup) -> Iterator[Finding]:
    for match in _ELEMENT.finditer(markup.text):
        name = match[1].lower()
        if name == "h1":
            message = "an <h1> is a top heading, and the title is that already"
            yield match.start(), "top-heading", message, "write ## and the heading"
        elif name not in KEPT_ELEMENTS:
            message = f"<{name}> is taken away when the page is made"
            yield match.start(), "raw-html", message, "write it in Markdown, or leave it out"


def _lists(markup: Markup) -> Iterator[Finding]:
    for at in markup.late_lists():
        message = "a list follows a line of text directly, so it runs on as text"
        yield at, "list-start", message, "leave a blank line before the list"


def _advice(markup: Markup) -> Iterator[Finding]:
    for at, advice in markup.advice():
        message = f"the text still says {quoted(advice)}"
        yield at, "unfinished", message, "write the text in its place, or take it away"


_CHECKS: tuple[Callable[[Markup], Iterator[Finding]], ...] = (
    _pictures,
    _links,
    _headings,
    _tables,
    _html,
    _lists,
)
