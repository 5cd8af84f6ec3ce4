"""The files below a folder, and which of them somebody wrote."""

import os
from collections.abc import Iterator
from pathlib import Path

# A file that was written anew differs in one of: mtime, ctime, inode, size.
State = tuple[int, int, int, int]


def states(folder: Path) -> dict[str, State]:
    """Each file below a folder, with what tells that it was written."""
    found: dict[str, State] = {}
    for entry in _files(folder):
        stat = entry.stat(follow_symlinks=False)
        found[entry.path] = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_size)
    return found


def written(before: dict[str, State], after: dict[str, State]) -> int:
    """How many files are new or were written again."""
    return sum(before.get(path) != state for path, state in after.items())


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    waiting = [str(folder)] if folder.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry
