"""A run in our hands: claimed, its lease renewed while it lasts, and its end written down."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from newsroom.database.connection import transaction
from newsroom.database.job_runs import (
    LEASE,
    JobRun,
    claim_again,
    claim_slot,
    finish_slot,
    last_run,
    renew,
    wait_to_claim,
)
from newsroom.jobs.running.persistence import persistence_of
from newsroom.jobs.running.rota import Done, Rota
from newsroom.jobs.running.trouble import tell_of
from newsroom.model import Slot
from newsroom.model.saying import say

log = logging.getLogger(__name__)


@contextmanager
def in_hand(rota: Rota, job: str) -> Iterator[bool]:
    """Whether no process of this machine but ours has the job in hand, until the context ends."""
    if rota.hands is None:
        yield True
        return
    with rota.hands.take(job) as is_ours:
        yield is_ours


def claim(rota: Rota, slot: Slot, last: JobRun) -> JobRun | None:
    """The run of a slot, in our hands; None when somebody has touched the job since we looked.

    `last` is the job's last run on record, as we saw it. Who died over it can tell nobody, so that
    is told here, when it has gone on for long.
    """
    started = rota.clock()
    failures, since, note = _failing(last)
    run = JobRun(
        slot.job,
        slot.due,
        "running",
        started,
        note,
        claimed_by=rota.who,
        attempt=last.attempt + 1 if slot == last.slot else 1,
        lease_until=LEASE.until(rota.lease_time()),
        failures=failures,
        failing_since=since,
    )
    with transaction(rota.database) as connection:
        wait_to_claim(connection)
        if last_run(connection, run.job, max(started, slot.due)) != last:
            return None
        is_ours = claim_again if slot == last.slot else claim_slot
        if not is_ours(connection, run):
            return None
        if last.state == "running":
            tell_of(connection, last, run, rota.schedule, rota.language, started)
        return run


@contextmanager
def kept(rota: Rota, run: JobRun) -> Iterator[None]:
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
                if not renew(connection, run, LEASE.until(rota.lease_time())):
                    return  # its end is not that slot's any more, and says so in the log
        except SQLAlchemyError as error:  # the next look may find the database again
            log.warning("%s: %s", run.job, type(error).__name__)


def write_down(rota: Rota, claimed: JobRun, done: Done) -> None:
    """Write how a run went, and leave word of it where somebody has to know: in one commit."""
    now = rota.clock()
    ended = replace(claimed, state=done.state, note=done.note)
    if done.state == "failed":
        failures = claimed.failures + 1
        wait = persistence_of(claimed.job).wait(failures)
        since = claimed.failing_since or claimed.started
        ended = replace(ended, failures=failures, failing_since=since, next_at=now + wait)
    else:
        ended = replace(ended, failures=0, failing_since=None)
    with transaction(rota.database) as connection:
        if finish_slot(connection, ended, now):
            tell_of(connection, claimed, ended, rota.schedule, rota.language, now)
        else:
            log.warning(
                say("{job}: it took so long that others have begun it again", job=claimed.job)
            )


def _failing(last: JobRun) -> tuple[int, datetime | None, str | None]:
    """How often a job has failed without being well, since when, and how; a death is a failure."""
    if last.state == "running":
        note = say("its process ended before the job did")
        return last.failures + 1, last.failing_since or last.started, note
    return last.failures, last.failing_since, last.note if last.failures else None
