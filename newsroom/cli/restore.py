"""`restore`: a newsroom from a backup, and the word to go on with it."""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from newsroom.cli.asking import ask
from newsroom.cli.commands import real_clock
from newsroom.cli.desk import now_option, open_desk
from newsroom.cli.language import said, speak_as_in
from newsroom.cli.restore_words import (
    cares_left,
    confirmed_lines,
    lines_of_settings,
    restored_lines,
)
from newsroom.errors import NewsroomError, SettingsError
from newsroom.model.saying import joined, say
from newsroom.settings import find_root
from newsroom.settings.environment import written_settings
from newsroom.wiring import Desk, bringing_back
from newsroom.wiring.vitals import status

if TYPE_CHECKING:
    from newsroom.jobs.keep.whats_there import WhatsThere

_SITE = "posts/site.yaml"
_BACKUP = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("restore")
@click.argument("file", type=_BACKUP, required=False)
@click.option("--confirm", is_flag=True, help="The database is the one to go on with.")
@click.option("--yes", is_flag=True, help="Replace what is there without asking.")
@click.option(
    "--others-are-gone", is_flag=True, help="The machines that PostgreSQL takes for ours are dead."
)
@now_option
@click.pass_context
def restore_command(  # noqa: PLR0913, PLR0917 (an argument for each option)
    context: click.Context,
    file: Path | None,
    confirm: bool,  # noqa: FBT001
    yes: bool,  # noqa: FBT001
    others_are_gone: bool,  # noqa: FBT001
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
    _bring_back(_root(root), file.absolute(), when, sure=yes, others_are_gone=others_are_gone)


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


def _bring_back(
    root: Path, file: Path, when: str | None, *, sure: bool, others_are_gone: bool
) -> None:
    from newsroom.jobs.keep.archive import peek

    now = real_clock() if when is None else _moment(root, when)
    if not (root / _SITE).exists():  # nobody knows yet which language is spoken here
        speak_as_in(peek(file, _SITE))
    agree = _nothing if sure else _agree
    done = bringing_back.bring_back(
        root, os.environ, file, now, agree, others_are_gone=others_are_gone
    )
    written = written_settings(root, os.environ)
    for line in (*restored_lines(done, _zone(root)), *lines_of_settings(written)):
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


def _confirm(desk: Desk) -> None:
    done, zone = bringing_back.confirm(desk), desk.site.timezone
    for line in confirmed_lines(done, zone):
        click.echo(said(line))
    if not done.is_nothing:
        for line in cares_left(done, status(desk).cares, zone):
            click.echo(said(line))
