"""One file of the folder, read: its piece, what is wrong in it, and what it links to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from newsroom.content.front_matter import NOTHING, FrontMatter
from newsroom.content.lint import lint, markdown_of, passages
from newsroom.content.notes import Notes
from newsroom.content.piece import Parsed, parse_piece
from newsroom.content.text_links import LinkedFile, linked_files
from newsroom.model import Kind, Piece, Problem, Severity, Site


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one text alone can tell: the same text and site give the same sheet."""

    source: PurePosixPath
    kind: Kind
    parsed: Parsed
    findings: tuple[Problem, ...] = ()
    linked: tuple[LinkedFile, ...] = ()


def read_sheet(text: str, source: PurePosixPath, kind: Kind, site: Site) -> Sheet:
    """The sheet of a text."""
    parsed = parse_piece(kind, text, source, site)
    if parsed.piece is None:
        return Sheet(source, kind, parsed)
    if objections := tuple(_objections(parsed.piece, parsed.front)):
        return Sheet(source, kind, Parsed(None, parsed.problems + objections, parsed.front))
    texts = passages(parsed.piece, parsed.front)
    findings = lint(parsed.piece, parsed.front, texts, dict(site.checks))
    return Sheet(source, kind, parsed, findings, tuple(linked_files(parsed.piece, texts)))


def _objections(piece: Piece, front: FrontMatter) -> Iterator[Problem]:
    """Texts that no page could be made of in reasonable time; their piece is kept out."""
    from newsroom.render.markdown import objection  # heavy, and only texts that changed need it

    for text, line in markdown_of(piece, front):
        if why := objection(text):
            message, _, fix = why.partition("; ")
            yield Problem(piece.source, line, Severity.ERROR, "too-much", message, fix)


def unreadable(source: PurePosixPath, kind: Kind, notes: Notes) -> Sheet:
    """The sheet of a file that holds no text, with the notes of why."""
    return Sheet(source, kind, Parsed(None, notes.problems, NOTHING))
