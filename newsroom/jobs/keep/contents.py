"""Which files of a newsroom are in its backup: what cannot be made again.

The texts, the templates, the schedule; the secrets that the links in earlier mails hang on; the
keys that mail is signed with; and what is remembered of what was published, which only advice is
made of. Not in it: passwords to relays and inboxes (`.env`), which are the machine's and can be
had anew; the marks of what has left (`var/marks`, `var/departed`), which must be newer than any
backup; the site, caches, and mails that were written to a folder.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TOPS = ("posts", "templates", "schedule.yaml")  # what editors write: put back as a whole
KEYS = PurePosixPath("var/dkim")
MEMORY = tuple(
    PurePosixPath("var/builds", name) for name in ("events.json", "published.json", "first-address")
)
SECRETS = "secrets"  # a member of its own: the secrets may stand in the environment
UNPACKED = ".restoring"  # the folder that a backup is unpacked into
DATABASE = "database/"  # what the sheets' names begin with
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class NewsroomFile:
    """A file of the newsroom, or a link in it."""

    name: str  # from the newsroom's folder, with slashes
    path: Path
    link: str | None = None  # where it leads, when it is a symbolic link
    is_shut: bool = False  # nobody lets us see what it is, or what it holds


def files(root: Path) -> Iterator[NewsroomFile]:
    """Everything that belongs in the backup, in the order of its names.

    A symbolic link is a link in the backup too; what it leads to is in it when it lies in one of
    our folders. Only where a whole folder of ours is such a link is it followed. What is shut to us
    is named too.
    """
    for top in (*TOPS, str(KEYS), *map(str, MEMORY)):
        path = root / top
        yield from (_inside(root, path) if path.is_dir() else _below(root, path))


def leads_within(found: NewsroomFile) -> bool:
    """Whether a link leads to something within the newsroom, wherever that stands."""
    if found.link is None or PurePosixPath(found.link).is_absolute():
        return False
    steps: list[str] = []
    for part in (*PurePosixPath(found.name).parent.parts, *PurePosixPath(found.link).parts):
        if part == "..":
            if not steps:
                return False
            steps.pop()
        else:
            steps.append(part)
    return bool(steps)


def is_ours(name: str) -> bool:
    """Whether a file of that name may be put into a newsroom from a backup."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        return False
    return path.parts[0] in TOPS or KEYS in path.parents or path in MEMORY


def chunks(path: Path) -> Iterator[bytes]:
    """A file in portions."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _below(root: Path, path: Path) -> Iterator[NewsroomFile]:
    name = path.relative_to(root).as_posix()
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):  # not there, or taken away meanwhile
        return
    except PermissionError:
        yield NewsroomFile(name, path, is_shut=True)
        return
    if stat.S_ISLNK(mode):
        yield NewsroomFile(name, path, str(path.readlink()).replace(os.sep, "/"))
    elif stat.S_ISDIR(mode):
        yield from _inside(root, path)
    elif stat.S_ISREG(mode):
        yield NewsroomFile(name, path)


def _inside(root: Path, folder: Path) -> Iterator[NewsroomFile]:
    try:
        entries = sorted(folder.iterdir(), key=lambda each: each.name)
    except FileNotFoundError:  # taken away meanwhile
        return
    except PermissionError:
        yield NewsroomFile(f"{folder.relative_to(root).as_posix()}/", folder, is_shut=True)
        return
    for entry in entries:
        yield from _below(root, entry)
