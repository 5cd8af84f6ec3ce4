"""One file of the folder, read: its piece, what is wrong in it, and what it links to."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from newsroom.content.front_matter import NOTHING
from newsroom.content.lint import lint, passages
from newsroom.content.notes import Notes
from newsroom.content.piece import Parsed, parse_piece
from newsroom.content.text_links import LinkedFile, linked_files
from newsroom.model import Kind, Problem, Site


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
    texts = passages(parsed.piece, parsed.front)
    findings = lint(parsed.piece, parsed.front, texts, dict(site.checks))
    return Sheet(source, kind, parsed, findings, tuple(linked_files(parsed.piece, texts)))


def unreadable(source: PurePosixPath, kind: Kind, notes: Notes) -> Sheet:
    """The sheet of a file that holds no text, with the notes of why."""
    return Sheet(source, kind, Parsed(None, notes.problems, NOTHING))
