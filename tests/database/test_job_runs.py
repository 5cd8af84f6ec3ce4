"""What is on record of jobs, for those who ask when one last ended well."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine

from newsroom.database import transaction
from newsroom.database.job_runs import JobRun, claim_slot, finish_slot, last_done

NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


def _ran(connection: Connection, due: datetime, ended: datetime) -> None:
    """Have a backup on record that went well."""
    claim_slot(connection, JobRun("backup", due, "running", due))
    finish_slot(connection, JobRun("backup", due, "done", due), ended)


def test_a_time_to_come_is_not_when_a_job_last_ended_well(either_database: Engine) -> None:
    """A run that a clock wrote a year ahead hides none of ours, and neither does its end."""
    with transaction(either_database) as connection:
        _ran(connection, NOW - 2 * HOUR, NOW - HOUR)
        _ran(connection, NOW - HOUR, NOW + YEAR)
        _ran(connection, NOW + YEAR, NOW + YEAR)

        assert last_done(connection, "backup", NOW) == NOW - HOUR
        assert last_done(connection, "links", NOW) is None
