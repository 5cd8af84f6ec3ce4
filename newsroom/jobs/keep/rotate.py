"""The backups in a folder: how they are named, and which of them have had their time."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAMED = re.compile(r"newsroom-(\d{8}T\d{6}Z)(?:-(upgrade|restore))?\.tar\.gz")


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that has a name of ours."""

    path: Path
    taken: str  # sorts as time does
    why: str | None  # before an upgrade or a restore; None: the nightly one, or one by hand


def name_of(now: datetime, why: str | None = None) -> str:
    """What a backup of this moment is called: newsroom-20261122T021500Z.tar.gz."""
    behind = f"-{why}" if why else ""
    return f"newsroom-{_written(now)}{behind}.tar.gz"


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def kept_in(folder: Path) -> tuple[KeptBackup, ...]:
    """The backups of ours in a folder, the newest first; whatever else lies there is not ours."""
    named = ((path, _NAMED.fullmatch(path.name)) for path in folder.glob("newsroom-*.tar.gz"))
    found = (KeptBackup(path, name[1], name[2]) for path, name in named if name and path.is_file())
    return tuple(sorted(found, key=lambda one: (one.taken, one.path.name), reverse=True))


def rotate(folder: Path, keep: int, now: datetime) -> tuple[Path, ...]:
    """Remove the backups that have had their time, the oldest first; which those were.

    `keep` nightly ones stay, of which the caller has just made one and found it whole. What was
    made before an upgrade or a restore goes when the nightly ones of its time have gone. Those of a
    time to come were named by a clock that was ahead, if ours is not behind: they stay, and take no
    other one's place.
    """
    kept = [one for one in kept_in(folder) if one.taken <= _written(now)]
    nightly = [one for one in kept if one.why is None]
    if len(nightly) <= keep:
        return ()
    oldest = nightly[keep - 1].taken
    gone = [one.path for one in reversed(kept) if one.taken < oldest]
    for path in gone:
        path.unlink(missing_ok=True)
    return tuple(gone)
