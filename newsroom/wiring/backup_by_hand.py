"""A backup by hand of a newsroom of which much may be broken: that is when one is wanted."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsroom.errors import OutsideError
from newsroom.model import Severity
from newsroom.model.saying import say
from newsroom.wiring.restored import require_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from newsroom.jobs.keep.back_up import Backup
    from newsroom.jobs.keep.backup_folder import BackupFolder
    from newsroom.model import Problem, Schedule, Site
    from newsroom.settings.whereabouts import Whereabouts

_SCHEDULE = PurePosixPath("schedule.yaml")


@dataclass(frozen=True, slots=True)
class LegibleNewsroom:
    """What can be read of a newsroom, as far as a backup needs it."""

    where: Whereabouts
    site: Site | None
    schedule: Schedule | None  # None, too, where there is none
    faults: tuple[str, ...]  # what could not be read, and why
    knows_where: bool  # backups are to be laid, and which folders are public

    @property
    def zone(self) -> ZoneInfo:
        """The newsroom's own time; UTC where its site.yaml does not say."""
        return self.site.timezone if self.site else ZoneInfo("UTC")


def legible_newsroom(root: Path, environ: Mapping[str, str]) -> LegibleNewsroom:
    """A newsroom as far as it can be read. Raises SettingsError when its database is not known."""
    from newsroom.content.folder.reading import read_home_alone
    from newsroom.settings.whereabouts import whereabouts
    from newsroom.wiring.schedule_file import read_schedule

    where, home = whereabouts(root, environ), read_home_alone(root)
    zone = home.site.timezone if home.site else ZoneInfo("UTC")  # only the words are looked at
    schedule, problems = read_schedule(root, _SCHEDULE, zone)
    no_site = () if home.site else _errors(home.problems)
    no_schedule = () if schedule else _errors(problems)
    faults = (*([where.fault] if where.fault else []), *no_site, *no_schedule)
    stays_home = not (schedule and schedule.backups_to)
    knows_where = not no_schedule and (stays_home or not no_site)
    return LegibleNewsroom(where, home.site, schedule, faults, knows_where)


def _errors(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(one.sentence for one in problems if one.severity is Severity.ERROR)


def back_up(newsroom: LegibleNewsroom, file: Path | None, now: datetime) -> Backup:
    """A backup: to a file, or beside those of the nights.

    Raises UnconfirmedError where those in the folder may be another newsroom's.
    """
    from newsroom.jobs.keep.back_up import back_up as job
    from newsroom.jobs.keep.backup_folder import ready
    from newsroom.jobs.keep.receipt import note_backup
    from newsroom.jobs.keep.rotate import name_of

    where = newsroom.where
    with _as_it_is(where) as engine:
        path = file or ready(_ours_to_lay_in(newsroom, engine)) / name_of(now)
        if path.is_dir():
            path /= name_of(now)
        made = job(where.root, engine, where.keys, path, now)
    note_backup(where.var, made, now)
    return made


def _ours_to_lay_in(newsroom: LegibleNewsroom, engine: Engine) -> BackupFolder:
    """Where the nights lay theirs; the newsroom itself where nobody can read that.

    A folder that may be public is no place for readers' addresses.
    """
    from newsroom.wiring.backup_folders import folder_by

    known = newsroom.schedule if newsroom.knows_where else None
    laid = folder_by(newsroom.where.root, known, newsroom.site)
    if not laid.is_own:
        require_word(engine)
    return laid


@contextmanager
def _as_it_is(where: Whereabouts) -> Iterator[Engine]:
    """The database in the shape that it has, be it of an earlier version or of a later one.

    One in which nothing is yet is begun, unless the settings may have meant another. Raises
    OutsideError for one that is spoilt.
    """
    from sqlalchemy.exc import DatabaseError, OperationalError

    from newsroom.database import migrate, open_database, reading
    from newsroom.database.backup.dump import revision

    engine = open_database(where.database)
    try:
        with reading(engine) as connection:
            is_begun = revision(connection) is not None
        if not (is_begun or where.fault):
            migrate(engine)
        yield engine
    except OperationalError:  # it is away, or locked: whoever runs the command tells that
        raise
    except DatabaseError as error:
        said = str(error.orig).partition("\n")[0]
        raise OutsideError(
            say(
                "the database is damaged ({said}), so no backup was made; bring back the last one: "
                "{command}. The database as it is now is put aside then",
                said=said,
                command="newsroom restore FILE",
            )
        ) from error
    finally:
        engine.dispose()
