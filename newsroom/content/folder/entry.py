"""The cache entry of one file: packed into bytes, and unpacked when asked for."""

import marshal
import pickle
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from newsroom.content.folder.files import UNKNOWN, State
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
    """One file, read; in bytes, since most of it is kept and not looked at."""

    source: str
    front: bytes  # a Front: what every reading asks for
    sheet: bytes  # a Sheet, or nothing when the file holds no piece that can be used


class Front(NamedTuple):
    """What is known of a file without opening it."""

    source: str
    state: State
    digest: bytes  # of the text, its place, and what in the site decides how it is read
    texts: tuple[bytes, ...]  # digests of its Markdown texts
    card: Card | None  # of a broken file one made with stand-ins, or none
    missing: str | None  # the slug that a broken file's name gives; None when it is not broken
    problems: bytes | None  # pickled; most files have none


class Sheet(NamedTuple):
    """What is opened when somebody asks for a piece, for the line of a field, or for a text."""

    digest: bytes
    piece: bytes  # pickled; nothing when the file is broken
    lines: dict[Way, int]
    renderings: dict[bytes, bytes]  # pickled, by the digest of the text


def entry_of(front: Front, sheet: Sheet | None = None) -> Entry:
    """The entry of a file."""
    plain = front._replace(card=front.card and tuple(front.card))  # type: ignore[arg-type]
    return Entry(
        front.source, marshal.dumps(tuple(plain)), marshal.dumps(tuple(sheet)) if sheet else b""
    )


def folded(problems: Iterable[Problem]) -> bytes | None:
    """The problems of a file, as they are kept."""
    said = [(p.line, p.severity.value, p.code, p.message, p.fix) for p in problems]
    return pickle.dumps(said, 5) if said else None


def unfolded(source: str, problems: bytes) -> list[Problem]:
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
    """The entry of a file that holds no piece that can be used, nor anything to be checked.

    Without a digest the fault may lie elsewhere than in the text, so the file is read again next
    time.
    """
    state = unread.state if digest else UNKNOWN
    return entry_of(Front(unread.source, state, digest, (), None, slug, folded(problems)))


def sketch_entry(
    unread: Unread, slug: str, problems: Iterable[Problem], card: Card, lines: dict[Way, int]
) -> Entry:
    """The entry of a file that holds no piece that can be used, and what it names and links to."""
    front = Front(unread.source, unread.state, card.digest, (), card, slug, folded(problems))
    return entry_of(front, Sheet(card.digest, b"", lines, {}))


def is_text(name: str) -> bool:
    """Whether an entry of the catalogue is that of a file that holds a piece."""
    return name.startswith("posts/")


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
