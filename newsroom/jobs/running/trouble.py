"""Jobs in trouble: those that fail or come to no end, since when, and the memos that tell so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from newsroom.database.job_runs import JobRun, last_runs
from newsroom.jobs.outbox.memos import leave_all_clear, leave_memo
from newsroom.jobs.running.job_words import failure_words, words_of
from newsroom.jobs.running.persistence import persistence_of
from newsroom.model import Schedule
from newsroom.model.memo import Memo
from newsroom.model.saying import lines, say

_KIND = "job"
_LONGEST = timedelta(hours=6)  # no job takes so long, unless it hangs
_OCCASION = 64  # characters that an occasion may have


@dataclass(frozen=True, slots=True)
class JobTrouble:
    """A job that has failed and not been well since, or comes to no end."""

    job: str
    since: datetime  # aware
    failures: int  # one upon another
    note: str | None  # how it went the last time
    lasts: bool  # for so long that the coordinator is told
    hangs: bool = False  # somebody has been at it for hours


def jobs_in_trouble(
    connection: Connection, schedule: Schedule | None, now: datetime
) -> tuple[JobTrouble, ...]:
    """The jobs of the schedule that fail or hang, by name; one taken off it is nobody's worry."""
    return tuple(_trouble(run, now) for run in _runs_in_trouble(connection, schedule, now))


def tell_of_hanging(connection: Connection, schedule: Schedule, lang: str, now: datetime) -> None:
    """Tell the coordinator, once, of a job that comes to no end: it will not tell by itself."""
    for run in _runs_in_trouble(connection, schedule, now):
        if _hangs(run, now):
            leave_memo(connection, _hanging(run, schedule.timezone), lang, now)


def tell_of(  # noqa: PLR0913, PLR0917 (what happened, and how the desk says it)
    connection: Connection,
    before: JobRun,
    after: JobRun,
    schedule: Schedule,
    lang: str,
    now: datetime,
) -> None:
    """Tell the coordinator what a run has come to: once that a job fails, once its end.

    `before` is the run as it was claimed, `after` as it ended. What several jobs fail at for one
    reason is one trouble, and told of the first of them.
    """
    zone = schedule.timezone
    if after.failures:
        if _trouble(after, now).lasts and not _is_told(connection, after, schedule, now):
            leave_memo(connection, _failing(after, zone), lang, now)
    elif before.failing_since or _hangs(before, now):
        ended = _well(before, zone, now) if after.state == "done" else _ended(before, after)
        leave_all_clear(connection, ended, _occasion(before), lang, now)


def _is_told(connection: Connection, run: JobRun, schedule: Schedule, now: datetime) -> bool:
    """Whether another job fails for the same reason, and has for so long that it was told."""
    return any(
        each.lasts and each.job != run.job and each.note == run.note
        for each in jobs_in_trouble(connection, schedule, now)
    )


def _runs_in_trouble(
    connection: Connection, schedule: Schedule | None, now: datetime
) -> list[JobRun]:
    jobs = {job.name for job in schedule.jobs} if schedule else set[str]()
    last = (run for run in last_runs(connection, now) if run.job in jobs)
    return [run for run in last if run.failures or _hangs(run, now)]


def _hangs(run: JobRun, now: datetime) -> bool:
    return run.state == "running" and now - run.started > _LONGEST


def _trouble(run: JobRun, now: datetime) -> JobTrouble:
    since = run.failing_since or run.started
    if _hangs(run, now):
        note = say("it comes to no end")
        return JobTrouble(run.job, since, run.failures, note, lasts=True, hangs=True)
    lasts = run.failures > 1 and now - since >= persistence_of(run.job).told_after
    return JobTrouble(run.job, since, run.failures, run.note, lasts)


def _failing(run: JobRun, zone: ZoneInfo) -> Memo:
    what, reasons = words_of(run.job), lines(run.note or "")
    alone = (say("The reason: {reason}.", reason=reasons[0]),) if len(reasons) == 1 else ()
    return Memo(
        kind=_KIND,
        occasion=_occasion(run),
        subject=failure_words(run.job),
        sentences=(
            say(
                "This has failed {number} times since {since:%Y-%m-%d %H:%M}: {what}.",
                number=run.failures,
                since=(run.failing_since or run.started).astimezone(zone),
                what=what,
            ),
            *alone,
            say("It is tried again by itself, and you get a mail when it works again."),
        ),
        heading="" if alone else say("This must be mended first:"),
        points=() if alone else reasons,
        command="newsroom status",
    )


def _hanging(run: JobRun, zone: ZoneInfo) -> Memo:
    what = words_of(run.job)
    return Memo(
        kind=_KIND,
        occasion=_occasion(run),
        subject=failure_words(run.job),
        sentences=(
            say(
                "This has been going on since {since:%Y-%m-%d %H:%M} and comes to no end: {what}.",
                since=run.started.astimezone(zone),
                what=what,
            ),
            say("Whoever looks after the machine may end newsroom and start it again."),
        ),
        command="newsroom status",
    )


def _well(run: JobRun, zone: ZoneInfo, now: datetime) -> Memo:
    what = words_of(run.job)
    return Memo(
        kind=_KIND,
        occasion=f"well {_occasion(run)}"[:_OCCASION],
        subject=say("It works again: {what}", what=what),
        sentences=(
            say(
                "This has worked again since {now:%Y-%m-%d %H:%M}: {what}.",
                now=now.astimezone(zone),
                what=what,
            ),
            say("There is nothing that you need to do."),
        ),
    )


def _ended(before: JobRun, after: JobRun) -> Memo:
    """That a job fails no longer, though it did not do what it was to do: held, or too late."""
    what, reasons = words_of(before.job), lines(after.note) if after.note else ()
    return Memo(
        kind=_KIND,
        occasion=f"well {_occasion(before)}"[:_OCCASION],
        subject=say("It is not tried any more: {what}", what=what),
        sentences=(
            say("This failed, and is not tried again before its next time: {what}.", what=what),
        ),
        heading=say("It was not done, and this is why:") if reasons else "",
        points=reasons,
        command="newsroom status",
    )


def _occasion(run: JobRun) -> str:
    """The time since which a job fails: a failing is told once, however long it lasts."""
    since = run.failing_since or run.started
    return f"{since:%Y-%m-%dT%H:%M:%S} {run.job}"[:_OCCASION]
