"""The house that the newsroom lives in: its folder, its clock, its machine, its misfortunes."""

import shutil
import subprocess
import sys
from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from newsroom.jobs.running.rota import Done
from tests.processes import PATIENCE, environment
from tests.year import doomed
from tests.year.books import Books
from tests.year.clock import Clock, moment, spoken
from tests.year.machine import Machine
from tests.year.passing import Passing
from tests.year.relay import Relay
from tests.year.server import Server

_ODDS = 0.06  # of a restart, each time that the clock goes on


@dataclass
class House:
    """A folder with a machine in it that is on or off."""

    root: Path
    clock: Clock
    relay: Relay
    environ: dict[str, str]
    server: Server | None = None  # of the database; None: it is a file in the folder
    fate: Random | None = None  # what draws the moments at which the machine is started anew
    restarts: int = 0
    passing: Passing = field(init=False)

    def __post_init__(self) -> None:
        self.passing = Passing(self.clock, self.hear, self.look_around, self._meet_fate)

    @abstractmethod
    def hear(self, done: Done) -> None:
        """Is told of each slot that was run."""

    @abstractmethod
    def look_around(self) -> None:
        """Is called after each round."""

    def on(self, when: str) -> None:
        """Let the time pass until then; everything that is due on the way is done."""
        self.passing.until(moment(when))

    def wait(self, **span: float) -> None:
        """Let so much time pass."""
        self.passing.until(self.clock.time + timedelta(**span))

    @property
    def today(self) -> str:
        """The time now, in words."""
        return spoken(self.clock.time)

    @property
    def machine(self) -> Machine:
        """The machine, which must be on."""
        assert self.passing.machine, "the machine is off"
        return self.passing.machine

    @property
    def books(self) -> Books:
        """What stands in the database."""
        return Books(self.machine.desk.database)

    def switch_on(self) -> None:
        """Start the newsroom, and see what is due."""
        assert self.passing.machine is None
        self.passing.machine = Machine(self.root, self.clock, self.environ)
        self.passing.round()

    def switch_off(self) -> None:
        """Stop it as one stops a machine in good order."""
        self.machine.stop()
        self.passing.machine = None

    def loses_its_disk(self) -> None:
        """Nothing is left of folder and database but the backups, which are elsewhere."""
        self.switch_off()
        shutil.rmtree(self.root)
        self.root.mkdir()
        if self.server:
            self.server.loses_its_disk()

    @property
    def last_backup(self) -> Path:
        """The newest of the backups."""
        return max((self.root.parent / "backups").glob("newsroom-*.tar.gz"))

    def is_killed(self, within: timedelta, after_mails: int) -> None:
        """Run in another process, which is ended while the relay takes so many mails of it.

        The machine is off then, and the time is what it was.
        """
        self.switch_off()
        ends = self.clock.time + within
        command = [sys.executable, doomed.__file__, str(self.root)]
        times = [self.clock.time.isoformat(), ends.isoformat()]
        with subprocess.Popen([*command, *times], env=environment(self.environ)) as process:
            self.relay.kills = (process.pid, after_mails)
            assert process.wait(PATIENCE) < 0, "nobody was killed"

    def _meet_fate(self) -> None:
        """Be started anew, now and then, with nothing left but what was written down."""
        if self.fate and self.passing.machine and self.fate.random() < _ODDS:
            self.machine.stop()
            self.passing.machine = Machine(self.root, self.clock, self.environ)
            self.restarts += 1
