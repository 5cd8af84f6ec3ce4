"""Writing whole files into the content folder."""

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from newsroom.errors import OutsideError, StateError
from newsroom.model.refusal import why
from newsroom.model.saying import say


def create(path: Path, content: str | bytes) -> None:
    """A new file; its folder is made when needed.

    Raises StateError when a file of that name is there already: nothing is ever written over.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            _fill(file, content)
    except FileExistsError as error:
        raise StateError(say("{path}: the file is there already; edit it", path=path)) from error
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error


def replace(path: Path, content: str | bytes) -> None:
    """Other bytes for a file that is there; whoever reads it meanwhile gets the old or the new."""
    try:
        _swap(path, content, path.stat().st_mode)
    except OSError as error:
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error


def _swap(path: Path, content: str | bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            _fill(file, content)
        Path(name).chmod(mode)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _fill(file: BinaryIO, content: str | bytes) -> None:
    file.write(content.encode() if isinstance(content, str) else content)
    file.flush()
    os.fsync(file.fileno())
