"""The backup of each night: made, read again, noted, and the oldest taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from newsroom.errors import OutsideError
from newsroom.jobs.keep.back_up import Backup, back_up, check
from newsroom.jobs.keep.backup_folder import BackupFolder, ready
from newsroom.jobs.keep.receipt import note_backup
from newsroom.jobs.keep.rotate import name_of, rotate
from newsroom.model.refusal import why
from newsroom.model.saying import Saying, say

_NAMED = 3  # files that the night's line names


@dataclass(frozen=True, slots=True)
class BackupNight:
    """What a night brought."""

    backup: Backup
    removed: tuple[Path, ...]

    @property
    def sentence(self) -> Saying:
        """The night in a line, with what is missing from its backup."""
        made = say(
            "{file}, {size}; readers: {readers}, texts: {texts}, removed: {removed}",
            file=self.backup.path.name,
            readers=self.backup.manifest.rows.get("subscriber", 0),
            texts=self.backup.manifest.texts,
            size=shown_size(self.backup.size),
            removed=len(self.removed),
        )
        left_out = self.backup.manifest.left_out
        if not left_out:
            return made
        return say(
            "{night}; not in it, since it cannot be taken along ({number}): {names}",
            night=made,
            number=len(left_out),
            names=", ".join(left_out[:_NAMED]),
        )


def nightly(
    root: Path, engine: Engine, keys: Sequence[bytes], laid: BackupFolder, now: datetime
) -> BackupNight:
    """Make the backup of this night. Nothing is removed before it has been read to its end.

    Asked twice within a second it makes one. Raises OutsideError when the folder is unfit, or its
    disk refuses.
    """
    folder = ready(laid)
    path = folder / name_of(now)
    try:
        backup = check(path) if path.exists() else back_up(root, engine, keys, path, now)
        note_backup(root / "var", backup, now)
        return BackupNight(backup, rotate(folder, laid.keep, now))
    except OSError as error:
        raise OutsideError(
            say("{path}: no backup was made: {why}", path=folder, why=why(error))
        ) from error


def shown_size(size: float) -> str:
    """So many bytes, as people read them."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:  # noqa: PLR2004 (the next unit)
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} GB"
