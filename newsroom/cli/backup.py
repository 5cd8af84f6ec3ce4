"""`backup`: a newsroom in one file."""

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.desk import at_desk, json_option, now_option
from newsroom.cli.language import said
from newsroom.cli.moments import moment_and_zone
from newsroom.errors import SettingsError
from newsroom.model.saying import Saying, say
from newsroom.wiring import Desk, keeping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsroom.jobs.keep.back_up import Backup

_FILE = click.Path(path_type=Path)


@click.command("backup")
@click.argument("file", type=_FILE, required=False)
@click.option("--check", is_flag=True, help="Make none: read FILE to its end, and compare.")
@json_option
@now_option
@at_desk
def backup_command(desk: Desk, file: Path | None, check: bool, as_json: bool) -> None:  # noqa: FBT001
    """Put the database, the texts and the secrets in one file; without FILE, in var/backups."""
    made = _checked(desk, file) if check else keeping.back_up(desk, file)
    if as_json:
        print_json(_as_json(made))
        return
    for line in _lines(made, desk.site.timezone, is_new=not check):
        click.echo(said(line))


def _checked(desk: Desk, file: Path | None) -> "Backup":
    from newsroom.jobs.keep.back_up import check
    from newsroom.jobs.keep.receipt import note_backup

    if file is None:
        raise SettingsError(
            say("--check: write which backup to read: newsroom backup --check FILE")
        )
    if not file.is_file():
        raise SettingsError(say("{file}: there is no such file", file=file))
    found = check(file)
    note_backup(desk.settings.var, found, desk.clock())
    return found


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
