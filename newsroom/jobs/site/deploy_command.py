"""Run the operator's own command that brings the site further: rsync, a host's own program."""

import errno
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from newsroom.errors import OutsideError
from newsroom.model.last_words import why_it_said
from newsroom.model.printable import printable
from newsroom.model.refusal import why
from newsroom.model.saying import Saying, say

TIME = 600.0  # seconds: an upload that takes longer hangs
_TAIL = 4096  # bytes of what it said last
_LONGEST = 300  # characters of its last line
_LOGIN = re.compile(r"(?<=://)[^/@\s]+@")  # a password may stand in an address
_GRACE = 5.0  # seconds between asking a program to end and ending it


class Ended(NamedTuple):
    """How a program ended, and what it said last, line by line."""

    status: int
    out: tuple[str, ...]
    err: tuple[str, ...]

    @property
    def said(self) -> Saying:
        """Why, as far as its last words tell, and those words."""
        words = next(iter((*self.err[-1:], *self.out[-1:])), None)
        return say("it said nothing") if words is None else why_it_said(words)


class CommandPlace(Protocol):
    """Where a program runs, and with what."""

    @property
    def root(self) -> Path:
        """The newsroom's folder."""
        ...

    @property
    def environ(self) -> Mapping[str, str]:
        """Its environment."""
        ...


def run_command(command: str, place: CommandPlace, seconds: float = TIME) -> None:
    """Run it in the newsroom's folder, split as a shell would, but by no shell.

    When it takes too long it is ended with whatever it started; what it leaves at work when it ends
    by itself is its own affair. Raises OutsideError with its last words when it fails.
    """
    words = require_command(command, place)
    try:
        ended = run(words, place.root, place.environ, seconds)
    except OSError as error:
        refused = say("{name}: {why}", name=error.filename, why=why(error))
        raise _not_run(command, refused) from error
    except subprocess.TimeoutExpired as error:
        late = say("it took longer than {minutes} minutes", minutes=round(seconds / 60))
        raise _not_run(command, late) from error
    if ended.status != 0:
        raise OutsideError(
            say(
                'deploy: "{target}" ended with {status}: {said}; mend it in site.yaml',
                target=without_login(command),
                status=ended.status,
                said=ended.said,
            )
        )


def require_command(command: str, place: CommandPlace) -> list[str]:
    """The words of a command whose program is there. Raises OutsideError, and runs nothing."""
    try:
        words = shlex.split(command)
    except ValueError as error:  # all that shlex has against a text
        raise _not_run(command, say("a quotation mark is not closed")) from error
    name = next(iter(words), "")
    if not has_program(name, place):
        raise _not_run(command, no_program(name))
    if "/" in name and not os.access(place.root / name, os.X_OK):
        refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)
        raise _not_run(command, say("{name}: {why}", name=name, why=why(refused)))
    return words


def has_program(name: str, place: CommandPlace) -> bool:
    """Whether a program is there where it would be run: by its path from there, or by its name."""
    if "/" in name:
        return (place.root / name).is_file()
    return shutil.which(name, path=place.environ.get("PATH", os.defpath)) is not None


def no_program(name: str) -> Saying:
    """That there is none."""
    return say("there is no program {name} on this machine", name=name or '""')


def run(words: Sequence[str], folder: Path, environ: Mapping[str, str], seconds: float) -> Ended:
    """How a program ended, to which nothing is typed.

    Raises OSError when it cannot be run, subprocess.TimeoutExpired when it takes too long: then it
    and whatever it started have been ended.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(  # noqa: S603 (the operator's own program, without a shell)
            words,
            cwd=folder,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            status = process.wait(seconds)
        except BaseException:
            _end(process)
            raise
        return Ended(status, _lines(out), _lines(err))


def without_login(text: str) -> str:
    """A text in which no address has a name and password."""
    return _LOGIN.sub("…@", text)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and what it started: asked first, so that it can leave things in order."""
    _signal_all(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    _signal_all(process, signal.SIGKILL)
    process.wait()


def _signal_all(process: "subprocess.Popen[bytes]", number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _lines(said: IO[bytes]) -> tuple[str, ...]:
    """The last lines that were said, as far as anybody can read them."""
    size = said.seek(0, os.SEEK_END)
    said.seek(max(0, size - _TAIL))
    lines = said.read().decode("utf-8", "replace").splitlines()
    shown = (printable(line, " ").strip() for line in lines)
    return tuple(without_login(line)[:_LONGEST] for line in shown if line)


def _not_run(command: str, reason: Saying) -> OutsideError:
    return OutsideError(
        say(
            'deploy: "{target}": {why}; mend it in site.yaml',
            target=without_login(command),
            why=reason,
        )
    )
