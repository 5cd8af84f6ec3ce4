"""A file or a folder moved, also to another disk, where a rename alone cannot."""

import errno
import os
import shutil
from pathlib import Path

from newsroom.whole_file import settle


def move(source: Path, target: Path) -> None:
    """Move a file or a folder to a place that is free, or that a file makes free.

    What then stands at the target is whole, wherever it is cut off. Cut off, the source may still
    be there, or a part of it.
    """
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = target.with_name(f".{target.name}.part")
        remove(part)
        _copy(source, part)
        os.sync()
        part.replace(target)
        settle(target.parent)
        remove(source)


def remove(path: Path) -> None:
    """Take away a file, a link or a whole folder, where there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _copy(source: Path, part: Path) -> None:
    """Copy what may be a secret: from its first byte nobody else may read it."""
    if source.is_symlink():
        part.symlink_to(source.readlink())
    elif source.is_dir():
        part.mkdir(mode=0o700)
        shutil.copytree(source, part, symlinks=True, dirs_exist_ok=True)
    else:
        part.touch(mode=0o600)
        shutil.copy2(source, part)
