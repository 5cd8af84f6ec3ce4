"""Writing whole files into the content folder."""

from pathlib import Path
from stat import S_IMODE

from newsroom import whole_file
from newsroom.errors import OutsideError, StateError
from newsroom.model.refusal import why
from newsroom.model.saying import say


def create(path: Path, content: str | bytes) -> None:
    """A new file, there with all its bytes or not at all; its folder is made when needed.

    Raises StateError when a file of that name is there already: nothing is ever written over.
    """
    try:
        is_new = whole_file.write_new(path, _bytes(content))
    except OSError as error:
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error
    if not is_new:
        raise StateError(say("{path}: the file is there already; edit it", path=path))


def replace(path: Path, content: str | bytes) -> None:
    """Other bytes for a file that is there; whoever reads it meanwhile gets the old or the new."""
    try:
        whole_file.write(path, _bytes(content), mode=S_IMODE(path.stat().st_mode))
    except OSError as error:
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
