"""What has run: one row for each job and due time, written once by whoever comes first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import job_run
from newsroom.model import Slot


@dataclass(frozen=True, slots=True)
class JobRun:
    """One slot as it went: `running`, `done`, `held`, `failed`, `late`, `first`."""

    job: str
    due: datetime  # aware, UTC
    state: str
    note: str | None


def last_due(connection: Connection, job: str) -> datetime | None:
    """The latest due time that is on record for a job."""
    latest: datetime | None = connection.scalar(
        select(func.max(job_run.c.due)).where(job_run.c.job == job)
    )
    return latest


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


def finish_slot(
    connection: Connection, slot: Slot, state: str, note: str | None, now: datetime
) -> None:
    """Write how a claimed slot went."""
    connection.execute(
        update(job_run)
        .where(job_run.c.job == slot.job, job_run.c.due == slot.due)
        .values(state=state, note=note, finished=now)
    )


def last_runs(connection: Connection) -> tuple[JobRun, ...]:
    """The latest run of each job, by name."""
    latest = select(job_run.c.job, func.max(job_run.c.due).label("due")).group_by(job_run.c.job)
    newest = latest.subquery()
    rows = connection.execute(
        select(job_run.c.job, job_run.c.due, job_run.c.state, job_run.c.note)
        .join(newest, (job_run.c.job == newest.c.job) & (job_run.c.due == newest.c.due))
        .order_by(job_run.c.job)
    )
    return tuple(JobRun(row.job, row.due, row.state, row.note) for row in rows)
