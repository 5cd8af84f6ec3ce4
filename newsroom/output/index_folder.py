"""One search index as files: put in place of the old one, looked at, taken away."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from newsroom import whole_file
from newsroom.output.pagefind import OF_AN_INDEX

_FOLDERS = ("fragment", "index", "")  # those of an index, the outermost last


def put_in_place(files: Mapping[str, bytes], folder: Path, draft: Path) -> None:
    """Let the folder hold these files of an index, put there in this order, and no others of one.

    Files that have the same bytes already stay as they are: most are named after what they hold.
    """
    for name, content in files.items():
        put(folder / name, content, draft)
    _remove(folder, keep=files)


def put(place: Path, content: bytes, draft: Path) -> None:
    """Let a file have these bytes from one moment to the next, by way of a draft on its disk."""
    with suppress(FileNotFoundError):
        if place.read_bytes() == content:
            return
    draft.write_bytes(content)
    whole_file.put(draft, place)


def take_away(folder: Path) -> None:
    """Remove an index, and the folders that are empty without it."""
    _remove(folder, keep=())
    with suppress(OSError):  # one that is not there, or holds something of somebody else's
        for inner in (*_FOLDERS, ".."):
            (folder / inner).resolve().rmdir()


def _remove(folder: Path, keep: Collection[str]) -> None:
    kept = {folder / name for name in keep}
    for pattern in OF_AN_INDEX:
        for path in folder.glob(pattern):
            if path not in kept:
                path.unlink()
