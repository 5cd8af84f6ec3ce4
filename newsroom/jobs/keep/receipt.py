"""What is remembered of the last backup that was found whole: for who asks whether all is well."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsroom import whole_file
from newsroom.jobs.keep.back_up import Backup

_NAME = "last-backup.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The last good backup of this machine."""

    path: Path
    taken: datetime  # aware
    size: int  # bytes
    verified: datetime  # when it was last read to its end and found whole
    left_out: tuple[str, ...] = ()  # files that could not be taken along


def last_backup(var: Path, now: datetime) -> LastBackup | None:
    """The last good backup on record, whether or not it is still there; None when there is none.

    One of a time to come was written down by a clock that was ahead, and says nothing.
    """
    try:
        said = json.loads((var / _NAME).read_text(encoding="utf-8"))
        last = LastBackup(
            Path(said["path"]),
            datetime.fromisoformat(said["taken"]),
            int(said["size"]),
            datetime.fromisoformat(said["verified"]),
            tuple(map(str, said.get("left_out", ()))),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):  # spoilt by a power cut: the next one writes it anew
        return None
    return last if last.taken <= now else None


def note_backup(var: Path, backup: Backup, now: datetime) -> None:
    """Remember a backup that was just found whole, unless a later one is on record."""
    before = last_backup(var, now)
    if before is not None and before.taken > backup.manifest.taken:
        return
    said = {
        "path": str(backup.path.absolute()),
        "taken": backup.manifest.taken.astimezone(UTC).isoformat(),
        "size": backup.size,
        "verified": now.astimezone(UTC).isoformat(),
        "left_out": backup.manifest.left_out,
    }
    whole_file.write(var / _NAME, json.dumps(said).encode() + b"\n")
