"""The vital signs of a newsroom: all that can be told without reading its folder.

They are asked for by monitors, again and again, and hold nothing of a reader: numbers and times.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from newsroom.database.channel_troubles import ChannelTrouble, channel_troubles
from newsroom.database.doctor_runs import DoctorRun, last_doctor_run
from newsroom.database.job_runs import JobRun, last_runs, lease_time
from newsroom.database.link_rounds import LinkRound, last_round
from newsroom.database.links import dead_links
from newsroom.database.outbox import MailBacklog, backlog
from newsroom.database.restorations import unconfirmed
from newsroom.database.tables import bounce, delivery, issue, subscriber
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.pace.canary import asks_for_a_go
from newsroom.jobs.running.again import died_lately
from newsroom.jobs.running.trouble import JobTrouble, jobs_in_trouble
from newsroom.model import Canary, Schedule, Slot, SubscriberState
from newsroom.model.delivery import WAITING, Counts
from newsroom.schedule import next_due, next_slots

_AHEAD = 400  # days: every yearly slot is among them
_SHOWN = timedelta(days=400)  # an issue older than this is history
_LATELY = timedelta(days=30)
_LATE = timedelta(minutes=15)  # the clock looks every minute, and cron may every ten

Tally = Callable[[Connection, str, datetime], Counts]  # an issue's ledger, by its name


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that the newsroom is on, in bytes."""

    free: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands outside the database, on this machine."""

    built: datetime | None = None  # when a build last went well
    looked: datetime | None = None  # when somebody last did what was due
    backed_up: datetime | None = None  # when a backup last went well
    left_out: tuple[str, ...] = ()  # files that are not in that backup
    disk: Disk | None = None
    mail_setup: str | None = None  # a digest of how mail is set up; None where nobody can tell
    outgoing: str | None = None  # the folder that mail is written to, where none leaves
    unusable_since: datetime | None = None  # new settings, while a running bot goes by older ones


@dataclass(frozen=True, slots=True)
class Returned:
    """How many mails of one kind came back."""

    kind: str  # bounce, complaint
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """How a newsroom fares at one moment."""

    at: datetime
    next: tuple[Slot, ...]  # the next slot of each job, the soonest first
    jobs: tuple[JobRun, ...]  # the last run of each job of the schedule, by name
    trouble: tuple[JobTrouble, ...]  # the jobs that fail, by name
    overdue: tuple[Slot, ...]  # slots that nobody has begun, long after their time
    backup_due: datetime | None  # the first slot since the last backup; None: nobody waits for one
    issues: tuple[Counts, ...]  # those the ledger knows, the latest first
    asking: tuple[str, ...]  # issues whose first readers have it, and that wait for a go
    mails: tuple[MailBacklog, ...]  # from the public forms, that wait to be handed over
    returned: tuple[Returned, ...]  # in the last thirty days
    channels: tuple[ChannelTrouble, ...]  # announcements that wait, failed or are unknown
    links: LinkRound | None  # the last look at the links to other sites
    dead_links: int
    doctor: DoctorRun | None  # the last verdict
    marks: Marks
    readers: int = 0  # who has asked for the newsletter, or gets it
    restored: datetime | None = None  # brought back then, and nobody has said: go on with it


@dataclass(frozen=True, slots=True)
class Look:
    """A look at the vital signs, and what it goes by."""

    schedule: Schedule | None
    canary: Canary | None
    tally: Tally | None = None  # adds an issue up; None: no more than a monitor asks

    def at(self, connection: Connection, marks: Marks, now: datetime) -> Vitals:
        """The vital signs at `now`."""
        names = connection.scalars(
            select(issue.c.name)
            .where(issue.c.updated > now - _SHOWN)
            .order_by(issue.c.updated.desc(), issue.c.name)
        ).all()
        jobs, tally = _still_there(self.schedule, last_runs(connection, now)), self.tally or brief
        restored = unconfirmed(connection)
        return Vitals(
            at=now,
            next=next_of_each(self.schedule, now),
            jobs=jobs,
            trouble=jobs_in_trouble(connection, self.schedule, now),
            overdue=_overdue(self.schedule, _left(connection, jobs, now), now),
            backup_due=_backup_due(self.schedule, jobs, marks) if self.schedule else None,
            issues=tuple(tally(connection, name, now) for name in names),
            asking=tuple(name for name in names if asks_for_a_go(connection, name, self.canary)),
            mails=backlog(connection),
            returned=_returned(connection, now - _LATELY),
            channels=channel_troubles(connection),
            links=last_round(connection),
            dead_links=len(dead_links(connection, now)),
            doctor=last_doctor_run(connection, now),
            marks=marks,
            readers=_readers(connection),
            restored=restored.restored if restored else None,
        )


def next_of_each(schedule: Schedule | None, now: datetime) -> tuple[Slot, ...]:
    """The next slot of each job."""
    if schedule is None:
        return ()
    first: dict[str, Slot] = {}
    for days in (1, _AHEAD):  # a day first: what comes every few minutes comes often in a year
        jobs = tuple(job for job in schedule.jobs if job.name not in first)
        for slot in next_slots(Schedule(schedule.timezone, jobs), now, days):
            first.setdefault(slot.job, slot)
    return tuple(sorted(first.values()))


def _still_there(schedule: Schedule | None, runs: Iterable[JobRun]) -> tuple[JobRun, ...]:
    """The runs of jobs that are on the schedule; all of them where nobody can tell."""
    if schedule is None:
        return tuple(runs)
    names = {job.name for job in schedule.jobs}
    return tuple(run for run in runs if run.job in names)


def _left(connection: Connection, jobs: Iterable[JobRun], now: datetime) -> dict[str, JobRun]:
    """The last run of each job that nobody is at work on, nor waits with on purpose."""
    shared = lease_time(connection, now)
    free = (run for run in jobs if not run.is_in_hand(shared))
    return {run.job: run for run in free if not died_lately(run, now)}


def _overdue(
    schedule: Schedule | None, last: Mapping[str, JobRun], now: datetime
) -> tuple[Slot, ...]:
    """What should have been begun by now, wherever the clock is that should have.

    A job that nobody has ever looked at is not missed.
    """
    if schedule is None:
        return ()
    slots = (
        Slot(next_due(job.rule, schedule.timezone, last[job.name].due), job.name)
        for job in schedule.jobs
        if job.name in last
    )
    return tuple(sorted(slot for slot in slots if slot.due + _LATE < now))


def _backup_due(schedule: Schedule, jobs: Iterable[JobRun], marks: Marks) -> datetime | None:
    """When the next backup is, or was, to be made: counted from the last, or from the beginning."""
    begun = next((run.due for run in jobs if run.job == "backup" and not run.has_run), None)
    rule = next((job.rule for job in schedule.jobs if job.name == "backup"), None)
    since = marks.backed_up or begun
    return next_due(rule, schedule.timezone, since) if rule and since else None


def brief(connection: Connection, name: str, now: datetime) -> Counts:
    """An issue's ledger, with what a monitor asks beside: since when the oldest copy waits."""
    tally = counts(connection, name, now)
    if not tally.waiting:
        return tally
    oldest = connection.scalar(
        select(func.min(delivery.c.updated)).where(
            delivery.c.issue == name, delivery.c.state.in_(WAITING)
        )
    )
    return replace(tally, oldest_pending=oldest)


def _readers(connection: Connection) -> int:
    """Who has asked for the newsletter, confirmed or not, and has not left."""
    states = (SubscriberState.PENDING, SubscriberState.ACTIVE)
    asked = select(func.count()).where(subscriber.c.state.in_(states))
    return connection.scalar(asked) or 0


def _returned(connection: Connection, since: datetime) -> tuple[Returned, ...]:
    rows = connection.execute(
        select(bounce.c.kind, func.count())
        .where(bounce.c.at > since, bounce.c.undone.is_(None))
        .group_by(bounce.c.kind)
        .order_by(bounce.c.kind)
    )
    return tuple(Returned(kind, number) for kind, number in rows)
