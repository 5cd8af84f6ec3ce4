"""Writing whole files into the content folder.

Several people may share one, each with an account of their own. Where the group may write in a
folder, it may go on with what newsroom writes there, whoever ran it and with whatever umask.
"""

from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_IRGRP, S_IRWXG, S_IWGRP

from newsroom import whole_file
from newsroom.errors import OutsideError, StateError
from newsroom.model.refusal import why
from newsroom.model.saying import say


def create(path: Path, content: str | bytes) -> None:
    """A new file, there with all its bytes or not at all; its folder is made when needed.

    Raises StateError when a file of that name is there already: nothing is ever written over.
    """
    try:
        _make_folder(path.parent)
        is_new = whole_file.write_new(path, _bytes(content))
        if is_new and _is_shared(path.parent):
            path.chmod(_shared(path))
    except OSError as error:
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error
    if not is_new:
        raise StateError(say("{path}: the file is there already; edit it", path=path))


def replace(path: Path, content: str | bytes) -> None:
    """Other bytes for a file that is there; whoever reads it meanwhile gets the old or the new."""
    try:
        is_shared = _is_shared(path.parent)
        mode = _shared(path) if is_shared else S_IMODE(path.stat().st_mode)
        whole_file.write(path, _bytes(content), mode=mode)
    except OSError as error:
        raise OutsideError(
            say("{path}: cannot be written: {why}", path=path, why=why(error))
        ) from error


def _make_folder(folder: Path) -> None:
    """A folder in which the same people may write as in the one that it is made in."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    if _is_shared(folder.parent):
        with suppress(OSError):  # systemd's RestrictSUIDSGID; the service's own umask does it there
            folder.chmod(S_IMODE(folder.stat().st_mode) | S_IRWXG)


def _is_shared(folder: Path) -> bool:
    """Whether others than its owner are to write in a folder."""
    return bool(folder.stat().st_mode & S_IWGRP)


def _shared(path: Path) -> int:
    return S_IMODE(path.stat().st_mode) | S_IRGRP | S_IWGRP


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
