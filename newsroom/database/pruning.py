"""Deletes old rows of the machinery: runs of jobs, mail hosts, lanes. They may name a domain.

What is kept of readers is ended in `readers.retention`.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, tuple_

from newsroom.database.tables import job_run, mail_host, rate

KEPT = timedelta(days=400)  # a newsletter of once a year still finds what it knew


def prune(connection: Connection, now: datetime) -> int:
    """Let go of old runs of jobs, mail hosts and lanes; how many rows that was.

    The latest run of each job stays, by which it is known when the next is due.
    """
    latest = select(job_run.c.job, func.max(job_run.c.due)).group_by(job_run.c.job)
    runs = delete(job_run).where(
        job_run.c.due < now - KEPT, tuple_(job_run.c.job, job_run.c.due).not_in(latest)
    )
    hosts = delete(mail_host).where(mail_host.c.asked < now - KEPT)
    lanes = delete(rate).where(
        rate.c.key.startswith("lane:"),
        rate.c.tat < (now - KEPT).timestamp(),
        _is_old(rate.c.paused_until, now),
        _is_old(rate.c.changed, now),
    )
    return sum(connection.execute(each).rowcount for each in (runs, hosts, lanes))


def _is_old(moment: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    return or_(moment.is_(None), moment < now - KEPT)
