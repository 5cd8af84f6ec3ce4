"""What has run: one row for each job and due time, written once by whoever comes first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import job_run
from newsroom.model import Slot


@dataclass(frozen=True, slots=True)
class JobRun:
    """One slot as it went: `running`, `done`, `held`, `failed`, `late`, `first`."""

    job: str
    due: datetime  # aware, UTC
    state: str
    started: datetime
    note: str | None


def last_run(connection: Connection, job: str, now: datetime) -> JobRun | None:
    """The latest slot of a job that is on record, as far as `now`.

    What a clock that was wrong has put into the future is passed over.
    """
    rows = select(job_run).where(job_run.c.job == job, job_run.c.due <= now)
    latest = connection.execute(rows.order_by(job_run.c.due.desc()).limit(1)).one_or_none()
    return None if latest is None else _run(latest)


def claim_slot(connection: Connection, slot: Slot, who: str, now: datetime, state: str) -> bool:
    """Whether the caller is the one that runs this slot: true once, whoever else asks.

    The row is inserted under its primary key, so of two processes one is told no.
    """
    row = insert(job_run).values(
        job=slot.job, due=slot.due, state=state, claimed_by=who, started=now
    )
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return False
    return True


def claim_again(connection: Connection, seen: JobRun, who: str, now: datetime, state: str) -> bool:
    """Whether the caller is the one that tries a slot again, which it has seen as `seen`."""
    taken = connection.execute(
        update(job_run)
        .where(
            job_run.c.job == seen.job,
            job_run.c.due == seen.due,
            job_run.c.state == seen.state,
            job_run.c.started == seen.started,
        )
        .values(state=state, claimed_by=who, started=now, finished=None)
    )
    return taken.rowcount == 1


def finish_slot(connection: Connection, ended: JobRun, now: datetime) -> bool:
    """Write how a claimed slot went; false, and nothing is written, when it is another's by now."""
    written = connection.execute(
        update(job_run)
        .where(
            job_run.c.job == ended.job,
            job_run.c.due == ended.due,
            job_run.c.started == ended.started,
        )
        .values(state=ended.state, note=ended.note, finished=now)
    )
    return written.rowcount == 1


def last_runs(connection: Connection, now: datetime) -> tuple[JobRun, ...]:
    """The latest run of each job as far as `now`, by name."""
    latest = (
        select(job_run.c.job, func.max(job_run.c.due).label("due"))
        .where(job_run.c.due <= now)
        .group_by(job_run.c.job)
        .subquery()
    )
    rows = connection.execute(
        select(job_run)
        .join(latest, (job_run.c.job == latest.c.job) & (job_run.c.due == latest.c.due))
        .order_by(job_run.c.job)
    )
    return tuple(_run(row) for row in rows)


def _run(row: Row[Any]) -> JobRun:
    return JobRun(row.job, row.due, row.state, row.started, row.note)
