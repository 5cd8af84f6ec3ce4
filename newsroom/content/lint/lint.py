"""The lint: what readers would stumble on, above all those with a screen reader or in a hurry.

What it finds is told and fails a check. A piece is kept out of the site only for what is in
`KEEPS_OUT`: what nobody may read, what some cannot read at all, and what nobody has written yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsroom.content.front.front_matter import Field, FrontMatter
from newsroom.content.links.link_checks import link_addresses, link_words
from newsroom.content.lint.codes import CODES
from newsroom.content.lint.field_checks import field_findings
from newsroom.content.lint.finding import Finding
from newsroom.content.lint.markup import Markup
from newsroom.content.lint.personal_numbers import personal_numbers
from newsroom.content.lint.picture_checks import pictures
from newsroom.content.lint.shape_checks import anchors, bold_headings, headings, html, lists, tables
from newsroom.content.lint.slip_checks import broken_tables, half_links
from newsroom.content.lint.weekdays import wrong_weekdays
from newsroom.content.lint.word_checks import foreign, garbled, unfinished, year_of
from newsroom.model import Event, Piece, Problem, Severity

KEEPS_OUT = frozenset(["missing-alt", "personal-number", "unfinished"])
Checks = Iterable[tuple[str, str]]  # severity by code

_TEXTS = ("program", "documentation")  # fields of an event that hold Markdown


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
        for name, text in zip(_TEXTS, (piece.program, piece.documentation), strict=True):
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
    site_checks: Checks,
) -> tuple[Problem, ...]:
    """What is wrong with a piece for its readers; in a draft nothing is worse than a warning."""
    checks = (*site_checks, *piece.checks)
    found = [(front.line(*way), finding) for way, finding in field_findings(piece)]
    for line, text in _written(front.fields.values()):
        found += [(line, finding) for finding in _plain_findings(text, piece)]
    for passage in passages:
        found += [(passage.line(f.at), f) for f in _text_findings(passage.markup, piece)]
    return tuple(
        Problem(
            source=piece.source,
            line=line,
            severity=severity_of(finding.code, checks, draft=piece.draft),
            code=finding.code,
            message=finding.message,
            fix=finding.fix,
        )
        for line, finding in found
    )


def keeps_out(findings: Iterable[Problem]) -> bool:
    """Whether any of the findings keeps its piece out of the site."""
    return any(found.code in KEEPS_OUT and found.severity is Severity.ERROR for found in findings)


def severity_of(code: str, checks: Checks, *, draft: bool) -> Severity:
    """How much a finding matters: as the last of `checks` to name it says, else as usual.

    In a draft it is never more than a warning.
    """
    severity = Severity(dict(checks).get(code, CODES[code]))
    return Severity.WARNING if draft and severity is Severity.ERROR else severity


def _written(fields: Iterable[Field]) -> Iterator[tuple[int, str]]:
    """Every text that stands in some fields, with its line."""
    for field in fields:
        if isinstance(field.value, str):
            yield field.line, field.value
        elif isinstance(field.value, tuple):
            yield from _written(field.value)
        elif field.value is not None:
            yield from _written(field.value.values())


def _plain_findings(text: str, piece: Piece) -> Iterator[Finding]:
    """What is wrong in a text that is shown as it is."""
    yield from personal_numbers(text)
    yield from garbled(text)
    yield from wrong_weekdays(text, year_of(piece))


def _text_findings(markup: Markup, piece: Piece) -> Iterator[Finding]:
    """What is wrong in a Markdown text; in a draft it may be unfinished."""
    yield from pictures(markup)
    yield from link_words(markup)
    yield from link_addresses(markup)
    yield from half_links(markup)
    yield from headings(piece.title, markup)
    yield from bold_headings(markup)
    yield from anchors(markup)
    yield from tables(markup)
    yield from broken_tables(markup)
    yield from html(markup)
    yield from lists(markup)
    yield from foreign(markup, piece.lang)
    yield from personal_numbers(markup.body)
    yield from garbled(markup.text)
    yield from wrong_weekdays(markup.text, year_of(piece))
    if not piece.draft:
        yield from unfinished(markup)
