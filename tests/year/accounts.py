"""The accounts at the end of the year: every slot, every copy, and nothing of who was erased."""

import gzip
from collections import Counter
from pathlib import Path

from newsroom.model import Slot
from newsroom.schedule import due_slots
from tests.year.year import Year


def slots_that_ran(year: Year) -> Counter[Slot]:
    """How often each slot was run, or told to be too late."""
    return Counter(done.slot for _, done in year.ran)


def slots_to_run(year: Year) -> Counter[Slot]:
    """What had to run: of each job, the latest slot since the machine looked last.

    In a machine that is on that is every slot; after an outage one run does for all that was
    slept through. What was run between a backup and the end of a disk is not remembered, and so
    counts as slept through.
    """
    schedule = year.machine.schedule
    slots = Counter[Slot]()
    for since, now in year.passing.rounds:
        slots.update({slot.job: slot for slot in due_slots(schedule, since, now)}.values())
    return slots


def files_that_name(folder: Path, email: str) -> list[str]:
    """The files below a folder that have somebody's address in them; backups are looked into."""
    return sorted(str(path) for path in folder.rglob("*") if path.is_file() and _has(path, email))


def _has(path: Path, email: str) -> bool:
    raw = path.read_bytes()
    return email.encode() in (gzip.decompress(raw) if path.suffix == ".gz" else raw).lower()
