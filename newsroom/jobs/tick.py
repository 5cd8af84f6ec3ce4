"""Do what is due: each slot once, whoever asks, however late.

The ledger of slots is `job_run`. A job that has never been seen begins now, so that a new line in
schedule.yaml does not replay the past; after an outage only the latest slot of each job is run,
since one run does all that has come since the last.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database.connection import transaction
from newsroom.database.job_runs import claim_slot, finish_slot, last_due
from newsroom.errors import NewsroomError, StateError
from newsroom.model import Schedule, ScheduledJob, Slot
from newsroom.schedule.slots import due_slots

log = logging.getLogger(__name__)

Verb = Callable[[Slot], str]  # does the job; gives one line about what it did


@dataclass(frozen=True, slots=True)
class Rota:
    """What a process does at which slots. A job without a verb is not this process's to run."""

    schedule: Schedule
    verbs: Mapping[str, Verb]  # by the job's name
    database: Engine
    who: str  # this process, as the ledger names it


@dataclass(frozen=True, slots=True)
class Done:
    """One slot that was run, or was too late to be run."""

    slot: Slot
    state: str  # done, held, failed, late
    note: str


def tick(rota: Rota, now: datetime) -> tuple[Done, ...]:
    """Run what is due at `now` and give what came of it, in the order of the slots."""
    due = [
        (slot, job)
        for job in rota.schedule.jobs
        if job.name in rota.verbs and (slot := _latest_due(rota, job, now))
    ]
    in_order = sorted(due, key=lambda pair: pair[0])
    return tuple(done for slot, job in in_order if (done := _run(rota, slot, job, now)))


def _latest_due(rota: Rota, job: ScheduledJob, now: datetime) -> Slot | None:
    """The job's latest slot since the last one on record; None when it is not due."""
    with transaction(rota.database) as connection:
        since = last_due(connection, job.name)
        if since is None:
            claim_slot(connection, Slot(now, job.name), rota.who, now, state="first")
            return None
    slots = due_slots(replace(rota.schedule, jobs=(job,)), since, now)
    return slots[-1] if slots else None


def _run(rota: Rota, slot: Slot, job: ScheduledJob, now: datetime) -> Done | None:
    """Claim a slot and run it; None when another process was first."""
    late = job.within is not None and now - slot.due > job.within
    with transaction(rota.database) as connection:
        if not claim_slot(connection, slot, rota.who, now, state="late" if late else "running"):
            return None
    done = _too_late(slot, now) if late else _attempt(slot, rota.verbs[job.name])
    with transaction(rota.database) as connection:
        finish_slot(connection, slot, done.state, done.note, now)
    return done


def _too_late(slot: Slot, now: datetime) -> Done:
    hours = (now - slot.due).total_seconds() / 3600
    note = f"{hours:.0f} hours late, so it was not run; run the command by hand if it still should"
    log.warning("%s: %s", slot.job, note)
    return Done(slot, "late", note)


def _attempt(slot: Slot, verb: Verb) -> Done:
    """Run a verb. A failure is recorded and told, and never stops the other jobs."""
    try:
        return Done(slot, "done", verb(slot))
    except StateError as error:  # not a fault: an issue that nobody approved, say
        log.warning("%s held: %s", slot.job, error)
        return Done(slot, "held", str(error))
    except NewsroomError as error:
        log.error("%s failed: %s", slot.job, error)  # noqa: TRY400 (its message says it all)
        return Done(slot, "failed", str(error))
    except Exception as error:
        log.exception("%s failed", slot.job)
        return Done(slot, "failed", f"{type(error).__name__}: {error}")
