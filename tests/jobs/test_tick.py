"""Each slot runs once, whatever slept, crashed or was started twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from newsroom.database.connection import transaction
from newsroom.database.job_runs import (
    LEASE,
    JobRun,
    claim_again,
    claim_slot,
    finish_slot,
    last_run,
    last_runs,
    renew,
)
from newsroom.database.tables import job_run
from newsroom.errors import OutsideError
from newsroom.jobs.tick import Done, Idle, Rota, Verb, tick
from newsroom.model import Daily, Every, Schedule, ScheduledJob, Slot

FAR = datetime(2100, 1, 1, tzinfo=UTC)
START = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
BACKUP = ScheduledJob("backup", Daily(time(9)), within=timedelta(hours=6))
PUBLISH = ScheduledJob("publish", Every(timedelta(minutes=5)))


SECOND = timedelta(seconds=1)


class Diary:
    """A verb that remembers which slots it was given."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []

    def __call__(self, slot: Slot) -> str:
        self.slots.append(slot)
        return "done it"


def rota(database: Engine, verbs: Mapping[str, Verb], who: str = "one") -> Rota:
    """A rota in Stockholm with both jobs on its schedule."""
    schedule = Schedule(ZoneInfo("Europe/Stockholm"), (BACKUP, PUBLISH))
    return Rota(schedule, verbs, database, who, lambda: FAR)


def running(job: str, due: datetime) -> JobRun:
    """A slot that somebody has just begun."""
    return JobRun(job, due, "running", due, claimed_by="one", lease_until=due + LEASE)


def look(rota: Rota, now: datetime) -> tuple[Done, ...]:
    """A tick by a clock that stands still."""
    return tick(replace(rota, clock=lambda: now), now)


def test_a_new_job_does_not_replay_the_past(database: Engine) -> None:
    """The first tick only notes that the job exists; nothing runs."""
    diary = Diary()

    done = look(rota(database, {"publish": diary}), START)

    assert done == ()
    assert diary.slots == []


def test_a_slot_runs_once_for_two_processes(database: Engine) -> None:
    """Whoever claims the slot first runs it; the other is told no."""
    first, second = Diary(), Diary()
    look(rota(database, {"publish": first}), START)
    later = START + timedelta(minutes=5)

    look(rota(database, {"publish": first}, "one"), later)
    look(rota(database, {"publish": second}, "two"), later)
    look(rota(database, {"publish": first}, "one"), later)

    assert first.slots == [Slot(later, "publish")]
    assert second.slots == []


def test_after_an_outage_the_latest_slot_stands_for_all(database: Engine) -> None:
    """Twelve missed publishings are made good by one."""
    diary = Diary()
    look(rota(database, {"publish": diary}), START)

    look(rota(database, {"publish": diary}), START + timedelta(hours=1, minutes=2))

    assert diary.slots == [Slot(START + timedelta(hours=1), "publish")]


def test_a_job_that_found_nothing_to_do(database: Engine) -> None:
    """The ledger has a note of it, and whoever tells of what was done knows that it is no news."""
    idle = rota(database, {"publish": lambda _slot: Idle("nothing new")})
    look(idle, START)

    done = look(idle, START + timedelta(minutes=5))

    assert [(d.state, d.note, d.idle) for d in done] == [("done", "nothing new", True)]
    with database.connect() as connection:
        last = last_run(connection, "publish", FAR)
    assert last is not None
    assert (last.state, last.note) == ("done", "nothing new")


def test_a_job_that_is_too_late_is_told_and_not_run(database: Engine) -> None:
    """Nine in the morning, seen the next midnight, is past its six hours."""
    diary = Diary()
    look(rota(database, {"backup": diary}), START)

    done = look(rota(database, {"backup": diary}), START + timedelta(hours=16))

    assert diary.slots == []
    assert [(d.state, d.slot.due.hour) for d in done] == [("late", 7)]
    assert "15 h 0 min late" in done[0].note


@pytest.mark.parametrize("error", [OutsideError("the relay is away"), ValueError("surprise")])
def test_a_job_that_fails_is_recorded_and_stops_no_other(
    database: Engine, error: Exception
) -> None:
    """The failure stands in the ledger, and the next job runs all the same."""

    def fail(_slot: Slot) -> str:
        raise error

    diary = Diary()
    both = Rota(
        Schedule(ZoneInfo("Europe/Stockholm"), (BACKUP, PUBLISH)),
        {"backup": fail, "publish": diary},
        database,
        "one",
        lambda: FAR,
    )
    look(both, START)

    done = look(both, START + timedelta(hours=1))

    assert [(d.slot.job, d.state) for d in done] == [("backup", "failed"), ("publish", "done")]
    assert str(error) in done[0].note
    with transaction(database) as connection:
        assert {(run.job, run.state) for run in last_runs(connection, FAR)} == {
            ("backup", "failed"),
            ("publish", "done"),
        }


def test_a_job_without_a_verb_is_left_to_others(database: Engine) -> None:
    """A process that has no verb for a job neither runs nor claims it."""
    assert look(rota(database, {}), START) == ()
    assert look(rota(database, {}), START + timedelta(days=1)) == ()
    with transaction(database) as connection:
        assert last_runs(connection, FAR) == ()


def test_a_slot_that_failed_is_tried_again_until_it_works(database: Engine) -> None:
    """Not at once, but within its time; and once it has worked it is over."""
    nine = START + timedelta(hours=1)
    attempts: list[Slot] = []

    def fail_first(slot: Slot) -> str:
        attempts.append(slot)
        if len(attempts) == 1:
            raise OutsideError("the disk is full")
        return "done it"

    watch = Rota(
        Schedule(ZoneInfo("Europe/Stockholm"), (BACKUP,)),
        {"backup": fail_first},
        database,
        "one",
        lambda: FAR,
    )
    look(watch, START)

    states = [
        [done.state for done in look(watch, nine + timedelta(minutes=minutes))]
        for minutes in (0, 1, 16, 40)
    ]

    assert states == [["failed"], [], ["done"], []]
    assert attempts == [Slot(nine, "backup")] * 2


def test_a_slot_whose_process_died_over_it_is_run_by_another(either_database: Engine) -> None:
    """A row that nobody renews belongs to nobody when its lease has ended; not a moment before."""
    nine, diary = START + timedelta(hours=1), Diary()
    look(rota(either_database, {"backup": diary}), START)
    dead = replace(running("backup", nine), claimed_by="dead")
    with transaction(either_database) as connection:
        claim_slot(connection, dead)

    too_soon = look(rota(either_database, {"backup": diary}), nine + LEASE - SECOND)
    later = look(rota(either_database, {"backup": diary}), nine + LEASE)

    assert too_soon == ()
    assert [done.state for done in later] == ["done"]
    assert diary.slots == [Slot(nine, "backup")]


def test_a_clock_that_was_wrong_for_a_moment_stops_nothing(database: Engine) -> None:
    """A tick in 2036 leaves its row there; today's slots are run all the same."""
    diary = Diary()
    look(rota(database, {"backup": diary}), START)
    look(rota(database, {"backup": diary}), START + timedelta(days=3650))
    diary.slots.clear()

    look(rota(database, {"backup": diary}), START + timedelta(hours=1))

    assert diary.slots == [Slot(START + timedelta(hours=1), "backup")]


def test_a_run_that_was_taken_over_writes_nothing(either_database: Engine) -> None:
    """When another process has begun a slot again, the first one's end is not that slot's."""
    first = running("backup", START)
    later = START + LEASE
    second = replace(first, claimed_by="two", attempt=2, started=later, lease_until=later + LEASE)
    with transaction(either_database) as connection:
        assert claim_slot(connection, first)
    with transaction(either_database) as connection:
        assert claim_again(connection, second)
        assert not claim_again(connection, replace(second, claimed_by="three"))

    with transaction(either_database) as connection:
        renewed = renew(connection, first, later + 2 * LEASE)
        written = finish_slot(connection, replace(first, state="failed", note="gave up"), later)
        found = last_run(connection, "backup", later)
        ended = finish_slot(connection, replace(second, state="done", note="did it"), later)
        at_last = last_run(connection, "backup", later)

    assert (renewed, written, ended) == (False, False, True)
    assert found == second
    assert at_last is not None
    assert (at_last.state, at_last.note, at_last.lease_until) == ("done", "did it", None)


def test_each_job_begins_when_its_turn_comes(database: Engine) -> None:
    """Who waits for a long job before it is not taken for one that was cut short."""
    hours = iter(range(7, 24))
    diary = Diary()
    both = rota(database, {"backup": diary, "publish": diary})
    look(both, START)

    moments = replace(
        both, clock=lambda: START.replace(hour=next(hours)), shared_clock=lambda: START
    )
    done = tick(moments, START + timedelta(hours=1))

    assert [one.slot.job for one in done] == ["backup", "publish"]
    with transaction(database) as connection:
        started = {run.job: run.started.hour for run in last_runs(connection, FAR)}
        ended = connection.execute(select(job_run.c.finished).order_by(job_run.c.due)).scalars()
        assert started == {"backup": 7, "publish": 9}
        assert [moment.hour for moment in ended if moment] == [8, 10]
