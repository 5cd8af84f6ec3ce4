"""Making backups: at night, by hand, and before an upgrade."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newsroom.model.saying import say
from newsroom.wiring.backup_folders import backup_folder
from newsroom.wiring.restored import require_confirmed

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from newsroom.jobs.keep.back_up import Backup
    from newsroom.jobs.keep.backup_folder import BackupFolder
    from newsroom.jobs.keep.nightly import BackupNight
    from newsroom.settings import Settings
    from newsroom.wiring.desk import Desk

log = logging.getLogger(__name__)


def nightly(desk: Desk) -> BackupNight:
    """The backup of this night, where the schedule says."""
    from newsroom.jobs.keep.nightly import nightly as job

    laid, now = _ours_to_lay_in(desk), desk.clock()
    return job(desk.settings.root, desk.database, desk.keys, laid, now)


def _ours_to_lay_in(desk: Desk) -> BackupFolder:
    """Where backups are laid and rotated.

    Raises UnconfirmedError where those in it may be another newsroom's.
    """
    laid = backup_folder(desk)
    if not laid.is_own:
        require_confirmed(desk)
    return laid


def back_up(desk: Desk, file: Path | None) -> Backup:
    """A backup by hand: to a file, or beside those of the nights."""
    from newsroom.jobs.keep.back_up import back_up as job
    from newsroom.jobs.keep.backup_folder import ready
    from newsroom.jobs.keep.receipt import note_backup
    from newsroom.jobs.keep.rotate import name_of

    now = desk.clock()
    path = file or ready(_ours_to_lay_in(desk)) / name_of(now)
    if path.is_dir():
        path /= name_of(now)
    made = job(desk.settings.root, desk.database, desk.keys, path, now)
    note_backup(desk.settings.var, made, now)
    return made


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
