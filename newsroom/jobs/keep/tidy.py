"""Folders of a newsroom that hold readers' data for a while: what has had its time goes."""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from newsroom.errors import OutsideError
from newsroom.jobs.keep.rotate import kept_in
from newsroom.model.refusal import why
from newsroom.model.saying import Saying, joined, say
from newsroom.model.schedule import BACKUPS_REACH
from newsroom.readers.departed import DepartedRegister

KEPT = BACKUPS_REACH  # rehearsals, and what a restore put aside


def tidy(
    var: Path, registers: Iterable[Path], now: datetime, *, laid_in: Path | None = None
) -> tuple[Path, ...]:
    """Remove old rehearsals and what was put aside long ago; which files and folders those were.

    So goes what was backed up before an upgrade or a restore, unless it is the newest backup there
    is. Where the nights' backups are `laid_in` another folder, so do those that were laid in `var`
    before: nobody rotates them there any more. The registers of who left, ours and its copy beside
    the backups, are shortened by the months that are long past, before all else.

    Raises OutsideError, when all that can go has gone, for what the disk keeps.
    """
    old = [path for each in registers for path in DepartedRegister(each).past(now)]
    old += [path for path in var.glob("rehearsals/*") if _changed(path) < now - KEPT]
    old += [path for path in var.glob("aside/*") if _is_past(path.name.partition("-")[0], now)]
    here, elsewhere = kept_in(var / "backups"), kept_in(laid_in) if laid_in else ()
    left = [one for one in here if one.why is not None or laid_in]
    newest = max((one.taken for one in (*here, *elsewhere)), default=None)
    old += [one.path for one in left if one.taken != newest and _is_past(one.taken, now)]
    refusals = [refusal for path in old if (refusal := _refusal(path))]
    if refusals:
        raise OutsideError(joined("\n", refusals))
    return tuple(old)


def _refusal(path: Path) -> Saying | None:
    """Why a file or folder could not be removed; None when it is gone."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        return say(
            "{file} could not be removed ({reason}); remove it by hand",
            file=path,
            reason=why(error),
        )
    return None


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _is_past(named: str, now: datetime) -> bool:
    """Whether the time in a name is long past; a name without one is not ours."""
    try:
        at = datetime.strptime(named, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return at < now - KEPT
