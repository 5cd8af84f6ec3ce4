"""When a job that failed, or killed its process, is tried again."""

from datetime import datetime, timedelta

from newsroom.database.job_runs import JobRun
from newsroom.jobs.running.persistence import persistence_of

_APART = timedelta(minutes=5)  # that the clocks of two machines may be


def died_lately(last: JobRun, now: datetime) -> bool:
    """Whether nobody ends a run, and it began so short a time ago that the job is left alone.

    One that is at work still looks the same: ask for its lock or its lease first.
    """
    wait = persistence_of(last.job).wait(last.failures + 1)
    return last.state == "running" and _waits(last.job, last.started + wait, now)


def is_open(last: JobRun, now: datetime) -> bool:
    """Whether a run was cut short, or failed and is to be tried again by now."""
    if last.state == "running":
        return True
    return last.state == "failed" and not _waits(last.job, last.next_at or now, now)


def _waits(job: str, until: datetime, now: datetime) -> bool:
    """Whether a job is left alone until a time.

    A time further off than the job ever waits was written by a clock that was wrong.
    """
    return now < until <= now + persistence_of(job).longest + _APART
