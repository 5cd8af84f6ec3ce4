"""The text of one file to the piece it holds, whatever its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from newsroom.content.front.fields import Fields
from newsroom.content.front.front_matter import FrontMatter, remains, split
from newsroom.content.front.notes import Notes
from newsroom.content.kinds.contact import read_contact
from newsroom.content.kinds.event import read_event
from newsroom.content.kinds.issue import read_issue
from newsroom.content.kinds.member import read_member
from newsroom.content.kinds.page import read_page
from newsroom.content.kinds.post import read_post
from newsroom.content.kinds.publication import read_publication
from newsroom.content.kinds.sheet import Sheet, date_in_name
from newsroom.model import Kind, Piece, Post, Problem, Publication, Site
from newsroom.model.saying import say

_READERS: Mapping[Kind, Callable[[Sheet], Piece]] = {
    Kind.NEWS: read_post,
    Kind.EVENT: read_event,
    Kind.CONTACT: read_contact,
    Kind.MEMBER: read_member,
    Kind.PUBLICATION: read_publication,
    Kind.ISSUE: read_issue,
    Kind.PAGE: read_page,
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds: its piece unless an error was found, and all that is wrong with it."""

    piece: Piece | None
    problems: tuple[Problem, ...]
    front: FrontMatter
    sketch: Piece  # the same, or one with stand-ins for what is wrong: to be checked, never shown


def parse_piece(kind: Kind, text: str, source: PurePosixPath, site: Site) -> Parsed:
    """The piece of that kind in `text`, with everything that is wrong in it."""
    notes = Notes(source)
    front = split(text, notes)
    if front is None:
        return _unreadable(kind, text, notes, site)
    fields = Fields(front.fields, notes, site.timezone)
    piece = _READERS[kind](Sheet(source, kind, front, fields, notes, site))
    fields.finish()
    if notes.broken:
        return Parsed(None, notes.problems, front, piece)
    _check_id(piece, fields, notes)
    _check_name(piece, front, notes)
    return Parsed(piece, notes.problems, front, piece)


def _unreadable(kind: Kind, text: str, notes: Notes, site: Site) -> Parsed:
    """What is left of a file whose fields cannot be read: that they are missing is no news."""
    front, unheard = remains(text), Notes(notes.source)
    fields = Fields({}, unheard, site.timezone)
    sketch = _READERS[kind](Sheet(notes.source, kind, front, fields, unheard, site))
    return Parsed(None, notes.problems, front, sketch)


def _check_id(piece: Piece, fields: Fields, notes: Notes) -> None:
    """Warn of an id that is not written, since the next date or name would change it."""
    if fields.text("id") is None:
        message = say("there is no id, so it is {id}", id=piece.id)
        fix = say("keep it with: {command}", command="newsroom check --fix")
        notes.warning(1, "missing-id", message, fix)


def _check_name(piece: Piece, front: FrontMatter, notes: Notes) -> None:
    """Warn when the date of a piece, or that in its file's name, is most likely a slip.

    They need not be the same: a piece is written one day and published on another.
    """
    named = date_in_name(piece.source)
    if named is None or not isinstance(piece, Post | Publication):
        return
    day = piece.published.date().isoformat()
    if _is_slip(named, day):
        message = say("the file's name says {named}, the piece {day}", named=named, day=day)
        name = piece.source.parent if piece.source.name == "index.md" else piece.source
        fix = say("mend the date, or name the file {name}", name=name.name.replace(named, day, 1))
        notes.warning(front.line("date"), "date-in-name", message, fix)


def _is_slip(named: str, day: str) -> bool:
    """Whether two dates differ in the year alone, or have changed month and day about."""
    year, month, day_of_month = named.split("-")
    return named != day and day in {
        f"{day[:4]}-{month}-{day_of_month}",
        f"{year}-{day_of_month}-{month}",
    }
