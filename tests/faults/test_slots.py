"""Real processes that share a schedule, killed and stopped over it, while the clock jumps.

In short form with the other tests; the long one is
`SLOTS=500 pytest --timeout=0 tests/faults/test_slots.py`.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Row, select

from newsroom.database import reading
from newsroom.database.tables import job_run
from newsroom.whole_file import write
from tests.processes import PATIENCE, environment

pytestmark = pytest.mark.slow

SLOTS = int(os.environ.get("SLOTS", "12"))
START = datetime(2026, 3, 28, 12, 30, tzinfo=UTC)  # the clocks change during the next night
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
_TICKER = Path(__file__).parent / "ticker.py"


@dataclass
class Watch:
    """Some processes that look at one clock, and what they have written down."""

    database: Engine
    folder: Path
    running: dict[int, tuple[subprocess.Popen[str], str]] = field(default_factory=dict)
    struck: list[int] = field(default_factory=list)  # killed or stopped while at work
    asleep: set[int] = field(default_factory=set)

    def set_clock(self, now: datetime) -> None:
        """Let everybody's clock say this."""
        write(self.folder / "clock", now.isoformat().encode("ascii"), lasting=False)

    def have_all_looked(self) -> bool:
        """Whether everybody who is awake has looked at the clock as it is, and is through."""
        now = (self.folder / "clock").read_text(encoding="ascii")
        awake = (self.folder / f"looked.{pid}" for pid in self.running.keys() - self.asleep)
        return all(looked.read_text(encoding="ascii") == now for looked in awake)

    def start(self, place: str) -> None:
        """Have one more process look at the clock, whose locks lie in a folder of that name."""
        url = self.database.url.render_as_string(hide_password=False)
        process = subprocess.Popen(
            [sys.executable, str(_TICKER), url, str(self.folder), place],
            env=environment({}),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        self.running[process.pid] = process, place

    def lines(self) -> list[tuple[str, str, int]]:
        """What was begun and ended, in that order: the word, the slot, the process."""
        text = (self.folder / "journal").read_text(encoding="ascii")
        return [(word, slot, int(pid)) for word, slot, pid in map(str.split, text.splitlines())]

    def at_work(self) -> int | None:
        """The process that has begun something and not ended it, awake and alive."""
        awake = self.running.keys() - self.asleep
        words = self.last_words().items()
        return next((pid for pid, word in words if word == "begin" and pid in awake), None)

    def last_words(self) -> dict[int, str]:
        """What each process has written down last."""
        return {pid: word for word, _, pid in self.lines()}

    def wait_for(self, slot: datetime, now: datetime, step: timedelta) -> None:
        """Return when a slot is done; while it is in no living hands the clock goes on by `step`.

        It waits for whoever is slow to look, as a real clock would: else a lease, which is five
        minutes long, could be over before its holder has had any time at all.
        """
        end = time.monotonic() + PATIENCE
        while (row := self.row_of(slot)) is None or row.state != "done":
            assert time.monotonic() < end, f"{slot} was never done"
            time.sleep(0.02)
            holder = int(row.claimed_by.rpartition(":")[2]) if row else None
            nobody = holder in self.asleep or holder not in self.running
            if nobody and self.have_all_looked():
                now += step
                self.set_clock(now)

    def row_of(self, slot: datetime) -> Row[Any] | None:
        """What the ledger says of a slot."""
        with reading(self.database) as connection:
            return connection.execute(select(job_run).where(job_run.c.due == slot)).one_or_none()

    def strike(self, how: str) -> None:
        """Kill or stop whoever is at work just now, if anybody is."""
        end = time.monotonic() + 0.5
        while (pid := self.at_work()) is None and time.monotonic() < end:
            time.sleep(0.001)
        if pid is None:
            return
        process, place = self.running[pid]
        self.struck.append(pid)
        if how == "kill":
            process.kill()
            process.communicate()
            del self.running[pid]
            self.start(place)
        else:
            process.send_signal(signal.SIGSTOP)
            os.waitpid(pid, os.WUNTRACED)  # until it stands still
            self.asleep.add(pid)
            if self.last_words()[pid] != "begin":  # it may be within a transaction by now
                self.wake_all()

    def wake_all(self) -> None:
        """Let those go on that were stopped."""
        for pid in self.asleep:
            self.running[pid][0].send_signal(signal.SIGCONT)
        self.asleep.clear()


@contextmanager
def watch(database: Engine, folder: Path, *places: str) -> Iterator[Watch]:
    """A process for each place, as long as the context lasts."""
    found = Watch(database, folder)
    found.set_clock(START)
    try:
        for place in places:
            found.start(place)
        yield found
    finally:
        for process, _ in found.running.values():
            process.kill()
            process.communicate()


def drive(found: Watch, step: timedelta, *, stops: bool) -> list[str]:
    """Go through the slots hour by hour, with something happening at each; give their names."""
    slots = [START.replace(minute=0) + (n + 1) * HOUR for n in range(SLOTS)]
    for number, slot in enumerate(slots):
        found.set_clock(slot)
        match number % 4:
            case 1:
                found.strike("kill")
            case 2 if stops:
                found.strike("stop")
            case 3:  # a clock that is an hour ahead for a moment, and then an hour behind
                found.wait_for(slot, slot, timedelta(0))
                found.set_clock(slot - HOUR)
                time.sleep(0.05)
        found.wait_for(slot, slot, step)
        found.wake_all()
    return [f"{slot:%dT%H:%M}" for slot in slots]


def test_one_machine(database: Engine, tmp_path: Path) -> None:
    """Two processes in one folder run each slot once; who is killed is followed after a wait.

    One that is stopped keeps what it has in hand: nobody begins it a second time beside it.
    """
    with watch(database, tmp_path, "here", "here") as found:
        slots = drive(found, MINUTE / 6, stops=False)
        last = START.replace(minute=0) + (SLOTS + 1) * HOUR
        found.set_clock(last)
        found.strike("stop")
        found.set_clock(last + HOUR / 2)  # the lease has ended
        time.sleep(0.2)
        while_asleep = found.lines()
        found.wake_all()
        found.wait_for(last, last, timedelta(0))
        lines = found.lines()

    begun = Counter(slot for word, slot, _ in lines if word == "begin")
    assert [slot for slot in slots if not begun[slot]] == []
    assert sum(begun[slot] - 1 for slot in slots) <= len(found.struck)
    assert nobody_was_interrupted(lines, set(found.struck))
    begun_asleep = [slot for word, slot, _ in while_asleep if word == "begin"]
    assert begun_asleep.count(f"{last:%dT%H:%M}") <= 1


def test_several_machines(postgres_database: Engine, tmp_path: Path) -> None:
    """Machines that share nothing but the database run each slot once.

    What a killed or sleeping one leaves is another's when its lease has ended, and what the
    sleeper still does when it wakes no longer counts.
    """
    with watch(postgres_database, tmp_path, "first", "second") as found:
        slots = drive(found, MINUTE, stops=True)
        lines = found.lines()

    begun = Counter(slot for word, slot, _ in lines if word == "begin")
    with reading(postgres_database) as connection:
        rows = connection.execute(select(job_run).where(job_run.c.state != "first")).all()
    assert [slot for slot in slots if not begun[slot]] == []
    assert sum(begun[slot] - 1 for slot in slots) <= len(found.struck)
    assert {row.state for row in rows if f"{row.due:%dT%H:%M}" in slots} == {"done"}
    assert all(begun[f"{row.due:%dT%H:%M}"] == row.attempt for row in rows)


def nobody_was_interrupted(lines: list[tuple[str, str, int]], struck: set[int]) -> bool:
    """Whether nothing was begun while somebody who lived was at work."""
    at_work: set[int] = set()
    for word, _, pid in lines:
        if word == "begin":
            if at_work - struck:
                return False
            at_work.add(pid)
        else:
            at_work.discard(pid)
    return True
