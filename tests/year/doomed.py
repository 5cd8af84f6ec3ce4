"""A newsroom in a process of its own, so that it can be killed while it sends.

    python doomed.py ROOT FROM UNTIL

It lives from one moment to another, given in ISO 8601, by a clock of its own; its settings are in
its environment, as they always are.
"""

import os
import sys
from datetime import datetime
from pathlib import Path

from newsroom.jobs.running.rota import Done
from tests.year.clock import Clock
from tests.year.machine import Machine
from tests.year.passing import Passing
from tests.year.server import server_of


def main(root: Path, begins: datetime, ends: datetime) -> None:
    """Live, until somebody puts an end to it."""
    server = server_of(os.environ)
    clock = Clock(begins, server.show) if server else Clock(begins)
    machine = Machine(root, clock, os.environ)
    passing = Passing(clock, _say_nothing, lambda: None, machine=machine)
    passing.round()
    passing.until(ends)


def _say_nothing(_done: Done) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(datetime.fromisoformat, sys.argv[2:]))
