"""Jobs with slots, verbs that remember or fail, and a process that looks at them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from newsroom.database.job_runs import LEASE, JobRun
from newsroom.errors import OutsideError
from newsroom.jobs.running.rota import Done, Rota, Verb
from newsroom.jobs.running.tick import tick
from newsroom.model import Daily, Every, Schedule, ScheduledJob, Slot, Yearly
from newsroom.model.saying import say

FAR = datetime(2100, 1, 1, tzinfo=UTC)
START = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
BACKUP = ScheduledJob("backup", Daily(time(9)), within=timedelta(hours=6))
PUBLISH = ScheduledJob("publish", Every(timedelta(minutes=5)))
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class Diary:
    """A verb that remembers which slots it was given."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []

    def __call__(self, slot: Slot) -> str:
        self.slots.append(slot)
        return "done it"


def rota(database: Engine, verbs: Mapping[str, Verb], who: str = "one") -> Rota:
    """A rota in Stockholm with both jobs on its schedule."""
    schedule = Schedule(ZoneInfo("Europe/Stockholm"), (BACKUP, PUBLISH))
    return Rota(schedule, verbs, database, who, lambda: FAR)


def running(job: str, due: datetime) -> JobRun:
    """A slot that somebody has just begun."""
    return JobRun(job, due, "running", due, claimed_by="one", lease_until=due + LEASE.length)


def look(rota: Rota, now: datetime) -> tuple[Done, ...]:
    """A tick by a clock that stands still."""
    return tick(replace(rota, clock=lambda: now), now)


class Weather:
    """A verb that fails for as long as a test wants."""

    def __init__(self) -> None:
        self.is_bad = True
        self.tried: list[datetime] = []

    def __call__(self, slot: Slot) -> str:
        self.tried.append(slot.due)
        if self.is_bad:
            raise OutsideError(say("the disk is full"))
        return "done it"


def minutes_of(found: list[tuple[datetime, tuple[Done, ...]]], since: datetime) -> list[int]:
    """When something was run, in minutes since a moment."""
    return [(moment - since) // MINUTE for moment, done in found if done]


def watch(rota: Rota, since: datetime, until: datetime) -> list[tuple[datetime, tuple[Done, ...]]]:
    """A tick each minute, and what came of it."""
    moments = [since + n * MINUTE for n in range((until - since) // MINUTE + 1)]
    return [(moment, look(rota, moment)) for moment in moments]


def die(_slot: Slot) -> str:
    """A verb that takes its process with it: nothing after it is reached."""
    raise KeyboardInterrupt


def deaths(rota: Rota, since: datetime, until: datetime) -> list[int]:
    """Look each half minute; the minutes after `since` at which a process died over it."""
    died = []
    for halves in range((until - since) // (30 * SECOND) + 1):
        try:
            look(rota, since + halves * 30 * SECOND)
        except KeyboardInterrupt:
            died.append(halves // 2)
    return died


SENDING = ScheduledJob("newsletter.var.send", Yearly(6, time(9), day=1), within=6 * HOUR)
