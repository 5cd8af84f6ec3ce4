"""A file that is whole for whoever reads it, wherever its writer is stopped.

Its bytes wait beside it, in a hidden file with a name of its own, until all of them are there. What
a killed process leaves of those files is never read.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say

# What file systems say that give a file one name only, such as FAT and some network drives.
_WITHOUT_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS}
# What those say that settle the names of a folder by themselves.
_SETTLES_ITSELF = {errno.EBADF, errno.EINVAL, errno.EOPNOTSUPP}


def write(place: Path, content: bytes, *, mode: int | None = None, lasting: bool = True) -> None:
    """Let a file have these bytes: whoever reads it finds the old ones or the new, and all of them.

    When it returns they outlive a power cut; without `lasting` they outlive the process only, and
    after a power cut the file may be cut short. `mode` are its rights, and nobody has more of them
    at any moment; without it they are those of any new file. Its folder is made when there is
    none. Raises OSError; the file is then the old one, or all of the new one.
    """
    with _filled(place, content, mode, lasting=lasting) as draft:
        draft.replace(place)
    if lasting:
        settle(place.parent)


def keep(place: Path, content: bytes) -> None:
    """Let a file have these bytes, as `write` has it without `lasting`, for who cannot go on else.

    Raises OutsideError, which names the file, when the disk refuses.
    """
    try:
        write(place, content, lasting=False)
    except OSError as fault:
        raise OutsideError(
            say("{state}: cannot be written: {why}", state=place, why=why(fault))
        ) from fault


def put(draft: Path, place: Path) -> None:
    """Let a draft on the same disk be the file; its folder is made when there is none.

    Raises OSError.
    """
    try:
        draft.replace(place)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.replace(place)


def write_new(place: Path, content: bytes, *, mode: int | None = None) -> bool:
    """Let a new file have these bytes, and last; false when there is one of that name already.

    Of several that are first at once one has its way, and the others are told. Otherwise it is as
    `write` has it.
    """
    with _filled(place, content, mode, lasting=True) as draft:
        try:
            _name(draft, place)
        except FileExistsError:
            return False
    settle(place.parent)
    return True


def settle(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, those of files that are gone too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _SETTLES_ITSELF:
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _filled(place: Path, content: bytes, mode: int | None, *, lasting: bool) -> Iterator[Path]:
    """All the bytes in a draft beside a file; nothing of it stays."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{os.urandom(8).hex()}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if mode is not None:
                os.fchmod(descriptor, mode)
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(descriptor)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, place: Path) -> None:
    """Give a whole file its name, which nobody else may have. Raises FileExistsError."""
    try:
        place.hardlink_to(draft)
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        place.open("xb").close()  # the name is ours from here on
        draft.replace(place)
