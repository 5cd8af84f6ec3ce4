"""Mend what needs no judgement, so that nothing else in the file changes by a byte."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.content.folder import Reading
from newsroom.content.folder.save import replace
from newsroom.content.write import quoted_where_needed, set_fields
from newsroom.model import Problem
from newsroom.model.saying import Saying, say

_UNQUOTED, _NO_ID = "bad-yaml", "missing-id"


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was changed, and what was done to it."""

    path: PurePosixPath
    what: Saying


def mend(root: Path, read: Callable[[], Reading]) -> tuple[Mended, ...]:
    """Mend the folder, file by file; what cannot be mended for certain is left as it was.

    Quotation marks come first: with them a file can be read, and then its id is written too.
    """
    quoted = tuple(_quote(root, _named(read().problems, _UNQUOTED)))
    return (*quoted, *_write_ids(root, read()))


def _quote(root: Path, sources: Iterable[PurePosixPath]) -> Iterator[Mended]:
    """Put quotation marks around the texts with a colon that YAML takes for a field."""
    for source in sources:
        written = (root / source).read_bytes().decode()
        mended = quoted_where_needed(written)
        if mended != written:
            replace(root / source, mended)
            yield Mended(source, say("quotation marks written"))


def _write_ids(root: Path, reading: Reading) -> Iterator[Mended]:
    """Write the id that each piece without one has had so far, before a new name changes it."""
    missing = set(_named(reading.problems, _NO_ID))
    pieces = reading.newsroom.pieces() if reading.newsroom and missing else ()
    for source, id_ in sorted((p.source, p.id) for p in pieces if p.source in missing):
        written = (root / source).read_bytes().decode()
        replace(root / source, set_fields(written, {"id": id_}, source))
        yield Mended(source, say("id written"))


def _named(problems: Iterable[Problem], code: str) -> tuple[PurePosixPath, ...]:
    """The files that have a problem of this code, each once."""
    return tuple(dict.fromkeys(p.source for p in problems if p.code == code))
