"""`backup`: a newsroom in one file."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.commands import real_clock
from newsroom.cli.desk import json_option, newsroom_folder, now_option
from newsroom.cli.language import said
from newsroom.cli.moments import moment_and_zone
from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say
from newsroom.wiring.backup_by_hand import LegibleNewsroom, back_up, legible_newsroom
from newsroom.wiring.written_time import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsroom.jobs.keep.back_up import Backup

_FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE, required=False)
@click.option("--check", is_flag=True, help="Make none: read FILE to its end, and compare.")
@json_option
@now_option
@click.pass_context
def backup_command(
    context: click.Context,
    file: Path | None,
    check: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    when: str | None,
) -> None:
    """Put the database, the texts and the secrets in one file; without FILE, in var/backups."""
    folder = newsroom_folder(context.find_root().obj, ("posts", "var"))
    newsroom = legible_newsroom(folder.absolute(), os.environ)
    now = moment_of(when, newsroom.zone) if when else real_clock()
    made = _checked(newsroom, file, now) if check else back_up(newsroom, file, now)
    if as_json:
        print_json(_as_json(made))
    else:
        for line in _lines(made, newsroom.zone, is_new=not check):
            click.echo(said(line))
    if not check:
        for remark in _amiss(newsroom, made, is_placed=file is None):
            click.echo(said(remark), err=True)


def _checked(newsroom: LegibleNewsroom, file: Path | None, now: datetime) -> "Backup":
    from newsroom.jobs.keep.back_up import check
    from newsroom.jobs.keep.receipt import note_backup

    if file is None:
        raise SettingsError(
            say("--check: write which backup to read: newsroom backup --check FILE")
        )
    if not file.is_file():
        raise SettingsError(say("{file}: there is no such file", file=file))
    found = check(file)
    note_backup(newsroom.where.var, found, now)
    return found


def _amiss(newsroom: LegibleNewsroom, made: "Backup", *, is_placed: bool) -> "Iterator[str]":
    """What could not be read, and what that means for the backup."""
    if not newsroom.faults:
        return
    yield say("The backup is made all the same, but this could not be read and has to be mended:")
    yield from newsroom.faults
    if is_placed and not newsroom.knows_where:
        yield say(
            "Where backups are to lie could not be read either, so it is in {folder}",
            folder=made.path.parent,
        )
    if not newsroom.where.keys:
        yield say("The secrets of the links could not be read, and are not in it")


def _lines(backup: "Backup", zone: ZoneInfo, *, is_new: bool) -> "Iterator[Saying]":
    from newsroom.jobs.keep.nightly import shown_size

    rows = backup.manifest.rows
    yield say(
        "{path}: {size}, of {taken}, readers: {readers}, texts: {texts}; read to its end, and "
        "whole",
        path=backup.path,
        readers=rows.get("subscriber", 0),
        texts=backup.manifest.texts,
        size=shown_size(backup.size),
        taken=moment_and_zone(backup.manifest.taken, zone),
    )
    for name in backup.manifest.left_out:
        yield say("left out, since it cannot be taken along: {name}", name=name)
    if is_new:
        yield say(
            "It holds your readers and the secrets of their links: keep it where nobody else reads"
        )


def _as_json(backup: "Backup") -> dict[str, object]:
    manifest = backup.manifest
    return {
        "path": str(backup.path),
        "bytes": backup.size,
        "taken": manifest.taken,
        "version": manifest.version,
        "database": manifest.database,
        "migration": manifest.migration,
        "texts": manifest.texts,
        "rows": dict(manifest.rows),
        "left_out": list(manifest.left_out),
    }
