"""A fingerprint of folders by the state of their files: while it is equal, so is every byte."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from newsroom.model.file_time import is_settled

_MADE_BY_PYTHON = "__pycache__"

Place = tuple[int, int]  # a file system, and a file in it
Seen = tuple[str, os.stat_result]  # the path of what was seen, and how it looked


def sight(
    folders: Iterable[Path],
    clock: Callable[[], int] = time.time_ns,
    *,
    through_links: bool = False,
) -> bytes | None:
    """A digest of the state of everything in these folders, hidden files and empty folders too.

    What a link leads to counts; what lies in a folder behind a link only `through_links`. None
    when something was changed so lately that another change might leave the same state. `clock`
    gives the nanoseconds of the time that files are stamped with. Raises OSError when something
    cannot be looked at.
    """
    moment = clock()
    newest = 0
    digest = blake2b(digest_size=16)
    for folder in folders:
        digest.update(f"{folder}\n".encode(errors="surrogateescape"))
        for path, facts in below(
            folder, through_links=through_links
        ):  # ten thousand pass here each time
            changed = facts.st_ctime_ns  # which nobody can set, as they can the other
            newest = max(newest, changed)
            times = f"{facts.st_mtime_ns} {changed}"
            state = f"{path}\0{facts.st_mode} {facts.st_size} {times} {facts.st_ino}\n"
            digest.update(state.encode(errors="surrogateescape"))
    return digest.digest() if is_settled(newest, moment) else None


def look(place: Path) -> str:
    """How a file looks, or everything in a folder, as a digest; "" when there is nothing."""
    digest = blake2b(digest_size=16)
    try:
        facts = place.stat()
        seen = below(place) if S_ISDIR(facts.st_mode) else ((str(place), facts),)
        for path, facts in seen:
            digest.update(f"{path}\0{facts.st_mode} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    except OSError:
        return ""
    return digest.hexdigest()


def below(
    folder: Path, above: frozenset[Place] = frozenset(), *, through_links: bool = False
) -> Iterator[Seen]:
    """Everything below a folder, in a total order; for a link stands what it leads to.

    What Python keeps of its own code is passed over. `above` are the folders around it, so that
    `through_links` nobody is led round in circles.
    """
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:  # nothing there looks like nothing there
        return
    for entry in inside:
        if entry.name == _MADE_BY_PYTHON:
            continue
        facts = entry.stat(follow_symlinks=False)
        is_link = S_ISLNK(facts.st_mode)
        if is_link:
            facts = _behind(entry) or facts
        place = facts.st_dev, facts.st_ino
        if S_ISDIR(facts.st_mode) and place not in above and (through_links or not is_link):
            yield from below(Path(entry.path), above | {place}, through_links=through_links)
        yield entry.path, facts


def _behind(link: "os.DirEntry[str]") -> os.stat_result | None:
    """What a link leads to; None when it leads nowhere, or round in circles."""
    try:
        return link.stat()
    except OSError:
        return None
