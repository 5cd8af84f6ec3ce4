"""One search index as files: put in place of the old one, looked at, taken away."""

from collections.abc import Collection
from contextlib import suppress
from filecmp import cmp
from pathlib import Path

from newsroom.output.pagefind import OF_AN_INDEX

_FOLDERS = ("fragment", "index", "")  # those of an index, the outermost last


def put_in_place(made: Path, names: Collection[str], folder: Path) -> None:
    """Let the folder hold these files of an index, in this order, and no others of one.

    Files that have the same bytes already stay as they are: most are named after what they hold.
    """
    for name in names:
        new, old = made / name, folder / name
        if not (old.is_file() and cmp(new, old, shallow=False)):
            old.parent.mkdir(parents=True, exist_ok=True)
            new.replace(old)
    _remove(folder, keep=names)


def take_away(folder: Path) -> None:
    """Remove an index, and the folders that are empty without it."""
    _remove(folder, keep=())
    with suppress(OSError):  # one that is not there, or holds something of somebody else's
        for inner in (*_FOLDERS, ".."):
            (folder / inner).resolve().rmdir()


def parts_of(folder: Path) -> tuple[Path, ...]:
    """The folders of an index."""
    return tuple(folder / inner for inner in _FOLDERS)


def changed(folder: Path) -> tuple[int, ...]:
    """When files were last put into the folder or taken out of it, in nanoseconds.

    Empty when there is no index in it.
    """
    try:
        return tuple(part.stat().st_mtime_ns for part in parts_of(folder))
    except OSError:
        return ()


def _remove(folder: Path, keep: Collection[str]) -> None:
    kept = {folder / name for name in keep}
    for pattern in OF_AN_INDEX:
        for path in folder.glob(pattern):
            if path not in kept:
                path.unlink()
