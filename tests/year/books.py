"""What stands in the database, looked at from outside: readers, slots, copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from newsroom.database import reading
from newsroom.database.job_runs import JobRun
from newsroom.database.tables import delivery, job_run, metadata, subscriber
from newsroom.delivery.ledger.counts import counts
from newsroom.model.delivery import Counts
from tests.year.clock import STOCKHOLM

TABLES = metadata.sorted_tables


@dataclass(frozen=True, slots=True)
class Books:
    """The ledger and the list, as they stand."""

    database: Engine

    def active(self) -> set[str]:
        """Who gets the newsletter."""
        rows = select(subscriber.c.email).where(subscriber.c.state == "active")
        with reading(self.database) as connection:
            return set(connection.scalars(rows))

    def known(self) -> set[str]:
        """Every address on the list, in whatever state."""
        with reading(self.database) as connection:
            return set(connection.scalars(select(subscriber.c.email)))

    def tables_that_name(self, email: str) -> list[str]:
        """The tables in which a row has somebody's address."""
        with reading(self.database) as connection:
            rows = ((table.name, connection.execute(select(table)).all()) for table in TABLES)
            return [name for name, found in rows if email in str(found).lower()]

    def counts(self, issue: str, now: datetime) -> Counts:
        """An issue's ledger, added up."""
        with reading(self.database) as connection:
            return counts(connection, issue, now)

    def copies(self, issue: str) -> dict[str, str]:
        """The state of each reader's copy, by address."""
        rows = select(delivery.c.email, delivery.c.state).where(delivery.c.issue == issue)
        with reading(self.database) as connection:
            return {row.email: row.state for row in connection.execute(rows)}

    def runs(self) -> Sequence[JobRun]:
        """Every slot that is on record, in the order of their times."""
        rows = select(job_run).order_by(job_run.c.due, job_run.c.job)
        with reading(self.database) as connection:
            return [
                JobRun(row.job, row.due, row.state, row.started, row.note)
                for row in connection.execute(rows)
            ]

    def runs_on(self, job: str, day: date) -> list[str]:
        """At what local times a job's slots of a day were, each with what became of it."""
        local = ((run, run.due.astimezone(STOCKHOLM)) for run in self.runs() if run.job == job)
        return [f"{due:%H.%M} {run.state}" for run, due in local if due.date() == day]
