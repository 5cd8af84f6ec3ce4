"""The clock: APScheduler wakes the newsroom when a slot is due.

It is a clock and nothing more. What is due is computed by `schedule`, what has run is kept in the
ledger; a wake-up only says "something may be due". One too many does no harm, and one too few is
made good by the next tick. APScheduler's own calendar, measured wrong in Stockholm at midnight and
at two o'clock when the clocks change, is never asked.

APScheduler sleeps until a time of the machine's clock. When that is put back by an hour it would
sleep for an hour more; so a clock that only goes forward watches over the ticks, and when none has
come for too long the next one is now.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from newsroom.model import Rule, Schedule
from newsroom.model.saying import say
from newsroom.schedule import next_due

log = logging.getLogger(__name__)

_TICK = timedelta(minutes=1)
_LONGEST = 90.0  # seconds without a tick

_DEFAULTS = {
    "misfire_grace_time": None,  # however late: by default a wake-up 1 s late is dropped
    "coalesce": True,  # a laptop that slept wakes once, not once for every slot it slept through
    "max_instances": 1,
}


class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Fires at every slot of one rule, in UTC."""

    def __init__(self, rule: Rule, zone: ZoneInfo) -> None:
        self._rule = rule
        self._zone = zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first slot after the last one, or after now when there was none."""
        return next_due(self._rule, self._zone, previous_fire_time or now)


class TickTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Fires at once, and then whenever a minute begins.

    The tick finds what no slot's own wake-up could: the posts whose minute has come, and what fell
    due while the process was down, the machine slept, or its clock jumped.
    """

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Now, then at the next full minute; ticks that were slept through are not made up for."""
        return now if previous_fire_time is None else now.replace(second=0, microsecond=0) + _TICK


class Clock:
    """Calls `run_due(now())`, in a thread of its own, whenever something may be due.

    Calls may overlap, one for each job of the schedule and one for the tick, so that an issue
    that takes hours to send does not stop the next post; `run_due` sees to it that each slot runs
    once. What it raises is logged, and the clock goes on. A clock is started once.
    """

    def __init__(
        self,
        schedule: Schedule,
        run_due: Callable[[datetime], None],
        now: Callable[[], datetime],
        longest: float = _LONGEST,
    ) -> None:
        self._run_due = run_due
        self._now = now
        self._longest = longest
        self._ticked = monotonic()
        self._is_over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="watch", daemon=True)
        # A tick may be at any job for long; there is always another to look at the rest.
        most = len(schedule.jobs) + 2
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults=_DEFAULTS,
            executors={"default": ThreadPoolExecutor(2 * most)},
        )
        self._scheduler.add_listener(log_trouble, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
        self._scheduler.add_job(self._tick, TickTrigger(), id="tick", max_instances=most)
        for job in schedule.jobs:
            trigger = SlotTrigger(job.rule, schedule.timezone)
            self._scheduler.add_job(self._wake, trigger, id=job.name)

    def start(self) -> None:
        """Begin, with a first look at what fell due while nobody watched."""
        self._scheduler.start()
        self._watcher.start()

    def stop(self) -> None:
        """End, after what runs now has finished. Stopping a clock that stands does nothing."""
        self._is_over.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
            self._watcher.join()

    def _wake(self) -> None:
        self._run_due(self._now())

    def _tick(self) -> None:
        self._ticked = monotonic()
        self._wake()

    def _watch(self) -> None:
        """Have a tick now when the machine's clock, put back, has moved the next one away."""
        while not self._is_over.wait(self._longest / 3):
            if monotonic() - self._ticked > self._longest:
                self._scheduler.reschedule_job("tick", trigger=TickTrigger())


def log_trouble(event: JobExecutionEvent) -> None:
    """Say which wake-up failed or was missed; the ledger knows what of it is still to be done."""
    if event.code == EVENT_JOB_MISSED:
        log.warning(
            say(
                "{job}: not woken at {time}; the next tick looks",
                job=event.job_id,
                time=event.scheduled_run_time,
            )
        )
    else:
        log.error(
            say(
                "{job}: {fault}; the next tick looks again",
                job=event.job_id,
                fault=event.exception,
            )
        )
