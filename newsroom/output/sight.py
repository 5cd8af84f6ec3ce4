"""How folders look from outside: while two sights of them are equal, so is every byte in them."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

# Two writes within one tick of a file system's clock leave the same times: 4 ms on ext4, 2 s on
# FAT.
_TICK = 2_000_000_000  # nanoseconds
_MADE_BY_PYTHON = "__pycache__"


def sight(folders: Iterable[Path], clock: Callable[[], int] = time.time_ns) -> bytes | None:
    """A digest of the state of everything in these folders, hidden files and empty folders too.

    None when something in them was changed so lately that another change might leave the same
    state. `clock` gives the nanoseconds of the time that files are stamped with. Raises OSError
    when something cannot be looked at.
    """
    moment = clock()
    newest = 0
    digest = blake2b(digest_size=16)
    for folder in folders:
        digest.update(f"{folder}\n".encode(errors="surrogateescape"))
        for path, facts in _below(str(folder)):  # ten thousand pass here each time
            written, changed = facts.st_mtime_ns, facts.st_ctime_ns
            newest = max(newest, written, changed)
            state = f"{path}\0{facts.st_mode} {facts.st_size} {written} {changed} {facts.st_ino}\n"
            digest.update(state.encode(errors="surrogateescape"))
    return digest.digest() if newest < moment - _TICK else None


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below a folder, in a total order; of a link the file that it leads to."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:  # nothing there looks like nothing there
        return
    for entry in inside:
        if entry.name == _MADE_BY_PYTHON:
            continue
        facts = entry.stat(follow_symlinks=False)
        if S_ISLNK(facts.st_mode):
            facts = _behind(entry) or facts
        elif S_ISDIR(facts.st_mode):
            yield from _below(entry.path)
        yield entry.path, facts


def _behind(link: "os.DirEntry[str]") -> os.stat_result | None:
    """The file that a link leads to; None when it leads nowhere, or round in circles."""
    try:
        return link.stat()
    except OSError:
        return None
