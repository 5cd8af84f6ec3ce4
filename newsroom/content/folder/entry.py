"""What is kept of one file: folded into bytes where it is read, unfolded where it is asked for."""

import marshal
import pickle
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from newsroom.content.folder.files import UNKNOWN, State
from newsroom.content.folder.seal import sealed
from newsroom.model import Card, Kind, Problem, Severity

_OCTETS = 16  # of a digest: enough that no two texts of the world share one

Way = tuple[str | int, ...]  # to a field: ("attachments", 0, "file")
Lines = Mapping[Way, int]  # the line of each field


class Unread(NamedTuple):
    """A file that holds a piece and is to be read."""

    source: str  # its path from the newsroom's root
    kind: Kind
    state: State  # in which it was found


class Entry(NamedTuple):
    """One file, read: each part in bytes, since most of them are kept and not looked at."""

    source: str
    state: State
    digest: bytes  # of the text, its place, and what in the site decides how it is read
    front: bytes  # what every reading asks for: see `folded`
    piece: bytes | None = None  # pickled; None when the file holds none that can be used
    lines: bytes | None = None  # of the fields, marshalled
    renderings: tuple[tuple[bytes, bytes], ...] = ()  # digest of a Markdown text, its rendering


def folded(card: Card | None, missing: str | None, problems: Iterable[Problem]) -> bytes:
    """The front of an entry: the card of its piece, or the slug that the broken file would have.

    Texts.add unfolds it. The problems, which most files have none of, are pickled inside.
    """
    said = [(p.line, p.severity.value, p.code, p.message, p.fix) for p in problems]
    plain = tuple(card) if card else None
    return sealed(marshal.dumps((plain, missing, pickle.dumps(said, 5) if said else None)))


def unfolded_problems(source: str, problems: bytes) -> list[Problem]:
    """The problems of a file."""
    path = PurePosixPath(source)
    said: list[tuple[Any, ...]] = pickle.loads(problems)  # noqa: S301 (whole, so ours)
    return [
        Problem(path, line, Severity(severity), code, message, fix)
        for line, severity, code, message, fix in said
    ]


def broken_entry(
    unread: Unread, slug: str, problems: Iterable[Problem], digest: bytes = b""
) -> Entry:
    """The entry of a file that holds no piece that can be used.

    Without a digest the fault may lie elsewhere than in the text, so the file is read again next
    time.
    """
    state = unread.state if digest else UNKNOWN
    return Entry(unread.source, state, digest, folded(None, slug, problems))


def digest_of(content: bytes) -> bytes:
    """A digest of some bytes."""
    return blake2b(content, digest_size=_OCTETS).digest()


def text_digest(content: bytes, source: str, stamp: bytes) -> bytes:
    """A digest of a text with its place and the stamp of the site, which decide what it means."""
    return digest_of(b"\0".join((stamp, source.encode(), content)))


def line_of(lines: Lines, field: Iterable[str | int]) -> int | None:
    """The line of a field, or of the nearest one around it that is written."""
    way = tuple(field)
    return next((lines[way[:n]] for n in range(len(way), 0, -1) if way[:n] in lines), None)
