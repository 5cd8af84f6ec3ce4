"""A site that is built at each save, and told of: to the terminal, and to the browsers."""

import json
import os
import select
import time
from collections.abc import Callable, Iterable, Iterator

import click

from newsroom.cli.language import said
from newsroom.cli.problems import in_words, print_problems
from newsroom.errors import NewsroomError, OutsideError
from newsroom.jobs.site.build_options import BuildOptions
from newsroom.model import Problem, Severity
from newsroom.model.saying import Saying, say
from newsroom.output.tally import Tally
from newsroom.wiring import Desk, website
from newsroom.workers.companion import Companion

_READ = 1 << 16  # bytes: what a pipe holds
_SHOWN = 10  # problems at once, in the terminal and above a page
_BROKEN_OFF = say("the preview broke off; the lines above say why. Start newsroom preview again")


class LiveSite:
    """One newsroom as a site that follows what is saved."""

    def __init__(
        self,
        desk: Desk,
        options: BuildOptions,
        server: Companion,
        watcher: Companion,
        end_if_asked: Callable[[], None],
    ) -> None:
        """`end_if_asked` raises SystemExit when somebody has asked the preview to end."""
        self._desk = desk
        self._options = options
        self._press = website.press(desk, options)
        self._server = server
        self._saves = _saves(watcher, server, end_if_asked)
        self._told: frozenset[Problem] = frozenset()
        self._notice: dict[str, object] | None = None  # what stands above each page

    def run(self, ready: Callable[[], object]) -> None:
        """Build, and again at each save. Raises OutsideError when a companion breaks off."""
        next(self._saves)  # from now on every save is seen
        self._build(said(say("the whole site")))
        ready()
        self._rehearse()
        for files in self._saves:
            if any(file.split("/")[0] == "templates" for file in files):
                self._desk = self._desk.anew()
                self._press = website.press(self._desk, self._options)
            if len(files) == 1 and self._press.put_first(files[0]):
                self._tell_browsers()
            self._build(_named(files))

    def _build(self, what: str) -> None:
        """A build that fails leaves the site as it was, and says why."""
        started = time.perf_counter()
        try:
            tally = self._press.build()
        except NewsroomError as error:
            fault = said(error.sentence)
            click.echo(fault, err=True)
            self._notice = {"heading": fault, "items": [], "more": ""}
            self._tell_browsers()
            return
        self._notice = _notice(tally.problems)
        self._tell_browsers()
        self._tell_terminal(what, tally, time.perf_counter() - started)

    def _rehearse(self) -> None:
        try:
            self._press.rehearse()
        except NewsroomError:
            return  # it was told of when the site was built

    def _tell_browsers(self) -> None:
        labels = {f"/{address}": words for address, words in self._press.labels().items()}
        told = {"notice": self._notice, "labels": labels}
        try:
            self._server.tell(json.dumps(told, ensure_ascii=False).encode())
        except BrokenPipeError as error:
            raise OutsideError(_BROKEN_OFF) from error

    def _tell_terminal(self, what: str, tally: Tally, seconds: float) -> None:
        """One line, and the problems that were not there before."""
        new = tuple(problem for problem in tally.problems if problem not in self._told)
        self._told = frozenset(tally.problems)
        print_problems(new[:_SHOWN])
        if len(new) > _SHOWN:
            click.echo(said(_more(len(new) - _SHOWN)), err=True)
        line = say(
            "{what}: pages made: {pages}, removed: {removed}, {ms} ms",
            what=what,
            pages=tally.written,
            removed=tally.removed,
            ms=round(1000 * seconds),
        )
        click.echo(said(line))


def _saves(
    watcher: Companion, server: Companion, end_if_asked: Callable[[], None]
) -> Iterator[tuple[str, ...]]:
    """The files of each burst of saves; what came while the last one was built is one burst."""
    poll = select.poll()
    for companion in (watcher, server):
        poll.register(companion.heard, select.POLLIN)
    begun = b""
    while True:
        files, is_whole = set[str](), False
        while not is_whole or poll.poll(0):
            end_if_asked()
            if server.heard in (end for end, _ in poll.poll()):
                raise OutsideError(_BROKEN_OFF)
            if not (come := os.read(watcher.heard, _READ)):
                raise OutsideError(_BROKEN_OFF)
            *lines, begun = (begun + come).split(b"\n")
            files.update(*map(json.loads, lines))
            is_whole = is_whole or bool(lines)
        yield tuple(sorted(files))


def _named(files: tuple[str, ...]) -> str:
    first, *others = files
    if not others:
        return first
    return said(say("{file} and {number} more", file=first, number=len(others)))


def _notice(problems: Iterable[Problem]) -> dict[str, object] | None:
    """What stands above a page: the errors, and nothing when there are none."""
    errors = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if not errors:
        return None
    items = [{"place": error.place, "text": in_words(error)} for error in errors[:_SHOWN]]
    more = said(_more(len(errors) - _SHOWN)) if len(errors) > _SHOWN else ""
    return {"heading": _heading(len(errors)), "items": items, "more": more}


def _heading(number: int) -> str:
    if number == 1:
        return said(say("One thing has to be mended before everything is shown"))
    return said(say("{number} things have to be mended before everything is shown", number=number))


def _more(number: int) -> Saying:
    return say("and {number} more; newsroom check lists them all", number=number)
