"""Do what is due: each slot once, whoever asks, however late.

The ledger of slots is `job_run`. A job that has never been seen begins now, so that a new line in
schedule.yaml does not replay the past; after an outage only the latest slot of each job is run,
since one run does all that has come since the last. A slot that failed, or whose process died over
it, is tried again: every verb may be run twice without harm.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from newsroom.database.connection import transaction
from newsroom.database.job_runs import JobRun, claim_again, claim_slot, finish_slot, last_run
from newsroom.errors import NewsroomError, StateError
from newsroom.model import Schedule, ScheduledJob, Slot
from newsroom.model.saying import say
from newsroom.render.sayings import in_language
from newsroom.schedule.slots import due_slots

log = logging.getLogger(__name__)

_RETRY_AFTER = timedelta(minutes=15)
_LONGEST_RUN = timedelta(minutes=30)  # a run that has not ended by then was cut short
_RETRY_FOR = timedelta(days=1)  # where the job itself has no limit


@dataclass(frozen=True, slots=True)
class Idle:
    """What there is to say of a job that found nothing to do: for the ledger, and no news."""

    note: str


Verb = Callable[[Slot], str | Idle]  # does the job; gives one line about what it did


@dataclass(frozen=True, slots=True)
class Rota:
    """What a process does at which slots. A job without a verb is not this process's to run."""

    schedule: Schedule
    verbs: Mapping[str, Verb]  # by the job's name
    database: Engine
    who: str  # this process, as the ledger names it
    clock: Callable[[], datetime]
    language: str = "en"  # that notes are written in


@dataclass(frozen=True, slots=True)
class Done:
    """One slot that was run, or was too late to be run."""

    slot: Slot
    state: str  # done, held, failed, late
    note: str
    idle: bool = False  # there was nothing to do


def tick(rota: Rota, now: datetime) -> tuple[Done, ...]:
    """Run what is due at `now` and give what came of it, in the order of the slots."""
    due = [
        found
        for job in rota.schedule.jobs
        if job.name in rota.verbs and (found := _find_due(rota, job, now))
    ]
    in_order = sorted(due, key=lambda found: found.slot)
    return tuple(done for found in in_order if (done := _run(rota, found)))


@dataclass(frozen=True, slots=True)
class _Due:
    """A slot to run, for the first time or again."""

    slot: Slot
    late: bool
    again: JobRun | None = None  # how it went the last time


def _find_due(rota: Rota, job: ScheduledJob, now: datetime) -> _Due | None:
    """The job's latest slot since the last on record, or that one to be tried again, or None."""
    with transaction(rota.database) as connection:
        last = last_run(connection, job.name, now)
        if last is None:
            claim_slot(connection, Slot(now, job.name), rota.who, now, state="first")
            return None
    slots = due_slots(replace(rota.schedule, jobs=(job,)), last.due, now)
    if slots:
        return _Due(slots[-1], late=_is_late(slots[-1], job, now))
    if not _is_open(last, job, now):
        return None
    slot = Slot(last.due, last.job)
    return _Due(slot, late=_is_late(slot, job, now), again=last)


def _is_late(slot: Slot, job: ScheduledJob, now: datetime) -> bool:
    return job.within is not None and now - slot.due > job.within


def _is_open(last: JobRun, job: ScheduledJob, now: datetime) -> bool:
    """Whether a run failed, or was cut short so long ago that nobody can still be at it."""
    patience = {"failed": _RETRY_AFTER, "running": _LONGEST_RUN}.get(last.state)
    if patience is None or now - last.started < patience:
        return False
    return job.within is not None or now - last.due <= _RETRY_FOR


def _run(rota: Rota, due: _Due) -> Done | None:
    """Claim a slot and run it; None when another process was first.

    It begins when its turn comes, which may be long after the tick: from then on nobody else may
    take it for one that was cut short.
    """
    slot, started, state = due.slot, rota.clock(), "late" if due.late else "running"
    with transaction(rota.database) as connection:
        if due.again is None:
            ours = claim_slot(connection, slot, rota.who, started, state)
        else:
            ours = claim_again(connection, due.again, rota.who, started, state)
    if not ours:
        return None
    done = _too_late(slot, started) if due.late else _attempt(slot, rota.verbs[slot.job])
    done = replace(done, note=str(in_language(done.note, rota.language)))
    ended = JobRun(slot.job, slot.due, done.state, started, done.note)
    with transaction(rota.database) as connection:
        if not finish_slot(connection, ended, rota.clock()):
            log.warning("%s took so long that another process has begun it again", slot.job)
    return done


def _too_late(slot: Slot, now: datetime) -> Done:
    hours, minutes = divmod((now - slot.due) // timedelta(minutes=1), 60)
    note = say(
        "{hours} h {minutes} min late, so it was not run; "
        "run the command by hand if it still should",
        hours=hours,
        minutes=minutes,
    )
    return Done(slot, "late", note)


def _attempt(slot: Slot, verb: Verb) -> Done:
    """Run a verb. A failure is recorded, and never stops the other jobs."""
    try:
        told = verb(slot)
        if isinstance(told, Idle):
            return Done(slot, "done", told.note, idle=True)
        return Done(slot, "done", told)
    except StateError as error:  # not a fault: an issue that nobody approved, say
        return Done(slot, "held", error.sentence)
    except NewsroomError as error:
        return Done(slot, "failed", error.sentence)
    except Exception as error:
        log.exception("%s failed", slot.job)
        return Done(slot, "failed", f"{type(error).__name__}: {error}")
