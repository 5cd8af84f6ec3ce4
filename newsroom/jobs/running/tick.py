"""Do what is due: each slot once, whoever asks, however late.

The ledger of slots is `job_run`. A job that has never been seen begins now, so that a new line in
schedule.yaml does not replay the past; after an outage only the latest slot of each job is run,
since one run does all that has come since the last. A job is in one pair of hands at a time: no
slot of it is begun while another is at work.

A slot that failed is tried again, and so is one whose process died over it: every verb may be run
twice without harm. Whoever has a slot renews its lease; when the lease has ended, or the lock of
its process on this machine is free, the next to look takes the slot over, and what the first one
may still write of it no longer counts. A death is a failure and is waited after as one: what kills
its process leaves the others time to run, and somebody to tell of it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from newsroom.database.connection import reading, transaction
from newsroom.database.job_runs import FIRST, JobRun, claim_slot, last_run
from newsroom.errors import NewsroomError
from newsroom.jobs.running.again import died_lately, is_open
from newsroom.jobs.running.delay import in_words
from newsroom.jobs.running.job_words import command_of
from newsroom.jobs.running.rota import Done, Held, Idle, Rota
from newsroom.jobs.running.run_in_hand import claim, in_hand, kept, write_down
from newsroom.model import ScheduledJob, Slot
from newsroom.model.refusal import why
from newsroom.model.saying import joined, say
from newsroom.schedule.slots import latest_due

log = logging.getLogger(__name__)

_ON_TIME = timedelta(minutes=5)  # cron may look no more often than that


def tick(
    rota: Rota, now: datetime, is_over: Callable[[], bool] = lambda: False
) -> tuple[Done, ...]:
    """Run what is due at `now` and give what came of it, in the order of the slots.

    When somebody has asked to stop, no further slot is begun; whoever looks next finds it due.
    One job's trouble holds no other up, before its verb is called as well as in it.
    """
    jobs = [job for job in rota.schedule.jobs if job.name in rota.verbs]
    moments, in_the_dark = _moments_of(rota, jobs, now)
    due = (_find_due(rota, job, moments.get(job.name), now) for job in jobs)
    in_order = sorted(filter(None, due), key=lambda found: found.slot)
    ran = (_run(rota, found) for found in in_order if not is_over())
    return (*in_the_dark, *filter(None, ran))


def run_at_once(rota: Rota, job: str, now: datetime) -> Done | None:
    """Run a job that has no slot now, as if it had; None when it is in other hands.

    One that killed its process a short time ago waits its time, as at any look.
    """
    last = _last_of(rota, job, now)
    if _is_at_work(rota, last) or died_lately(last, now):
        return None
    return _run(rota, _Due(Slot(now, job), None, last))


def _moments_of(
    rota: Rota, jobs: Iterable[ScheduledJob], now: datetime
) -> tuple[Mapping[str, datetime], tuple[Done, ...]]:
    """When jobs are due beside their slots, and of which nobody can say: they keep to their slots.

    That they fail at it stands in no ledger, where it would end with their next slot.
    """
    moments, in_the_dark = dict[str, datetime](), list[Done]()
    for job in jobs:
        try:
            if moment := rota.moments.get(job.name, _never)():
                moments[job.name] = moment
        except Exception as error:
            log.exception("%s: its next moment", job.name)
            note = say(
                "when it is due between its times is not known now: {reason}",
                reason=_reason(error),
            )
            in_the_dark.append(Done(Slot(now, job.name), "failed", note, in_ledger=False))
    return moments, tuple(in_the_dark)


def _never() -> None:
    """The moment of a job that has none beside its slots."""


def _reason(error: Exception) -> str:
    """Why something was not done, in words that somebody can act on."""
    match error:
        case NewsroomError():
            return error.sentence
        case OSError(filename=str() as name):
            return say("{name}: {why}", name=name, why=why(error))
        case OSError():
            return why(error)
    return f"{type(error).__name__}: {error}"


@dataclass(frozen=True, slots=True)
class _Due:
    """A slot to run, for the first time or again."""

    slot: Slot
    within: timedelta | None  # later than this it is not run
    last: JobRun  # the job's last on record

    def is_late(self, now: datetime) -> bool:
        """Whether it is later than the job may be."""
        return self.within is not None and now - self.slot.due > self.within


def _find_due(rota: Rota, job: ScheduledJob, moment: datetime | None, now: datetime) -> _Due | None:
    """The job's latest slot since the last on record, or that one to be tried again, or None."""
    last = _last_of(rota, job.name, now)
    if _is_at_work(rota, last) or died_lately(last, now):
        return None
    slot = latest_due(job.rule, rota.schedule.timezone, last.due, now)
    between = moment if moment and last.due < moment <= now else None
    if latest := max(filter(None, (slot, between)), default=None):
        return _Due(Slot(latest, job.name), job.within, last)
    return _Due(last.slot, job.within, last) if is_open(last, now) else None


def _last_of(rota: Rota, job: str, now: datetime) -> JobRun:
    """The job's last run on record; of one that was never seen, that it is known from now on."""
    with reading(rota.database) as connection:
        last = last_run(connection, job, now)
    if last is None:
        last = JobRun(job, now, FIRST, now, claimed_by=rota.who)
        with transaction(rota.database) as connection:
            claim_slot(connection, last)
    return last


def _is_at_work(rota: Rota, last: JobRun) -> bool:
    """Whether somebody else may have the job in hand; of this machine its lock will tell."""
    if rota.hands and rota.hands.claimed(last.claimed_by):
        return False
    return last.is_in_hand(rota.lease_time())


def _run(rota: Rota, due: _Due) -> Done | None:
    """Run a slot; None when it is in other hands. One that cannot even be claimed has failed."""
    try:
        return _claim_and_run(rota, due)
    except Exception as error:
        log.exception("%s could not be begun", due.slot.job)
        note = say("it could not be begun: {reason}", reason=_reason(error))
        return Done(due.slot, "failed", note, in_ledger=False)


def _claim_and_run(rota: Rota, due: _Due) -> Done | None:
    """It begins when its turn comes, which may be long after the tick."""
    with in_hand(rota, due.slot.job) as is_ours:
        claimed = claim(rota, due.slot, due.last) if is_ours else None
        if claimed is None:
            return None
        with kept(rota, claimed):
            if due.is_late(claimed.started):
                done = _attempt(due.slot, partial(_miss, rota, claimed.started))
            else:
                done = _attempt(due.slot, rota.verbs[due.slot.job])
                done = _with_delay(done, claimed.started)
        return _written(rota, claimed, done)


def _written(rota: Rota, claimed: JobRun, done: Done) -> Done:
    """What was done, once it stands in the ledger; when it cannot, the other jobs are run still."""
    try:
        write_down(rota, claimed, done)
    except Exception as error:
        log.exception("%s: how it went could not be written down", done.slot.job)
        unwritten = say("this could not be written down: {reason}", reason=_reason(error))
        note = joined("; ", (done.note, unwritten))
        return replace(done, state="failed", note=note, in_ledger=False)
    return done


@dataclass(frozen=True, slots=True)
class _Missed:
    """That a slot was too late to be run."""

    note: str


def _miss(rota: Rota, now: datetime, slot: Slot) -> str | Idle | Held | _Missed:
    """Say that a slot is too late to be run, unless something has come of it all the same."""
    delay = in_words(now - slot.due)
    told = rota.missed[slot.job](slot, delay) if slot.job in rota.missed else None
    if told is not None:
        return told
    if command := command_of(rota.schedule, slot):
        return _Missed(
            say(
                "{delay} late, so it was not run; if it still should: {command}",
                delay=delay,
                command=command,
            )
        )
    return _Missed(say("{delay} late, so it was not run before its next time", delay=delay))


def _with_delay(done: Done, started: datetime) -> Done:
    """What was done, and by how much it was late when nobody was there at its time."""
    delay = started - done.slot.due
    if delay <= _ON_TIME or done.state == "failed":
        return done
    late = say("ran late by {delay}", delay=in_words(delay))
    return replace(done, note=joined("; ", (done.note, late)))


def _attempt(slot: Slot, verb: Callable[[Slot], str | Idle | Held | _Missed]) -> Done:
    """Run a verb. A failure is recorded, and never stops the other jobs."""
    try:
        told = verb(slot)
    except Exception as error:
        if not isinstance(error, NewsroomError):
            log.exception("%s failed", slot.job)
        return Done(slot, "failed", _reason(error))
    match told:
        case Idle():
            return Done(slot, "done", told.note, idle=True)
        case Held():
            return Done(slot, "held", told.note)
        case _Missed():
            return Done(slot, "late", told.note)
        case _:
            return Done(slot, "done", told)
