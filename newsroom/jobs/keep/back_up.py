"""Make a backup: one look at the database, the newsroom's files, and the secrets, in one file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from newsroom import __version__
from newsroom.database import reading
from newsroom.database.backup.dump import lines, revision, sheets
from newsroom.errors import OutsideError, StateError
from newsroom.jobs.keep.archive import UnfinishedBackup, look_through, new_archive
from newsroom.jobs.keep.contents import DATABASE, SECRETS, NewsroomFile, chunks, files, leads_within
from newsroom.jobs.keep.manifest import BackupManifest
from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.settings.secret import secrets_known, written_secrets


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made, or looked through."""

    path: Path
    size: int  # bytes
    manifest: BackupManifest


def back_up(root: Path, engine: Engine, keys: Sequence[bytes], path: Path, now: datetime) -> Backup:
    """Write a backup to `path` and read it again to its end.

    The database is as it was at one moment, whoever writes meanwhile. Raises StateError when the
    file is there already, and OutsideError when the disk refuses, or gives back something else
    than it got.
    """
    try:
        _write(root, engine, keys, path, now)
    except OSError as error:
        raise OutsideError(
            say("{path}: no backup was made: {why}", path=path, why=why(error))
        ) from error
    try:
        return check(path)
    except StateError as error:
        path.unlink(missing_ok=True)
        raise OutsideError(error.sentence) from error


def _write(root: Path, engine: Engine, keys: Sequence[bytes], path: Path, now: datetime) -> None:
    with new_archive(path, now) as archive, reading(engine) as connection:
        come_to = revision(connection)
        if come_to is None:
            raise StateError(say("the database has no tables, so there is nothing to back up"))
        rows = _add_tables(archive, connection)
        archive.add(SECRETS, [written_secrets(secrets_known(root, keys)).encode()])
        left_out = _add_files(archive, root)
        archive.close_with(
            BackupManifest(
                version=__version__,
                taken=now,
                database=engine.dialect.name,
                migration=come_to,
                rows=rows,
                members=archive.members,
                links=archive.links,
                left_out=left_out,
            )
        )


def check(path: Path) -> Backup:
    """Read a backup to its end. Raises StateError for one that is damaged."""
    return Backup(path, path.stat().st_size, look_through(path))


def _add_tables(archive: UnfinishedBackup, connection: Connection) -> dict[str, int]:
    rows: dict[str, int] = {}
    for sheet in sheets(connection):
        counted = _Counted(lines(connection, sheet))
        archive.add(f"{DATABASE}{sheet.name}.jsonl", counted)
        rows[sheet.name] = counted.number - 1  # the first line says what the columns are
    return rows


@dataclass(slots=True)
class _Counted:
    """Lines, and how many they were."""

    lines: Iterator[bytes]
    number: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self.lines:
            self.number += 1
            yield line


def _add_files(archive: UnfinishedBackup, root: Path) -> tuple[str, ...]:
    """Put the newsroom's files in; the names of those that could not be taken along."""
    return tuple(found.name for found in files(root) if not _add(archive, found))


def _add(archive: UnfinishedBackup, found: NewsroomFile) -> bool:
    if found.is_shut:
        return False
    if found.link is not None:
        if leads_within(found):
            archive.link(found.name, found.link)
            return True
        return False
    try:
        mode = found.path.stat().st_mode & 0o777
        archive.add(found.name, chunks(found.path), mode)
    except (FileNotFoundError, PermissionError):  # taken away meanwhile, or not ours to read
        return False
    return True
