"""How far an issue has come, told while `issue send` waits for it."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from newsroom.cli.language import said
from newsroom.model.delivery import Counts
from newsroom.model.saying import Saying, say

_NARROWEST = 40  # columns; what does not tell its width has that of a window
_USUAL = 80


@dataclass(slots=True)
class Progress:
    """Tells a person in one line that is written over, and a file once when the first mail goes."""

    clock: Callable[[], datetime]
    zone: ZoneInfo
    told: bool = False

    def __call__(self, tally: Counts) -> None:
        """Tell of the ledger as it is now."""
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{self._line(tally)}", err=True, nl=False)
        elif not self.told:
            self.told = True
            if (first := self._first_mail(tally)) is not None:
                click.echo(said(first), err=True)

    def _line(self, tally: Counts) -> str:
        """The line, cut to the window: one that wraps cannot be written over."""
        from newsroom.jobs.issue.progress_line import progress_line

        return fitted(said(progress_line(tally, self._now())), _columns())

    def _first_mail(self, tally: Counts) -> Saying | None:
        now = self._now()
        if tally.send_after is None or not tally.may_be_undone(now):
            return None
        return say(
            "the first mail leaves at {at:%H:%M}; until then: {command}",
            at=tally.send_after.astimezone(now.tzinfo),
            command=f"newsroom issue undo {tally.issue} --by …",
        )

    def _now(self) -> datetime:
        return self.clock().astimezone(self.zone)


def fitted(line: str, columns: int) -> str:
    """A line that leaves the last column of a window free."""
    room = max(columns, _NARROWEST) - 1
    return line if len(line) <= room else f"{line[: room - 1]}…"


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL
    except OSError:
        return _USUAL
