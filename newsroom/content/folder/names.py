"""Where the files of the folder are, whichever form the letters of their names have on the disk."""

from pathlib import Path, PurePosixPath

from newsroom.model.unicode_form import composed


def on_disk(root: Path, source: str | PurePosixPath) -> Path:
    """Where a file of the newsroom is, which the house names in composed letters.

    One that is not there has the name that it is asked for by.
    """
    path = root / source
    if str(source).isascii() or path.exists():
        return path
    found = root
    for name in PurePosixPath(source).parts:
        found = _entry(found, name)
    return found


def _entry(folder: Path, name: str) -> Path:
    entry = folder / name
    if name.isascii() or entry.exists() or not folder.is_dir():
        return entry
    alike = (other for other in sorted(folder.iterdir()) if composed(other.name) == name)
    return next(alike, entry)
