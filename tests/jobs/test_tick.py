"""Each slot runs once, whatever slept, crashed or was started twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database.connection import transaction
from newsroom.database.job_runs import claim_slot, last_runs
from newsroom.errors import OutsideError
from newsroom.jobs.tick import Rota, tick
from newsroom.model import Daily, Every, Schedule, ScheduledJob, Slot

FAR = datetime(2100, 1, 1, tzinfo=UTC)
START = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
BACKUP = ScheduledJob("backup", Daily(time(9)), within=timedelta(hours=6))
PUBLISH = ScheduledJob("publish", Every(timedelta(minutes=5)))


class Diary:
    """A verb that remembers which slots it was given."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []

    def __call__(self, slot: Slot) -> str:
        self.slots.append(slot)
        return "done it"


def rota(database: Engine, verbs: dict[str, Diary], who: str = "one") -> Rota:
    """A rota in Stockholm with both jobs on its schedule."""
    schedule = Schedule(ZoneInfo("Europe/Stockholm"), (BACKUP, PUBLISH))
    return Rota(schedule, verbs, database, who)


def test_a_new_job_does_not_replay_the_past(database: Engine) -> None:
    """The first tick only notes that the job exists; nothing runs."""
    diary = Diary()

    done = tick(rota(database, {"publish": diary}), START)

    assert done == ()
    assert diary.slots == []


def test_a_slot_runs_once_for_two_processes(database: Engine) -> None:
    """Whoever claims the slot first runs it; the other is told no."""
    first, second = Diary(), Diary()
    tick(rota(database, {"publish": first}), START)
    later = START + timedelta(minutes=5)

    tick(rota(database, {"publish": first}, "one"), later)
    tick(rota(database, {"publish": second}, "two"), later)
    tick(rota(database, {"publish": first}, "one"), later)

    assert first.slots == [Slot(later, "publish")]
    assert second.slots == []


def test_after_an_outage_the_latest_slot_stands_for_all(database: Engine) -> None:
    """Twelve missed publishings are made good by one."""
    diary = Diary()
    tick(rota(database, {"publish": diary}), START)

    tick(rota(database, {"publish": diary}), START + timedelta(hours=1, minutes=2))

    assert diary.slots == [Slot(START + timedelta(hours=1), "publish")]


def test_a_job_that_is_too_late_is_told_and_not_run(database: Engine) -> None:
    """Nine in the morning, seen the next midnight, is past its six hours."""
    diary = Diary()
    tick(rota(database, {"backup": diary}), START)

    done = tick(rota(database, {"backup": diary}), START + timedelta(hours=16))

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
    )
    tick(both, START)

    done = tick(both, START + timedelta(hours=1))

    assert [(d.slot.job, d.state) for d in done] == [("backup", "failed"), ("publish", "done")]
    assert str(error) in done[0].note
    with transaction(database) as connection:
        assert {(run.job, run.state) for run in last_runs(connection, FAR)} == {
            ("backup", "failed"),
            ("publish", "done"),
        }


def test_a_job_without_a_verb_is_left_to_others(database: Engine) -> None:
    """A process that has no verb for a job neither runs nor claims it."""
    assert tick(rota(database, {}), START) == ()
    assert tick(rota(database, {}), START + timedelta(days=1)) == ()
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
        Schedule(ZoneInfo("Europe/Stockholm"), (BACKUP,)), {"backup": fail_first}, database, "one"
    )
    tick(watch, START)

    states = [
        [done.state for done in tick(watch, nine + timedelta(minutes=minutes))]
        for minutes in (0, 1, 16, 40)
    ]

    assert states == [["failed"], [], ["done"], []]
    assert attempts == [Slot(nine, "backup")] * 2


def test_a_slot_whose_process_died_over_it_is_run_by_another(database: Engine) -> None:
    """A row that says running for longer than any run takes belongs to nobody."""
    nine, diary = START + timedelta(hours=1), Diary()
    tick(rota(database, {"backup": diary}), START)
    with transaction(database) as connection:
        claim_slot(connection, Slot(nine, "backup"), "dead", nine, state="running")

    too_soon = tick(rota(database, {"backup": diary}), nine + timedelta(minutes=5))
    later = tick(rota(database, {"backup": diary}), nine + timedelta(minutes=31))

    assert too_soon == ()
    assert [done.state for done in later] == ["done"]
    assert diary.slots == [Slot(nine, "backup")]


def test_a_clock_that_was_wrong_for_a_moment_stops_nothing(database: Engine) -> None:
    """A tick in 2036 leaves its row there; today's slots are run all the same."""
    diary = Diary()
    tick(rota(database, {"backup": diary}), START)
    tick(rota(database, {"backup": diary}), START + timedelta(days=3650))
    diary.slots.clear()

    tick(rota(database, {"backup": diary}), START + timedelta(hours=1))

    assert diary.slots == [Slot(START + timedelta(hours=1), "backup")]
