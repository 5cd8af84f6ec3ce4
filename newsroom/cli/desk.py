"""What the commands share: the desk to work at, the time, and the options they have alike."""

import os
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import click

from newsroom.cli.commands import real_clock
from newsroom.errors import SettingsError
from newsroom.model.saying import say
from newsroom.settings import Settings, find_root
from newsroom.wiring import Desk, keeping

_R = TypeVar("_R")

PORT = click.IntRange(0, 65535)

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
now_option = click.option(
    "--now", "when", metavar="WHEN", help="Act as if it were this time, such as 2026-12-01T09:00."
)


def open_desk(root: Path | None, when: str | None = None, *, only_looks: bool = False) -> Desk:
    """The desk of the newsroom that `root` names, or of the nearest one upward."""
    folder = newsroom_folder(root, ("posts",))
    keeping.clear_up(folder)
    settings = Settings.from_env(folder.absolute(), os.environ)
    desk = Desk(settings, real_clock, only_looks=only_looks)
    return desk if when is None else desk.at(when)


def newsroom_folder(root: Path | None, signs: Iterable[str]) -> Path:
    """The folder that `root` names, when one of its signs is in it, or the nearest one upward."""
    folder = root or find_root(Path.cwd())
    if not any((folder / sign).is_dir() for sign in signs):
        raise SettingsError(
            say(
                "{folder}: there is no posts/ in it; make one with: newsroom init DIR",
                folder=folder,
            )
        )
    return folder


def at_desk(command: Callable[..., _R]) -> Callable[..., _R]:
    """Give a command its desk as the first argument, at the time that `--now` says."""
    return _given(command, only_looks=False)


def at_glance(command: Callable[..., _R]) -> Callable[..., _R]:
    """The same for a command that may be run beside a bot of an earlier version."""
    return _given(command, only_looks=True)


def _given(command: Callable[..., _R], *, only_looks: bool) -> Callable[..., _R]:
    @click.pass_context
    @wraps(command)
    def with_desk(context: click.Context, /, *args: Any, **kwargs: Any) -> _R:  # noqa: ANN401
        root, when = context.find_root().obj, kwargs.pop("when", None)
        with closing(open_desk(root, when, only_looks=only_looks)) as desk:
            return command(desk, *args, **kwargs)

    return with_desk


def stop_on_signals(asked_to_stop: threading.Event) -> None:
    """From now on Ctrl-C and SIGTERM ask politely: what is in hand is finished first."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
