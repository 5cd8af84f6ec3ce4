"""What lies in the content folder: found without following a link out of it, read with care."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from newsroom.content.notes import Notes

_LARGEST_TEXT = 1_000_000  # bytes: a novel; anything longer is not a text somebody wrote here


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and what tells whether it has changed since it was last looked at."""

    path: Path
    size: int
    changed: tuple[int, int]  # when its bytes and its name or rights changed, in nanoseconds


def find_files(root: Path) -> tuple[dict[PurePosixPath, Found], Notes]:
    """The files below `posts/`, in order of their path from the root, and what was refused.

    Hidden files are passed over, and so is what vanishes meanwhile: somebody may be writing. A
    symbolic link that leads out of the folder is refused: it could put any file of the machine on
    the web.
    """
    refused = Notes(PurePosixPath("posts"))
    inside = (root / "posts").resolve()
    found = dict(_walk(root / "posts", PurePosixPath("posts"), inside, refused))
    return dict(sorted(found.items())), refused


def _walk(
    folder: Path, source: PurePosixPath, inside: Path, refused: Notes
) -> Iterator[tuple[PurePosixPath, Found]]:
    for entry in _entries(folder, refused):
        name, path = source / entry.name, Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _stays(path, inside):
            message = f"{name} is a symbolic link out of the folder, or to a folder"
            refused.error(None, "outside-posts", message, "put the file itself here")
        elif entry.is_dir():
            yield from _walk(path, name, inside, refused)
        elif entry.is_file() and (found := look_at(path, refused)):
            yield name, found


def _entries(folder: Path, refused: Notes) -> list[os.DirEntry[str]]:
    """What a folder holds, by name."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        _note_unreadable(refused, folder.name, error)
        return []


def look_at(path: Path, notes: Notes) -> Found | None:
    """A file and its state now; None when it is gone, or cannot be looked at, which is noted."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        _note_unreadable(notes, path.name, error)
        return None
    return Found(path, facts.st_size, (facts.st_mtime_ns, facts.st_ctime_ns))


def _stays(link: Path, inside: Path) -> bool:
    """Whether a link leads to a file of the folder; a folder could lead round in circles."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_file() and target.is_relative_to(inside)


def read_text(found: Found, notes: Notes) -> str | None:
    """The text of a file; None when it is gone, or cannot be read as UTF-8, which is noted."""
    if found.size > _LARGEST_TEXT:
        message = f"the file has {found.size} bytes and may have {_LARGEST_TEXT}"
        notes.error(None, "too-large", message, "divide the text, or attach it as a document")
        return None
    try:
        written = found.path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        _note_unreadable(notes, found.path.name, error)
        return None
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        message = f"the text is not UTF-8 (byte 0x{written[error.start]:02X})"
        notes.error(line, "not-utf-8", message, "save the file again as UTF-8")
        return None


def _note_unreadable(notes: Notes, name: str, error: OSError) -> None:
    message = f"{name} cannot be read ({error.strerror})"
    notes.error(None, "unreadable", message, "look at its rights")
