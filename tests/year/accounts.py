"""The accounts at the end of the year: every slot, every copy, and nothing of who was erased."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from newsroom.model import Slot
from newsroom.schedule import due_slots
from tests.year.year import Year


def slots_that_ran(year: Year) -> Counter[Slot]:
    """How often each slot was run, or told to be too late."""
    return Counter(done.slot for _, done in year.ran)


def slots_to_run(year: Year) -> set[Slot]:
    """What had to run: of each job, the latest slot that had come since the machine looked last.

    In a machine that is on that is every slot; after an outage one run does for all that was
    slept through.
    """
    schedule, _ = year.machine.desk.schedule()
    rounds, latest = year.passing.rounds, set[Slot]()
    for since, now in pairwise(rounds):
        last = {slot.job: slot for slot in due_slots(schedule, since, now)}
        latest |= set(last.values())
    return latest


def files_that_name(root: Path, email: str) -> list[str]:
    """The files of the newsroom that have somebody's address in them, as it is or in capitals."""
    return sorted(str(path.relative_to(root)) for path in _files(root) if _names(path, email))


def _files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file())


def _names(path: Path, email: str) -> bool:
    return email.encode() in path.read_bytes().lower()
