"""The folder that backups are laid in: where it is, and whether it is fit for them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsroom.errors import OutsideError
from newsroom.model.saying import Saying, joined, say


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """Where backups are laid, and how many stay."""

    path: Path
    keep: int
    is_own: bool  # in the newsroom itself: made when it is not there
    closed: tuple[Path, ...] = ()  # folders that no backup may lie in: published, or backed up


class Unfit(NamedTuple):
    """Why no backup can be laid in a folder, and what to do."""

    message: Saying
    fix: Saying


def ready(folder: BackupFolder) -> Path:
    """The folder, which is there and takes backups. Raises OutsideError for one that is unfit."""
    if folder.is_own:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif (unfit := why_unfit(folder)) is not None:
        raise OutsideError(joined("; ", unfit))
    return folder.path


def why_unfit(folder: BackupFolder) -> Unfit | None:
    """What keeps backups from a folder that somebody named; None when nothing does.

    One that is not there is not made: its disk may be away, and backups on the disk that they are
    to save us from losing are none.
    """
    path, real = folder.path, folder.path.resolve()
    if any(real.is_relative_to(closed.resolve()) for closed in folder.closed):
        return Unfit(
            say(
                "{folder}: no backup may lie there, where it is published or backed up", folder=path
            ),
            say("name a folder outside posts, templates and the site, on another disk"),
        )
    if not path.exists():
        return Unfit(
            say("{folder}: the folder for backups is not there", folder=path),
            say("mount its disk, or make the folder if it is to be a new one"),
        )
    if not path.is_dir():
        return Unfit(
            say("{folder}: this is no folder, so no backup can be laid in it", folder=path),
            say("name the folder, not a file"),
        )
    if not os.access(path, os.W_OK | os.X_OK):
        return Unfit(
            say("{folder}: the folder for backups cannot be written to", folder=path),
            say("give it to the account that newsroom runs as"),
        )
    return None
