"""Writing whole files into the content folder."""

import errno
import os
import tempfile
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from newsroom.errors import OutsideError, StateError
from newsroom.model.refusal import why
from newsroom.model.saying import say

# What file systems say that give a file one name only, such as FAT and some network drives.
_WITHOUT_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}


def create(path: Path, content: str | bytes) -> None:
    """A new file, there with all its bytes or not at all; its folder is made when needed.

    Raises StateError when a file of that name is there already: nothing is ever written over.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = _put_new(path, content)
    except OSError as error:
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error
    if not is_new:
        raise StateError(say("{path}: the file is there already; edit it", path=path))


def _put_new(path: Path, content: str | bytes) -> bool:
    """Whether a file was written; not when there is one of that name."""
    draft = path.with_name(f".{token_hex(8)}")  # hidden: whoever reads the folder passes it by
    try:
        with draft.open("xb") as file:
            _fill(file, content)
        _put(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def _put(draft: Path, path: Path) -> None:
    """Give a whole file its name, which nobody else may have."""
    try:
        path.hardlink_to(draft)
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        path.open("xb").close()  # the name is ours from here on
        draft.replace(path)


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
