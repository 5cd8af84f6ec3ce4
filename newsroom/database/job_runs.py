"""The runs of the schedule's jobs: one row for each job and due time.

A row that is running is in the hands of who claimed it until its lease ends; the holder renews it
while at work. Whoever takes a row over has the next attempt's number, and who held it before writes
nothing any more. A row remembers for how long its job has been failing, over slots and restarts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from newsroom.database.lease import Lease
from newsroom.database.past import has_been
from newsroom.database.tables import job_run
from newsroom.model import Slot

LEASE = Lease(timedelta(minutes=5))
FIRST = "first"  # the state of a slot that was none: since when a job is known
_LOCK = 7_216_023  # any number that nothing else in the database uses


@dataclass(frozen=True, slots=True)
class JobRun:
    """One slot as it went: `running`, `done`, `held`, `failed`, `late`, `first`."""

    job: str
    due: datetime  # aware, UTC
    state: str
    started: datetime
    note: str | None = None  # a saying, but for what other programs said
    claimed_by: str = ""
    attempt: int = 1
    lease_until: datetime | None = None
    failures: int = 0  # of the job, one upon another
    failing_since: datetime | None = None
    next_at: datetime | None = None

    @property
    def has_run(self) -> bool:
        """Whether it was run at all, and does not only say since when the job is known."""
        return self.state != FIRST

    @property
    def slot(self) -> Slot:
        """The slot that it is a run of."""
        return Slot(self.due, self.job)

    def is_in_hand(self, now: datetime) -> bool:
        """Whether somebody is at it, whose lease has not ended."""
        return self.state == "running" and LEASE.holds(self.lease_until, now)


def wait_to_claim(connection: Connection) -> None:
    """Wait for every other process that claims a slot; the turn ends with the transaction.

    SQLite's write lock was taken when the transaction began.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def lease_time(connection: Connection, now: datetime) -> datetime:
    """The time that leases go by: the server's, where several machines share a database."""
    if connection.dialect.name != "postgresql":
        return now
    server: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return server


def last_run(connection: Connection, job: str, now: datetime) -> JobRun | None:
    """The latest slot of a job that is on record, as far as `now`."""
    rows = select(job_run).where(job_run.c.job == job, has_been(job_run.c.due, now))
    latest = connection.execute(rows.order_by(job_run.c.due.desc()).limit(1)).one_or_none()
    return None if latest is None else _run(latest)


def claim_slot(connection: Connection, run: JobRun) -> bool:
    """Whether the caller is the one that runs this slot: true once, whoever else asks.

    The row is inserted under its primary key, so of two processes one is told no.
    """
    row = {column.name: getattr(run, column.name, None) for column in job_run.c}
    try:
        with connection.begin_nested():
            connection.execute(insert(job_run).values(row))
    except IntegrityError:
        return False
    return True


def claim_again(connection: Connection, run: JobRun) -> bool:
    """Whether the caller is the one that makes the next attempt at a slot."""
    taken = connection.execute(
        update(job_run)
        .where(job_run.c.job == run.job, job_run.c.due == run.due)
        .where(job_run.c.attempt == run.attempt - 1)
        .values(
            state=run.state,
            claimed_by=run.claimed_by,
            attempt=run.attempt,
            lease_until=run.lease_until,
            started=run.started,
            note=run.note,
            finished=None,
            failures=run.failures,
            failing_since=run.failing_since,
            next_at=None,
        )
    )
    return taken.rowcount == 1


def renew(connection: Connection, run: JobRun, until: datetime) -> bool:
    """Keep a claimed slot for longer; false when it is another's by now."""
    kept = connection.execute(update(job_run).where(_is_ours(run)).values(lease_until=until))
    return kept.rowcount == 1


def finish_slot(connection: Connection, ended: JobRun, now: datetime) -> bool:
    """Write how a claimed slot went; false, and nothing is written, when it is another's by now."""
    written = connection.execute(
        update(job_run)
        .where(_is_ours(ended))
        .values(
            state=ended.state,
            note=ended.note,
            finished=now,
            lease_until=None,
            failures=ended.failures,
            failing_since=ended.failing_since,
            next_at=ended.next_at,
        )
    )
    return written.rowcount == 1


def last_runs(connection: Connection, now: datetime) -> tuple[JobRun, ...]:
    """The latest run of each job as far as `now`, by name."""
    latest = (
        select(job_run.c.job, func.max(job_run.c.due).label("due"))
        .where(has_been(job_run.c.due, now))
        .group_by(job_run.c.job)
        .subquery()
    )
    rows = connection.execute(
        select(job_run)
        .join(latest, (job_run.c.job == latest.c.job) & (job_run.c.due == latest.c.due))
        .order_by(job_run.c.job)
    )
    return tuple(_run(row) for row in rows)


def last_done(connection: Connection, job: str, now: datetime) -> datetime | None:
    """When a job last ended well, as far as `now`; None when it never did."""
    ended = select(job_run.c.finished).where(job_run.c.job == job, job_run.c.state == "done")
    ended = ended.where(has_been(job_run.c.due, now), has_been(job_run.c.finished, now))
    found: datetime | None = connection.scalar(ended.order_by(job_run.c.due.desc()).limit(1))
    return found


def _is_ours(run: JobRun) -> ColumnElement[bool]:
    return and_(
        job_run.c.job == run.job,
        job_run.c.due == run.due,
        job_run.c.attempt == run.attempt,
        job_run.c.state == "running",
    )


def _run(row: Row[Any]) -> JobRun:
    return JobRun(
        row.job,
        row.due,
        row.state,
        row.started,
        row.note,
        row.claimed_by,
        row.attempt,
        row.lease_until,
        row.failures,
        row.failing_since,
        row.next_at,
    )
