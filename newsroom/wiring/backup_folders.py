"""Where a newsroom's backups are put, and the register of who left that lies beside them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from newsroom.errors import NewsroomError, OutsideError
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.model.schedule import BACKUPS_KEPT
from newsroom.wiring.restored import is_restored

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from newsroom.jobs.keep.backup_folder import BackupFolder
    from newsroom.model import Problem, Schedule, Site
    from newsroom.wiring.desk import Desk

_SCHEDULE = PurePosixPath("schedule.yaml")


def backup_folder(desk: Desk) -> BackupFolder:
    """Where this newsroom's backups are laid, and how many stay."""
    return folder_by(desk.settings.root, desk.schedule_if_any(), _site_of(desk))


def folder_by(root: Path, schedule: Schedule | None, site: Site | None) -> BackupFolder:
    """Where backups are laid by a schedule, and how many stay."""
    from newsroom.jobs.keep.backup_folder import BackupFolder

    keep = schedule.keep_backups if schedule else BACKUPS_KEPT
    named = _named(root, schedule, site) if schedule else None
    return named or BackupFolder(root / "var" / "backups", keep, is_own=True)


def _named(root: Path, schedule: Schedule, site: Site | None) -> BackupFolder | None:
    """The folder that `schedule.yaml` names for them."""
    from newsroom.jobs.keep.backup_folder import BackupFolder
    from newsroom.jobs.keep.contents import TOPS
    from newsroom.wiring.site_folder import shown_folders

    if schedule.backups_to is None:
        return None
    return BackupFolder(
        root / schedule.backups_to,
        schedule.keep_backups,
        is_own=False,
        closed=(*(root / top for top in TOPS), *shown_folders(root, site)),
    )


def _site_of(desk: Desk) -> Site | None:
    """What site.yaml says; None while it has faults."""
    try:
        return desk.site
    except NewsroomError:
        return None


def problems_of_backups(desk: Desk, schedule: Schedule) -> tuple[Problem, ...]:
    """Why the nights would refuse the folder that `schedule.yaml` names, when they would.

    It is a warning: another machine than this one may be the one that makes them.
    """
    from newsroom.jobs.keep.backup_folder import why_unfit
    from newsroom.model import Problem, Severity

    named = _named(desk.settings.root, schedule, _site_of(desk))
    unfit = why_unfit(named) if named else None
    if unfit is None:
        return ()
    line, code = schedule.backups_line, "backup-folder"
    return (Problem(_SCHEDULE, line, Severity.WARNING, code, unfit.message, unfit.fix),)


def tidy(desk: Desk, laid: BackupFolder, now: datetime) -> tuple[Path, ...]:
    """Remove what has had its time from folders that hold readers' data; which files those were."""
    from newsroom.jobs.keep.tidy import tidy as job

    registers = [desk.settings.departed]
    if not (laid.is_own or is_restored(desk)):
        registers.append(copy_in(laid))
    elsewhere = None if _is_same(laid.path, desk.settings.backups) else laid.path
    return job(desk.settings.var, registers, now, laid_in=elsewhere)


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder: the newsroom's own for backups may be named, too."""
    return one.resolve() == other.resolve()


def copy_in(laid: BackupFolder) -> Path:
    """Where who left is kept beside backups."""
    return laid.path / "departed"


def register_copier(desk: Desk) -> Callable[[], None]:
    """What keeps who left beside the backups too, where those lie outside the newsroom.

    It raises OutsideError when it cannot: a lost machine is brought back with that copy.
    """
    from newsroom.readers.departed import DepartedRegister

    laid, register = backup_folder(desk), DepartedRegister(desk.settings.departed)

    def copy() -> None:
        if laid.is_own or not laid.path.is_dir():  # a disk that is away is told by the backup
            return
        if is_restored(desk):  # and what lies there may be another newsroom's
            return
        try:
            register.copy_to(copy_in(laid))
        except OSError as error:
            folder = laid.path
            raise OutsideError(say("{folder}: {why}", folder=folder, why=why(error))) from error

    return copy
