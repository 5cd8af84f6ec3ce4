"""What the commands share: the desk to work at, the time, and how results are printed."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import click

from newsroom.cli.commands import real_clock
from newsroom.cli.gathering import as_told
from newsroom.cli.language import said
from newsroom.errors import SettingsError
from newsroom.model import Problem, Severity
from newsroom.model.saying import Saying, say
from newsroom.settings import Settings, find_root
from newsroom.wiring import Desk

_R = TypeVar("_R")

PORT = click.IntRange(0, 65535)

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
now_option = click.option(
    "--now", "when", metavar="WHEN", help="Act as if it were this time, such as 2026-12-01T09:00."
)


def open_desk(root: Path | None, when: str | None = None) -> Desk:
    """The desk of the newsroom that `root` names, or of the nearest one upward."""
    folder = root or find_root(Path.cwd())
    if not (folder / "posts").is_dir():
        raise SettingsError(
            say(
                "{folder}: there is no posts/ in it; make one with: newsroom init DIR",
                folder=folder,
            )
        )
    desk = Desk(Settings.from_env(folder.absolute(), os.environ), real_clock)
    return desk if when is None else desk.at(when)


def at_desk(command: Callable[..., _R]) -> Callable[..., _R]:
    """Give a command its desk as the first argument, at the time that `--now` says."""

    @click.pass_context
    @wraps(command)
    def with_desk(context: click.Context, /, *args: Any, **kwargs: Any) -> _R:  # noqa: ANN401
        with closing(open_desk(context.find_root().obj, kwargs.pop("when", None))) as desk:
            return command(desk, *args, **kwargs)

    return with_desk


def stop_on_signals(asked_to_stop: threading.Event) -> None:
    """From now on Ctrl-C and SIGTERM ask politely: what is in hand is finished first."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        asked_to_stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def print_json(value: object) -> None:
    """A result as JSON on stdout: times in UTC with a Z, everything else as it is."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return utc(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def utc(moment: datetime) -> str:
    """A time as the machines read it: 2026-06-02T07:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem with the keys that others may rely on."""
    return {
        "path": str(problem.source),
        "line": problem.line,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": said(problem.message),
        "fix": said(problem.fix),
    }


def print_problems(problems: tuple[Problem, ...]) -> None:
    """Each problem on a line of stderr, as `path:line: message; what to write`.

    Errors come first, then warnings, then notes. A person at a terminal sees a blank line between
    files, and the severities in colour.
    """
    shown = sys.stderr.isatty()
    problems = as_told(problems)
    for before, problem in zip((None, *problems), problems, strict=False):
        if shown and before and before.source != problem.source:
            click.echo(err=True)
        click.echo(f"{place_of(problem)}: {in_words(problem)}{_mark(problem.severity)}", err=True)


def place_of(problem: Problem) -> str:
    """Where a problem is, as terminals and editors open it: `path:line`."""
    return f"{problem.source}:{problem.line}" if problem.line else str(problem.source)


def in_words(problem: Problem) -> str:
    """What is wrong and what to write instead, in the language of the desk."""
    return f"{said(problem.message)}; {said(problem.fix)}"


def _mark(severity: Severity) -> str:
    """What stands behind a problem that is no error."""
    if severity is Severity.ERROR:
        return ""
    word = said(say("warning") if severity is Severity.WARNING else say("note"))
    return click.style(f" [{word}]", fg="yellow" if severity is Severity.WARNING else "cyan")


def severities(problems: tuple[Problem, ...]) -> str:
    """How many problems there are of each severity: `1 error, 2 warnings, 0 notes`."""
    told = as_told(problems)
    errors, warnings, notes = (
        sum(problem.severity is severity for problem in told) for severity in Severity
    )
    words = (
        counted(errors, say("1 error"), say("{number} errors", number=errors)),
        counted(warnings, say("1 warning"), say("{number} warnings", number=warnings)),
        counted(notes, say("1 note"), say("{number} notes", number=notes)),
    )
    return ", ".join(said(word) for word in words)


def counted(number: int, one: Saying, more: Saying) -> Saying:
    """A number of things: `1 post`, `2 posts`."""
    return one if number == 1 else more


def has_errors(problems: tuple[Problem, ...]) -> bool:
    """Whether any problem is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
