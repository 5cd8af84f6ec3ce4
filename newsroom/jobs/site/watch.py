"""What is saved in a newsroom's folder, told as it happens, by a process that does nothing else.

The library watches in a thread of its own, and a process with threads can fork no crew.
"""

import json
import os
import re
import select
from collections.abc import Iterable, Iterator
from pathlib import Path

_FOLDERS = ("posts", "templates")  # what a site is made from
_STEP = 10  # milliseconds between two looks, one hundredth of a processor; a quiet one ends a burst
_LONGEST = 100  # milliseconds that a burst may go on before it is told
_QUIET = 50  # milliseconds in which a file that is gone or empty may come back
# What editors and desktops leave beside a text: copies, locks, and the number by which vim tries
# whether it may write.
_LEFTOVER = re.compile(r"\..*|.*~|~\$.*|#.*#|4913|.*\.(?:swp|tmp|part)|.*___jb_(?:tmp|old)___")


def tell_of_saves(root: Path, tell: int, listen: int) -> None:
    """Write a line for each burst of saves: their paths below `root`, as a JSON list.

    The first line, which is empty, says that everything from now on will be seen. Ends when
    `listen` does.
    """
    for saved in _bursts(root, listen):
        os.write(tell, json.dumps(sorted(saved)).encode() + b"\n")


def is_leftover(path: str) -> bool:
    """Whether a file, or a folder around it, is an editor's or the desktop's and nobody's text."""
    return any(map(_LEFTOVER.fullmatch, path.split("/")))


def _bursts(root: Path, listen: int) -> Iterator[set[str]]:
    from watchfiles import watch

    saved = set[str]()
    begun = False
    while not _has_ended(listen):
        folders = _folders(root)
        for changes in watch(
            *folders,
            watch_filter=None,
            step=_STEP,
            debounce=_LONGEST,
            rust_timeout=_QUIET,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            if not begun:
                yield set()
                begun = True
            come = _texts(root, (path for _, path in changes))
            saved |= come
            if saved and (not come or all(map(_is_whole, (root / path for path in saved)))):
                yield saved
                saved = set()
            if _folders(root) != folders or _has_ended(listen):
                break  # a folder came, went, or is another one: it has to be watched anew
        saved.update(_FOLDERS if _folders(root) != folders else ())


def _folders(root: Path) -> dict[Path, int]:
    """The folders there are, each with what tells it from another of the same name."""
    there = (root / name for name in _FOLDERS)
    return {folder: folder.stat().st_ino for folder in there if folder.is_dir()}


def _texts(root: Path, paths: Iterable[str]) -> set[str]:
    """The paths below the root that are worth a look."""
    below = (os.path.relpath(path, root).replace(os.sep, "/") for path in paths)
    return {path for path in below if not is_leftover(path)}


def _is_whole(path: Path) -> bool:
    """Whether nobody seems to be halfway through saving a file: some editors take it away first."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _has_ended(listen: int) -> bool:
    return bool(select.select([listen], [], [], 0)[0])
