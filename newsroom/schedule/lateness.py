"""How late a missed job may still run, where `catch_up` in schedule.yaml does not say.

What makes good for all that has come since can be run however late: a backup, the retention of
data, what came back, the links. A site from the day before yesterday is made by the next slot, and
a newsletter that comes as a surprise is not sent: its approvers are asked.
"""

from datetime import timedelta

from newsroom.model import Schedule

LATEST_SEND = timedelta(hours=6)
_LATEST = {"publish": timedelta(days=1)}


def latest_of(job: str) -> timedelta | None:
    """How late a job may be run; None: however late."""
    return _LATEST.get(job)


def latest_send(schedule: Schedule | None) -> timedelta:
    """How late an issue may still be sent by itself; later than that it is held."""
    jobs = schedule.jobs if schedule else ()
    sends = (job.within for job in jobs if job.name.endswith(".send"))
    return max((within for within in sends if within), default=LATEST_SEND)
