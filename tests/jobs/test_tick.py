"""Each slot runs once, whatever slept, crashed or was started twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database.connection import transaction
from newsroom.database.job_runs import last_runs
from newsroom.errors import OutsideError
from newsroom.jobs.tick import Rota, tick
from newsroom.model import Daily, Every, Schedule, ScheduledJob, Slot

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
    assert "15 hours late" in done[0].note


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
        assert {(run.job, run.state) for run in last_runs(connection)} == {
            ("backup", "failed"),
            ("publish", "done"),
        }


def test_a_job_without_a_verb_is_left_to_others(database: Engine) -> None:
    """A process that has no verb for a job neither runs nor claims it."""
    assert tick(rota(database, {}), START) == ()
    assert tick(rota(database, {}), START + timedelta(days=1)) == ()
    with transaction(database) as connection:
        assert last_runs(connection) == ()
