"""The clock, with a real scheduler and a made-up time of day."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.events import EVENT_JOB_MISSED, JobExecutionEvent

from newsroom.clock import Clock, SlotTrigger, TickTrigger, log_trouble
from newsroom.model import Daily, Every, Schedule, ScheduledJob
from tests.processes import PATIENCE

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NINE = datetime(2026, 6, 2, 7, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Desk:
    """Stands in for the tick: keeps what it was told, and lets a test wait for it."""

    def __init__(self, *, fails: bool = False, busy: threading.Event | None = None) -> None:
        self.told: list[datetime] = []
        self._fails = fails
        self._busy = busy
        self._bell = threading.Condition()

    def run_due(self, now: datetime) -> None:
        """Take a wake-up: fail at it, or be busy with the first one until told to end."""
        with self._bell:
            self.told.append(now)
            is_first = len(self.told) == 1
            self._bell.notify_all()
        if self._fails:
            raise OSError("the disk is full")
        if self._busy and is_first:
            self._busy.wait(PATIENCE)

    def wait_for(self, count: int) -> bool:
        """Whether that many wake-ups came in good time."""
        with self._bell:
            return self._bell.wait_for(lambda: len(self.told) >= count, PATIENCE)


@pytest.fixture
def clock_for() -> Iterator[Callable[[Desk, Schedule], Clock]]:
    """Starts clocks, and stops them when the test is over."""
    clocks: list[Clock] = []

    def start(desk: Desk, schedule: Schedule) -> Clock:
        clock = Clock(schedule, desk.run_due, now=lambda: NINE)
        clocks.append(clock)
        clock.start()
        return clock

    yield start
    for clock in clocks:
        clock.stop()


def every_second(*names: str) -> Schedule:
    """Jobs that are due each second."""
    return Schedule(STOCKHOLM, tuple(ScheduledJob(name, Every(SECOND)) for name in names))


def test_first_look_at_once(clock_for: Callable[[Desk, Schedule], Clock]) -> None:
    """What fell due while nobody watched is looked for at the start, with the time given."""
    desk = Desk()

    clock_for(desk, Schedule(STOCKHOLM, ()))

    assert desk.wait_for(1)
    assert desk.told[0] == NINE  # there are two when a minute has just begun


def test_wakes_at_slots(clock_for: Callable[[Desk, Schedule], Clock]) -> None:
    """A job's slots wake the desk, without waiting for the tick of the minute."""
    desk = Desk()

    clock_for(desk, every_second("publish"))

    assert desk.wait_for(3)


def test_a_failure_does_not_stop_the_clock(
    clock_for: Callable[[Desk, Schedule], Clock], caplog: pytest.LogCaptureFixture
) -> None:
    """What a wake-up raises is logged, and the next one comes."""
    desk = Desk(fails=True)

    with caplog.at_level(logging.ERROR, "newsroom.clock"):
        clock = clock_for(desk, every_second("publish"))
        assert desk.wait_for(3)
        clock.stop()

    ours = [record.message for record in caplog.records if record.name == "newsroom.clock"]
    assert "tick: the disk is full; the next tick looks again" in ours
    assert "publish: the disk is full; the next tick looks again" in ours


def test_stop_waits_for_what_runs() -> None:
    """A stopped clock has nothing running, wakes nobody, and can be stopped again."""
    begun, finished = threading.Event(), threading.Event()

    def run_due(_: datetime) -> None:
        begun.set()
        finished.wait(0.2)
        finished.set()

    clock = Clock(Schedule(STOCKHOLM, ()), run_due, now=lambda: NINE)
    clock.start()
    assert begun.wait(PATIENCE)

    clock.stop()
    assert finished.is_set()
    clock.stop()


def test_a_long_job_does_not_hold_up_the_others(
    clock_for: Callable[[Desk, Schedule], Clock],
) -> None:
    """While one wake-up is still at work, other jobs' wake-ups come."""
    release = threading.Event()
    desk = Desk(busy=release)

    clock_for(desk, every_second("publish"))

    assert desk.wait_for(3)
    release.set()


def test_slot_trigger_follows_the_slots() -> None:
    """The trigger gives slots one after another, right where APScheduler's own is wrong."""
    trigger = SlotTrigger(Daily(time(0, 30)), STOCKHOLM)
    asked = datetime(2026, 3, 28, 12, tzinfo=UTC)

    first = trigger.get_next_fire_time(None, asked)
    second = trigger.get_next_fire_time(first, first)
    third = trigger.get_next_fire_time(second, second)

    assert [f"{moment.astimezone(STOCKHOLM):%m-%d %H:%M}" for moment in (first, second, third)] == [
        "03-29 00:30",
        "03-30 00:30",
        "03-31 00:30",
    ]


def test_tick_trigger_does_not_make_up_for_sleep() -> None:
    """After a night's sleep the tick comes once, and then in a minute."""
    trigger = TickTrigger()

    assert trigger.get_next_fire_time(None, NINE) == NINE
    assert trigger.get_next_fire_time(NINE, NINE + 3600 * SECOND) == NINE + 3660 * SECOND


def test_ticks_come_with_the_minute() -> None:
    """A post whose time is 09.03 is looked for at 09.03, whenever the bot was started."""
    trigger = TickTrigger()
    started = NINE.replace(second=17, microsecond=5)

    first = trigger.get_next_fire_time(None, started)

    assert trigger.get_next_fire_time(first, started + SECOND) == NINE + 60 * SECOND


def test_a_clock_that_was_put_back_stops_no_tick() -> None:
    """When no tick has come for too long, by a clock that only goes forward, one comes at once."""
    desk = Desk()
    clock = Clock(Schedule(STOCKHOLM, ()), desk.run_due, now=lambda: NINE, longest=0.05)

    clock.start()

    assert desk.wait_for(4)  # each by the watch: the next of its own is a minute away
    clock.stop()


def test_jobs_that_take_long_leave_a_tick_for_the_rest() -> None:
    """As many ticks may be at work as there are jobs, and there is still one more."""
    release, desk = threading.Event(), Desk()

    def run_due(now: datetime) -> None:
        desk.run_due(now)
        if len(desk.told) <= 2:
            release.wait(PATIENCE)

    yearly = ScheduledJob("links", Every(12 * 3600 * SECOND))
    clock = Clock(Schedule(STOCKHOLM, (yearly,)), run_due, now=lambda: NINE, longest=0.05)
    clock.start()

    assert desk.wait_for(3)
    release.set()
    clock.stop()


def test_missed_wake_up_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """Should APScheduler ever drop a wake-up, the log says so."""
    log_trouble(JobExecutionEvent(EVENT_JOB_MISSED, "publish", "default", NINE))

    assert caplog.messages == [
        "publish: not woken at 2026-06-02 07:00:00+00:00; the next tick looks"
    ]
