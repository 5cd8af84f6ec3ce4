"""Do what is due: each slot once, whoever asks, however late.

The ledger of slots is `job_run`. A job that has never been seen begins now, so that a new line in
schedule.yaml does not replay the past; after an outage only the latest slot of each job is run,
since one run does all that has come since the last. A job is in one pair of hands at a time: no
slot of it is begun while another is at work.

A slot that failed is tried again, and so is one whose process died over it: every verb may be run
twice without harm. Whoever has a slot renews its lease; when the lease has ended, or the lock of
its process on this machine is free, the next to look takes the slot over, and what the first one
may still write of it no longer counts.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from newsroom.database.connection import reading, transaction
from newsroom.database.job_runs import (
    LEASE,
    JobRun,
    claim_again,
    claim_slot,
    finish_slot,
    last_run,
    renew,
    take_turn,
)
from newsroom.errors import NewsroomError
from newsroom.jobs.hands import Hands
from newsroom.jobs.persistence import persistence_of
from newsroom.jobs.trouble import tell_of
from newsroom.model import Schedule, ScheduledJob, Slot
from newsroom.model.saying import Saying, joined, say
from newsroom.schedule.slots import due_slots

log = logging.getLogger(__name__)

_HOURS_IN_WORDS = 48  # more of them are days
_ON_TIME = timedelta(minutes=5)  # cron may look no more often than that


@dataclass(frozen=True, slots=True)
class Idle:
    """What there is to say of a job that found nothing to do: for the ledger, and no news."""

    note: str


@dataclass(frozen=True, slots=True)
class Held:
    """Why a job left undone what it was to do, where that is no fault: nobody said yes, say."""

    note: str


@dataclass(frozen=True, slots=True)
class _Missed:
    """That a slot was too late to be run."""

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
    renew_every: timedelta = LEASE / 5
    # When a job is due beside its slots, by its name: the time of the next post, say.
    moments: Mapping[str, Callable[[], datetime | None]] = field(default_factory=dict)
    # Who is told of a slot that is too late to be run, and by how much, by the job's name.
    missed: Mapping[str, Callable[[Slot, str], object]] = field(default_factory=dict)

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


def tick(
    rota: Rota, now: datetime, is_over: Callable[[], bool] = lambda: False
) -> tuple[Done, ...]:
    """Run what is due at `now` and give what came of it, in the order of the slots.

    When somebody has asked to stop, no further slot is begun; whoever looks next finds it due.
    """
    due = [
        found
        for job in rota.schedule.jobs
        if job.name in rota.verbs and (found := _find_due(rota, job, now))
    ]
    in_order = sorted(due, key=lambda found: found.slot)
    return tuple(done for found in in_order if not is_over() and (done := _run(rota, found)))


@dataclass(frozen=True, slots=True)
class _Due:
    """A slot to run, for the first time or again."""

    slot: Slot
    job: ScheduledJob
    last: JobRun  # the job's last on record

    def is_late(self, now: datetime) -> bool:
        """Whether it is later than the job may be."""
        return self.job.within is not None and now - self.slot.due > self.job.within


def _find_due(rota: Rota, job: ScheduledJob, now: datetime) -> _Due | None:
    """The job's latest slot since the last on record, or that one to be tried again, or None."""
    with reading(rota.database) as connection:
        last = last_run(connection, job.name, now)
    if last is None:
        with transaction(rota.database) as connection:
            claim_slot(connection, JobRun(job.name, now, "first", now, claimed_by=rota.who))
        return None
    if _is_at_work(rota, last):
        return None
    if latest := _latest_due(rota, job, last.due, now):
        return _Due(Slot(latest, job.name), job, last)
    return _Due(last.slot, job, last) if _is_open(last, now) else None


def _is_at_work(rota: Rota, last: JobRun) -> bool:
    """Whether somebody else may have the job in hand; of this machine its lock will tell."""
    if rota.hands and rota.hands.claimed(last.claimed_by):
        return False
    return last.is_in_hand(rota.lease_time())


def _latest_due(rota: Rota, job: ScheduledJob, since: datetime, now: datetime) -> datetime | None:
    """The last moment after `since` at which the job fell due."""
    slots = due_slots(replace(rota.schedule, jobs=(job,)), since, now)
    moment = rota.moments[job.name]() if job.name in rota.moments else None
    between = [moment] if moment is not None and since < moment <= now else []
    return max((*between, *(slot.due for slot in slots[-1:])), default=None)


def _is_open(last: JobRun, now: datetime) -> bool:
    """Whether a run was cut short, or failed and is to be tried again by now."""
    if last.state == "running":
        return True
    return last.state == "failed" and (last.next_at is None or last.next_at <= now)


def _run(rota: Rota, due: _Due) -> Done | None:
    """Claim a slot and run it; None when it is in other hands.

    It begins when its turn comes, which may be long after the tick.
    """
    with _in_hand(rota, due.slot.job) as is_ours:
        claimed = _claim(rota, due) if is_ours else None
        if claimed is None:
            return None
        with _kept(rota, claimed):
            if due.is_late(claimed.started):
                done = _attempt(due.slot, partial(_miss, rota, claimed.started))
            else:
                done = _attempt(due.slot, rota.verbs[due.slot.job])
                done = _with_delay(done, claimed.started)
        _write_down(rota, claimed, done)
    return done


@contextmanager
def _in_hand(rota: Rota, job: str) -> Iterator[bool]:
    """Whether no process of this machine but ours has the job in hand, until the context ends."""
    if rota.hands is None:
        yield True
        return
    with rota.hands.take(job) as is_ours:
        yield is_ours


def _claim(rota: Rota, due: _Due) -> JobRun | None:
    """The run, in our hands; None when somebody has touched the job since we looked."""
    started, last = rota.clock(), due.last
    failures, since = _failing(last)
    run = JobRun(
        due.slot.job,
        due.slot.due,
        "running",
        started,
        claimed_by=rota.who,
        attempt=last.attempt + 1 if due.slot == last.slot else 1,
        lease_until=rota.lease_time() + LEASE,
        failures=failures,
        failing_since=since,
    )
    with transaction(rota.database) as connection:
        take_turn(connection)
        if last_run(connection, run.job, max(started, due.slot.due)) != last:
            return None
        is_ours = claim_again if due.slot == last.slot else claim_slot
        return run if is_ours(connection, run) else None


def _failing(last: JobRun) -> tuple[int, datetime | None]:
    """How often a job has failed without being well, and since when; a death is a failure."""
    if last.state == "running":
        return last.failures + 1, last.failing_since or last.started
    return last.failures, last.failing_since


@contextmanager
def _kept(rota: Rota, run: JobRun) -> Iterator[None]:
    """Renew the lease of a run for as long as the context lasts."""
    is_over = Event()
    keeper = Thread(target=_keep, args=(rota, run, is_over), name=f"lease of {run.job}")
    keeper.start()
    try:
        yield
    finally:
        is_over.set()
        keeper.join()


def _keep(rota: Rota, run: JobRun, is_over: Event) -> None:
    while not is_over.wait(rota.renew_every.total_seconds()):
        try:
            with transaction(rota.database) as connection:
                if not renew(connection, run, rota.lease_time() + LEASE):
                    return  # its end is not that slot's any more, and says so in the log
        except SQLAlchemyError as error:  # the next look may find the database again
            log.warning("%s: %s", run.job, type(error).__name__)


def _write_down(rota: Rota, claimed: JobRun, done: Done) -> None:
    """Write how a run went, and leave word of it where somebody has to know: in one commit."""
    now = rota.clock()
    ended = replace(claimed, state=done.state, note=done.note)
    if done.state == "failed":
        failures = claimed.failures + 1
        wait = persistence_of(claimed.job).wait(failures)
        since = claimed.failing_since or claimed.started
        ended = replace(ended, failures=failures, failing_since=since, next_at=now + wait)
    elif done.state != "late":
        ended = replace(ended, failures=0, failing_since=None)
    with transaction(rota.database) as connection:
        if finish_slot(connection, ended, now):
            tell_of(connection, claimed, ended, rota.schedule, rota.language, now)
        else:
            log.warning("%s took so long that another process has begun it again", claimed.job)


def _miss(rota: Rota, now: datetime, slot: Slot) -> _Missed:
    """Say that a slot is too late to be run, and tell whoever waits for it."""
    delay = _in_words(now - slot.due)
    if slot.job in rota.missed:
        rota.missed[slot.job](slot, delay)
    return _Missed(
        say(
            "{delay} late, so it was not run; run the command by hand if it still should",
            delay=delay,
        )
    )


def _with_delay(done: Done, started: datetime) -> Done:
    """What was done, and by how much it was late when nobody was there at its time."""
    delay = started - done.slot.due
    if delay <= _ON_TIME or done.state == "failed":
        return done
    late = say("ran late by {delay}", delay=_in_words(delay))
    return replace(done, note=joined("; ", (done.note, late)))


def _in_words(delay: timedelta) -> Saying:
    """About how long that is: days and hours, hours and minutes, or minutes."""
    hours, minutes = divmod(delay // timedelta(minutes=1), 60)
    if hours >= _HOURS_IN_WORDS:
        return say("{days} days {hours} h", days=hours // 24, hours=hours % 24)
    if not hours:
        return say("{minutes} min", minutes=minutes)
    if not minutes:
        return say("{hours} h", hours=hours)
    return say("{hours} h {minutes} min", hours=hours, minutes=minutes)


def _attempt(slot: Slot, verb: Callable[[Slot], str | Idle | Held | _Missed]) -> Done:
    """Run a verb. A failure is recorded, and never stops the other jobs."""
    try:
        told = verb(slot)
    except NewsroomError as error:
        return Done(slot, "failed", error.sentence)
    except Exception as error:
        log.exception("%s failed", slot.job)
        return Done(slot, "failed", f"{type(error).__name__}: {error}")
    match told:
        case Idle():
            return Done(slot, "done", told.note, idle=True)
        case Held():
            return Done(slot, "held", told.note)
        case _Missed():
            return Done(slot, "late", told.note)
        case _:
            return Done(slot, "done", told)
