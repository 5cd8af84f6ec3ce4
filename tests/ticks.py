"""The clock of the disk, which ticks more seldom than files are written."""

from itertools import count
from pathlib import Path


def next_tick(folder: Path) -> None:
    """Return when what is written from now on has a later time than what was written before.

    The kernel stamps files with a clock that moves every few milliseconds; two writes between two
    of its ticks look like one.
    """
    times = set[int]()
    for number in count():
        scratch = folder / f"tick-{number}"
        scratch.touch()
        times.add(scratch.stat().st_ctime_ns)
        scratch.unlink()
        if len(times) == 2:
            return
