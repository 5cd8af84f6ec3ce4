"""Making backups by themselves: at night, and before an upgrade."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newsroom.model.saying import say
from newsroom.wiring.restored import require_confirmed

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from newsroom.jobs.keep.backup_folder import BackupFolder
    from newsroom.jobs.keep.nightly import BackupNight
    from newsroom.settings import Settings
    from newsroom.wiring.desk import Desk

log = logging.getLogger(__name__)


def nightly(desk: Desk, laid: BackupFolder) -> BackupNight:
    """The backup of this night, laid where the schedule said when it was last of use.

    Raises UnconfirmedError where those in it may be another newsroom's.
    """
    from newsroom.jobs.keep.nightly import nightly as job

    if not laid.is_own:
        require_confirmed(desk)
    return job(desk.settings.root, desk.database, desk.keys, laid, desk.clock())


def before_upgrade(settings: Settings, engine: Engine, now: datetime) -> Path:
    """Back up a database that this version is about to change."""
    from newsroom.jobs.keep.back_up import back_up as job
    from newsroom.jobs.keep.rotate import name_of

    settings.backups.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = settings.backups / name_of(now, "upgrade")
    return job(settings.root, engine, (settings.secret, *settings.old_secrets), path, now).path


def clear_up(root: Path) -> None:
    """Throw away what a restore that broke off left unpacked: readers' data that nobody needs."""
    from newsroom.jobs.keep.contents import UNPACKED

    if (root / UNPACKED).exists():
        from newsroom.jobs.keep.unfinished import clear_up as job

        if job(root):
            log.warning(say("a restore broke off here; what it had unpacked was removed"))
