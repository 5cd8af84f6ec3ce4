"""A newsroom brought back from its backup, joined; and the word to go on with it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine

    from newsroom.jobs.issue.confirm_restore import Confirmed
    from newsroom.jobs.keep.restore import Restored, RestoreTarget
    from newsroom.jobs.keep.whats_there import WhatsThere
    from newsroom.settings import Settings
    from newsroom.settings.secret import LinkSecret
    from newsroom.wiring.desk import Desk


def confirm(desk: Desk) -> Confirmed:
    """Go on with the database that is there; what may have left meanwhile is in doubt.

    A restoring that was cut short is finished first. The log of consents counts from here, and so
    do channels: what is public by now is not announced, since it may have been.
    """
    from dataclasses import replace

    from newsroom.database import reading, transaction
    from newsroom.database.announcements import forget_channels
    from newsroom.database.restorations import unconfirmed
    from newsroom.jobs.issue.confirm_restore import confirm_restore
    from newsroom.jobs.keep.restore import anchor
    from newsroom.jobs.keep.unfinished import alone, finish
    from newsroom.wiring.post_office import sending_marks

    with alone(desk.settings.root):
        finished = finish(desk.settings.root, desk.database)
        now = desk.shared_clock()
        with reading(desk.database) as connection:
            was_restored = unconfirmed(connection) is not None
        if was_restored:
            anchor(desk.database, desk.settings.consents, _keys_now(desk.settings), now)
            with transaction(desk.database) as connection:
                forget_channels(connection)
        confirmed = confirm_restore(desk.database, sending_marks(desk), now)
    return replace(confirmed, finished=finished)


def bring_back(  # noqa: PLR0913 (what the command is given)
    root: Path,
    environ: Mapping[str, str],
    backup: Path,
    now: datetime,
    agree: Callable[[WhatsThere], None],
    *,
    others_are_gone: bool = False,
) -> Restored:
    """Bring a newsroom back from a backup into a folder, which may be empty.

    `agree` is asked before anything is replaced, and raises when it is not to be. With
    `others_are_gone` a person has said that whatever PostgreSQL takes for other processes is dead.
    """
    from newsroom.jobs.keep.quiet import cut_off_others
    from newsroom.jobs.keep.restore import restore, usable
    from newsroom.jobs.keep.unfinished import alone, finish
    from newsroom.jobs.keep.unpacked import UnpackedBackup
    from newsroom.jobs.keep.whats_there import whats_there
    from newsroom.settings import Settings
    from newsroom.settings.secret import secrets_in_file

    root.mkdir(parents=True, exist_ok=True)
    is_new = not secrets_in_file(root)  # reading the settings makes one
    unsigned = {**environ, "NEWSROOM_DKIM": ""}  # whose keys are in the backup, and not here yet
    settings, unpacked = Settings.from_env(root, unsigned), UnpackedBackup(root)
    with alone(root), _opened(settings) as engine:
        finish(root, engine)
        try:
            manifest = unpacked.unpack(backup)
            usable(manifest, backup)
            agree(whats_there(engine, unpacked.changed(manifest), root))
            if others_are_gone:
                cut_off_others(engine)
            target = _target(settings, engine, backup, unpacked.secrets(), is_new=is_new)
            return restore(target, unpacked, manifest, now)
        finally:
            finish(root, engine)


def _target(
    settings: Settings,
    engine: Engine,
    backup: Path,
    given: tuple[LinkSecret, ...],
    *,
    is_new: bool,
) -> RestoreTarget:
    """What is brought back into, with its secrets and those that were given by the backup.

    Raises StateError where the environment names the secrets, and not those of the backup, or one
    that was leaked.
    """
    from newsroom.jobs.keep.restore import RestoreTarget
    from newsroom.jobs.keep.restored_secrets import SecretSource, joined_secrets
    from newsroom.readers.departed import DepartedRegister
    from newsroom.settings.secret import secrets_in_file

    own = _keys_now(settings)
    if settings.names_secrets:
        _require_named(settings, tuple(key.decode() for key in own), given)
        source, keys = SecretSource.SETTINGS, own
    else:
        source = SecretSource.BACKUP if is_new else SecretSource.BOTH
        both = joined_secrets(source, secrets_in_file(settings.root), given)
        keys = tuple(one.word.encode() for one in both)
    registers = tuple(map(DepartedRegister, (settings.departed, backup.parent / "departed")))
    return RestoreTarget(settings.root, engine, own, keys, source, registers, _file_of(engine))


def _keys_now(settings: Settings) -> tuple[bytes, ...]:
    """The secrets as they are now, newest first: a restore that was finished may bring others."""
    from newsroom.settings.secret import secrets_of

    if settings.names_secrets:
        return (settings.secret, *settings.old_secrets)
    return tuple(secrets_of(settings.root, None))


def _require_named(
    settings: Settings, known: tuple[str, ...], given: tuple[LinkSecret, ...]
) -> None:
    """Pass when the environment names what a backup needs. Raises StateError when it cannot."""
    if any(one.leaked and one.word.encode() not in settings.leaked for one in given):
        raise StateError(
            say(
                "NEWSROOM_SECRET cannot say that a secret of the backup was leaked; write the "
                "secrets to var/secret, a line each, newest first, and leave NEWSROOM_SECRET "
                "out"
            )
        )
    if any(one.word not in known for one in given):
        raise StateError(
            say(
                "NEWSROOM_SECRET lacks a secret that links in earlier mails hang on; add those "
                "of the backup behind yours, with commas (the first word of each line of its "
                'file "secrets"), or leave NEWSROOM_SECRET out'
            )
        )


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    from newsroom.database import open_database

    engine = open_database(settings.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _file_of(engine: Engine) -> Path | None:
    from pathlib import Path

    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None
