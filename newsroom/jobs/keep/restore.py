"""Bring a newsroom back from a backup: all of it, or nothing.

The backup is unpacked beside the newsroom and every byte compared; what is there is backed up; then
one transaction makes the database the backup's, and the files follow (`unpacked`). Nothing is sent
from it before `confirm_restore`: mails may have left since.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from newsroom.database import overwrite_deleted, reading, transaction
from newsroom.database.backup.dump import revision
from newsroom.database.backup.load import clear_tables, fill
from newsroom.database.migrate import knows, take_shape
from newsroom.database.restorations import Restoration, note_restoration
from newsroom.delivery.approval.restored_approvals import end_restored_approvals
from newsroom.delivery.sending.guard import stop_restored
from newsroom.errors import StateError
from newsroom.jobs.keep.back_up import Backup, back_up
from newsroom.jobs.keep.manifest import BackupManifest
from newsroom.jobs.keep.move import move
from newsroom.jobs.keep.quiet import (
    require_no_sender,
    require_no_sender_here,
    require_nobody_at_work,
)
from newsroom.jobs.keep.reapply import Reapplied, known_here, knows_readers, reapply
from newsroom.jobs.keep.restored_secrets import SecretSource
from newsroom.jobs.keep.rotate import name_of
from newsroom.jobs.keep.unpacked import RestorePlan, UnpackedBackup
from newsroom.model.saying import say
from newsroom.readers import consent
from newsroom.readers.anchor import write_anchor
from newsroom.readers.departed import DepartedLine, DepartedRegister

_PATIENCE = "10s"  # with others who use PostgreSQL's tables
_OVERLAP = timedelta(days=1)  # clocks differ, and saying a thing twice does no harm


@dataclass(frozen=True, slots=True)
class RestoreTarget:
    """What a newsroom is brought back into."""

    root: Path
    engine: Engine  # not migrated: it may be empty, or of another version
    own_keys: tuple[bytes, ...]  # that what is there hangs on
    keys: tuple[bytes, ...]  # with those that the backup's links hang on
    secrets: SecretSource  # how those come to be believed here
    registers: tuple[
        DepartedRegister, ...
    ]  # what is known of those who left since; the first is its own
    sqlite: Path | None  # the file of the database, where it is one

    @property
    def var(self) -> Path:
        """What the program keeps for itself."""
        return self.root / "var"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back."""

    manifest: BackupManifest
    before: Path | None  # a backup of what was there; None when there was nothing
    aside: Path | None  # where files that were replaced, or could not be read, now lie
    approvals: tuple[str, ...]  # issues that have to be approved anew
    reapplied: Reapplied
    knows_who_left: bool  # by a register, or the database that was there


def usable(manifest: BackupManifest, backup: Path) -> None:
    """Raises StateError when this version cannot use a backup."""
    if not knows(manifest.migration):
        raise StateError(
            say(
                "{backup}: a newer newsroom than this one made it ({version}, database migration "
                "{migration}); bring newsroom up to date here, then restore",
                backup=backup,
                version=manifest.version,
                migration=manifest.migration,
            )
        )


def anchor(engine: Engine, file: Path, keys: Sequence[bytes], now: datetime) -> None:
    """Write down how far the log of consents goes now, by the word of whoever restored it."""
    with reading(engine) as connection:
        head = consent.head(connection)
    write_anchor(file, keys, head, now)


def restore(
    target: RestoreTarget, unpacked: UnpackedBackup, manifest: BackupManifest, now: datetime
) -> Restored:
    """Bring back what is unpacked in `unpacked`; call it while `alone`.

    Raises StateError while somebody is at work with the database, when it is of a newer version, or
    when the texts cannot make way.
    """
    require_no_sender_here(target.var / "seats")
    if target.sqlite is None:
        with reading(target.engine) as connection:
            require_nobody_at_work(connection)
    plan = _plan(target, unpacked, manifest, now)
    unpacked.require_movable(plan.tops)
    aside = target.var / plan.aside
    before = _keep(target, aside, now)
    unpacked.decide(plan)
    replaced = _replace_database(target, unpacked, manifest, plan.token, now)
    overwrite_deleted(target.engine)
    anchor(target.engine, target.var / "consents", target.keys, now)
    unpacked.put_in_place(plan)
    return Restored(
        manifest,
        before.path if before else None,
        aside if aside.exists() else None,
        replaced.approvals,
        replaced.reapplied,
        knows_who_left=replaced.knew_readers or any(one.begins() for one in target.registers),
    )


def _plan(
    target: RestoreTarget, unpacked: UnpackedBackup, manifest: BackupManifest, now: datetime
) -> RestorePlan:
    token = secrets.token_hex(16)
    aside = f"aside/{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token[:4]}"
    return RestorePlan(token, aside, unpacked.changed(manifest), target.secrets)


class _Replaced(NamedTuple):
    """How the databases took each other's places."""

    knew_readers: bool  # the one that made way
    approvals: tuple[str, ...]
    reapplied: Reapplied


def _replace_database(
    target: RestoreTarget,
    unpacked: UnpackedBackup,
    manifest: BackupManifest,
    token: str,
    now: datetime,
) -> _Replaced:
    """Make the database the backup's, in one transaction that nobody can send from afterwards."""
    done = Restoration(token, manifest.taken, now, alone=manifest.database == "sqlite")
    try:
        with transaction(target.engine) as connection:
            _take_over(connection, now)
            knew_readers = knows_readers(connection)
            lines = _who_went(connection, target, manifest.taken - _OVERLAP)
            clear_tables(connection)
            sheets = (_lines(unpacked.sheet(name)) for name in manifest.rows)
            fill(connection, manifest.migration, sheets)
            note_restoration(connection, done)
            stop_restored(connection, now)
            approvals = end_restored_approvals(connection, now)
            reapplied = reapply(connection, target.keys, lines, now)
            return _Replaced(knew_readers, approvals, reapplied)
    except (DataError, IntegrityError, ValueError, LookupError) as error:
        raise _does_not_fit(error) from error


def _who_went(
    connection: Connection, target: RestoreTarget, since: datetime
) -> tuple[DepartedLine, ...]:
    """What the registers and the database that makes way know of those who went since a time.

    From now on all of it stands in the register of this newsroom: the next restore may find
    neither the others nor that database.
    """
    own, *others = target.registers
    known = known_here(connection, target.keys, since)
    for other in others:
        other.copy_to(own.folder)
    own.take_over(known)
    return own.since(since)


def _does_not_fit(error: Exception) -> StateError:
    """Nothing has changed: the transaction was not committed."""
    said = str(getattr(error, "orig", error)).partition("\n")[0]
    return StateError(
        say("the backup does not fit this database ({said}); nothing was changed", said=said)
    )


def _keep(target: RestoreTarget, aside: Path, now: datetime) -> Backup | None:
    """Back up what is there; a SQLite file that cannot be read is moved aside instead."""
    try:
        with reading(target.engine) as connection:
            there = revision(connection)
        if there is None:
            return None
        if not knows(there):
            raise StateError(
                say(
                    "the database here is newer than this version of newsroom knows (migration "
                    "{migration}); install the newer version first",
                    migration=there,
                )
            )
        folder = target.var / "backups"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / name_of(now, "restore")
        return back_up(target.root, target.engine, target.own_keys, path, now)
    except DatabaseError:
        if target.sqlite is None:
            raise
        _move_aside(target.engine, target.sqlite, aside)
        return None


def _move_aside(engine: Engine, file: Path, aside: Path) -> None:
    """The file and the log beside it, which belongs to it and to no other."""
    engine.dispose()
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        if path.exists():
            move(path, aside / path.name)


def _take_over(connection: Connection, now: datetime) -> None:
    """Have the tables for ourselves until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
    take_shape(connection)
    require_nobody_at_work(connection)
    require_no_sender(connection, now)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file
