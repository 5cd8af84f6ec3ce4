"""`backup` and `restore`: a newsroom in one file, and a newsroom from one."""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.as_json import print_json
from newsroom.cli.asking import ask
from newsroom.cli.commands import real_clock
from newsroom.cli.desk import at_desk, json_option, now_option, open_desk
from newsroom.cli.language import said
from newsroom.cli.moments import moment
from newsroom.errors import NewsroomError, SettingsError
from newsroom.model.saying import Saying, joined, say
from newsroom.settings import find_root
from newsroom.wiring import Desk, keeping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsroom.jobs.issue.confirm_restore import Confirmed
    from newsroom.jobs.keep.back_up import Backup
    from newsroom.jobs.keep.restore import Restored
    from newsroom.jobs.keep.whats_there import WhatsThere

_FILE = click.Path(path_type=Path)
_BACKUP = click.Path(exists=True, dir_okay=False, path_type=Path)


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


@click.command("restore")
@click.argument("file", type=_BACKUP, required=False)
@click.option("--confirm", is_flag=True, help="The database is the one to go on with.")
@click.option("--yes", is_flag=True, help="Replace what is there without asking.")
@now_option
@click.pass_context
def restore_command(
    context: click.Context,
    file: Path | None,
    confirm: bool,  # noqa: FBT001
    yes: bool,  # noqa: FBT001
    when: str | None,
) -> None:
    """Bring a newsroom back from a backup, or go on with one that was brought back."""
    root = context.find_root().obj
    if confirm == (file is not None):
        raise SettingsError(say("write the backup's file, or --confirm when it is brought back"))
    if file is None:
        with closing(open_desk(root, when)) as desk:
            _confirm(desk)
        return
    _bring_back(_root(root), file.absolute(), when, sure=yes)


def _checked(desk: Desk, file: Path | None) -> "Backup":
    from newsroom.jobs.keep.back_up import check
    from newsroom.jobs.keep.receipt import note_backup

    if file is None or not file.is_file():
        raise SettingsError(
            say("--check: write which backup to read: newsroom backup --check FILE")
        )
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
        taken=_when(backup.manifest.taken, zone),
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


def _root(given: Path | None) -> Path:
    """Where a newsroom is brought back: the folder that was named, or the newsroom around us.

    Where there is none it is the folder we are in.
    """
    if given is not None:
        return given.absolute()
    try:
        return find_root(Path.cwd())
    except NewsroomError:
        return Path.cwd()


def _bring_back(root: Path, file: Path, when: str | None, *, sure: bool) -> None:
    now = real_clock() if when is None else _moment(root, when)
    agree = _nothing if sure else _agree
    done = keeping.bring_back(root, os.environ, file, now, agree)
    for line in _told(done, _zone(root)):
        click.echo(said(line))


def _moment(root: Path, when: str) -> datetime:
    """What `--now` says: in the newsroom's own time, and in UTC where there is none yet."""
    from newsroom.wiring.written_time import moment_of

    if not (root / "posts").is_dir():
        return moment_of(when, ZoneInfo("UTC"))
    with closing(open_desk(root, when)) as desk:
        return desk.clock()


def _zone(root: Path) -> ZoneInfo:
    """The newsroom's own time; UTC where its site.yaml does not say."""
    try:
        with closing(open_desk(root)) as desk:
            return desk.site.timezone
    except NewsroomError:
        return ZoneInfo("UTC")


def _when(at: datetime, zone: ZoneInfo) -> Saying:
    return say("{at} ({zone})", at=moment(at, zone), zone=zone.key)


def _agree(there: "WhatsThere") -> None:
    if there.is_nothing:
        return
    what = [] if there.readers is None else [say("the database (readers: {n})", n=there.readers)]
    ask(
        say(
            "This replaces {what}, and keeps what was there. Go on?",
            what=joined(", ", (*what, *there.tops)),
        )
    )


def _nothing(_there: "WhatsThere") -> None:
    """It was agreed to in advance."""


def _told(done: "Restored", zone: ZoneInfo) -> "Iterator[Saying]":
    """What was brought back, and what has to be done now."""
    yield say(
        "brought back as it was on {taken}; readers: {readers}, texts: {texts}",
        taken=_when(done.manifest.taken, zone),
        readers=done.manifest.rows.get("subscriber", 0),
        texts=done.manifest.texts,
    )
    if done.before:
        yield say("what was there is in {path}", path=done.before)
    if done.aside:
        yield say("files that were replaced are in {path}", path=done.aside)
    yield _gone_since(done)
    for issue in done.approvals:
        yield _to_approve_anew(issue)
    yield say("nothing is sent until you say: {command}", command="newsroom restore --confirm")


def _gone_since(done: "Restored") -> Saying:
    """What became of those who left after the backup was taken."""
    out = done.reapplied
    if out.erased or out.left or out.kept_out:
        return say(
            "gone since the backup, and taken out again: {erased} erased, {left} left, "
            "{kept_out} bounced or complained",
            erased=out.erased,
            left=out.left,
            kept_out=out.kept_out,
        )
    if done.knows_who_left:
        return say("nobody has left, complained or been erased since the backup")
    return say(
        "who left after the backup is not known on this machine. Did newsroom run on another one? "
        "Then bring its folder var/departed here, and restore again"
    )


def _confirm(desk: Desk) -> None:
    for line in _confirmed(keeping.confirm(desk), desk.site.timezone):
        click.echo(said(line))


def _confirmed(done: "Confirmed", zone: ZoneInfo) -> "Iterator[Saying]":
    """What the word set going, and what is left to a person."""
    if done.is_nothing:
        yield say("no backup waits for that; the database knows of every mail that has left")
        return
    if done.finished:
        yield say("the restore that was cut short has been finished")
    if done.taken is not None:
        at = _when(done.taken, zone)
        yield say("confirmed: newsroom goes on with the database as it was on {at}", at=at)
    for issue, copies in done.doubted:
        yield say(
            "{issue}: {copies} copies may have left already, and wait for you: {command}",
            issue=issue,
            copies=copies,
            command=f"newsroom issue resolve {issue}",
        )
    for issue in done.resumed:
        yield say(
            "{name}: goes on with newsroom run, or with: {command}",
            name=issue,
            command=f"newsroom issue send {issue}",
        )
    for issue in done.unapproved:
        yield _to_approve_anew(issue)
    if not (done.doubted or done.resumed or done.unapproved):
        yield say("no issue was on its way; there is nothing more for you to do")


def _to_approve_anew(issue: str) -> Saying:
    return say(
        "{issue}: has to be approved anew, since it may have been sent after the backup; if it was "
        "not: {command}",
        issue=issue,
        command=f"newsroom issue approve {issue} --by …",
    )
