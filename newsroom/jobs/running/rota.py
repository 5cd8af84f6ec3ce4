"""The rota: what a process does at which slots, and what comes of one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine

from newsroom.database.job_runs import LEASE
from newsroom.jobs.running.hands import Hands
from newsroom.model import Schedule, Slot


@dataclass(frozen=True, slots=True)
class Idle:
    """What there is to say of a job that found nothing to do: for the ledger, and no news."""

    note: str


@dataclass(frozen=True, slots=True)
class Held:
    """Why a job left undone what it was to do, where that is no fault: nobody said yes, say."""

    note: str


Verb = Callable[[Slot], str | Idle | Held]  # does the job; gives one line about what it did


@dataclass(frozen=True, slots=True)
class Rota:
    """What a process does at which slots. A job without a verb is not this process's to run."""

    schedule: Schedule
    verbs: Mapping[str, Verb]  # by the job's name
    database: Engine
    who: str  # this process, as the ledger names it
    clock: Callable[[], datetime]
    language: str = "en"  # of the desk
    hands: Hands | None = None  # of this machine; None: leases alone decide
    shared_clock: Callable[[], datetime] | None = None  # that leases go by, on every machine
    renew_every: timedelta = LEASE.renew_every
    # When a job is due beside its slots, by its name: the time of the next post, say.
    moments: Mapping[str, Callable[[], datetime | None]] = field(default_factory=dict)
    # What is done at a slot that is too late to be run, by the job's name: it gets by how much it
    # is late, and gives None, or what has come of the slot all the same.
    missed: Mapping[str, Callable[[Slot, str], str | Idle | Held | None]] = field(
        default_factory=dict
    )

    def lease_time(self) -> datetime:
        """The time that leases go by."""
        return (self.shared_clock or self.clock)()


@dataclass(frozen=True, slots=True)
class Done:
    """One slot that was run, or was too late to be run."""

    slot: Slot
    state: str  # done, held, failed, late
    note: str
    idle: bool = False  # there was nothing to do
    in_ledger: bool = True  # else nobody sees it but who is told of it now
