"""A digest of site.yaml, schedule.yaml and templates, by which the bot notices a change."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say

_NOT_THERE = (FileNotFoundError, NotADirectoryError)


def rules_digest(files: Iterable[Path], folder: Path) -> str:
    """A digest of some files and of all below a folder, but for hidden ones.

    What is not there, or goes meanwhile, is empty: editors save by temporary files. Raises
    OutsideError when something is there and cannot be read.
    """
    digest = sha256()
    try:
        for path in (*files, *sorted(_below(folder))):
            digest.update(str(path).encode() + _bytes_of(path))
    except OSError as error:
        fault = say("{path}: cannot be read: {why}", path=error.filename, why=why(error))
        raise OutsideError(fault) from error
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    for where, _, names in os.walk(folder, onerror=_raise_unless_gone):
        yield from (Path(where, name) for name in names if not name.startswith("."))


def _raise_unless_gone(error: OSError) -> None:
    if not isinstance(error, _NOT_THERE):
        raise error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except _NOT_THERE:
        return b""
