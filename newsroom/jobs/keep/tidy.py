"""Folders of a newsroom that hold readers' data for a while: what has had its time goes."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom.readers.departed import Register

KEPT = timedelta(days=30)  # rehearsals, and what a restore put aside


def tidy(var: Path, departed: Path, now: datetime) -> tuple[Path, ...]:
    """Remove old rehearsals and what was put aside long ago; which folders those were.

    A register of who left is shortened by the months that are long past.
    """
    old = [path for path in var.glob("rehearsals/*") if _changed(path) < now - KEPT]
    old += [path for path in var.glob("aside/*") if _is_past(path.name, now)]
    for path in old:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    Register(departed).forget_old(now)
    return tuple(old)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _is_past(name: str, now: datetime) -> bool:
    """Whether a folder whose name begins with a time is of long ago; others are not ours."""
    try:
        at = datetime.strptime(name.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return at < now - KEPT
