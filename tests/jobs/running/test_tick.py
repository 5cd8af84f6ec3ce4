"""Each slot runs once, whatever slept, crashed or was started twice."""

import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from newsroom.database.connection import transaction
from newsroom.database.job_runs import last_run, last_runs
from newsroom.database.tables import job_run
from newsroom.errors import OutsideError
from newsroom.jobs.running.hands import hands_in
from newsroom.jobs.running.rota import Idle, Rota
from newsroom.jobs.running.tick import tick
from newsroom.model import Schedule, Slot
from tests.jobs.running.slots import (
    BACKUP,
    FAR,
    HOUR,
    MINUTE,
    PUBLISH,
    START,
    Diary,
    look,
    rota,
    watch,
)


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
    assert done[0].note == (
        "15 h late, so it was not run; if it still should: newsroom backup FILE"
    )


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


def test_a_clock_that_was_wrong_for_a_moment_stops_nothing(database: Engine) -> None:
    """A tick in 2036 leaves its row there; today's slots are run all the same."""
    diary = Diary()
    look(rota(database, {"backup": diary}), START)
    look(rota(database, {"backup": diary}), START + timedelta(days=3650))
    diary.slots.clear()

    look(rota(database, {"backup": diary}), START + timedelta(hours=1))

    assert diary.slots == [Slot(START + timedelta(hours=1), "backup")]


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


def test_a_moment_beside_the_slots_is_a_slot(database: Engine) -> None:
    """A post dated 09.03 has the site published at 09.03, though the schedule says every five."""
    diary, coming = Diary(), START + timedelta(minutes=3)
    posts = replace(rota(database, {"publish": diary}), moments={"publish": lambda: coming})
    look(posts, START)

    watch(posts, START + MINUTE, START + timedelta(minutes=6))

    assert [(slot.due - START) // MINUTE for slot in diary.slots] == [3, 5]


def test_a_moment_that_nobody_can_tell_holds_no_other_job_up(
    database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """Its own job keeps to its slots meanwhile; each look says that something is wrong."""
    backups, posts = Diary(), Diary()

    def unknown() -> datetime:
        raise ValueError("no such column")

    both = replace(
        rota(database, {"backup": backups, "publish": posts}), moments={"publish": unknown}
    )
    look(both, START)

    early = look(both, START + MINUTE)
    later = look(both, START + HOUR)

    assert [(one.slot.job, one.state) for one in early] == [("publish", "failed")]
    assert "no such column" in early[0].note
    assert [(one.slot.job, one.state, one.in_ledger) for one in later] == [
        ("publish", "failed", False),
        ("backup", "done", True),
        ("publish", "done", True),
    ]
    assert (len(backups.slots), len(posts.slots)) == (1, 1)
    assert "Traceback" in caplog.text


def test_a_job_that_cannot_be_begun_holds_no_other_up(database: Engine, tmp_path: Path) -> None:
    """A lock that is no file, or that another account made, is the trouble of one job."""
    hands, diary = hands_in(tmp_path / "locks"), Diary()
    (hands.folder / "backup.lock").mkdir()
    both = replace(rota(database, {"backup": Diary(), "publish": diary}), hands=hands)
    look(both, START)

    done = look(both, START + HOUR)

    assert [(one.slot.job, one.state, one.in_ledger) for one in done] == [
        ("backup", "failed", False),
        ("publish", "done", True),
    ]
    assert "backup.lock" in done[0].note


def test_a_first_start_in_1970_costs_nothing_later(database: Engine) -> None:
    """A machine without a battery begins there; five million slots are not counted one by one."""
    diary, epoch = Diary(), datetime(1970, 1, 1, tzinfo=UTC)
    look(rota(database, {"publish": diary}), epoch)

    tracemalloc.start()
    look(rota(database, {"publish": diary}), START)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert diary.slots == [Slot(START, "publish")]
    assert most < 10_000_000


def test_who_is_asked_to_stop_begins_nothing_more(database: Engine) -> None:
    """Of two slots that are due the first is ended, and the second is there for the next look."""
    diary = Diary()
    both = rota(database, {"backup": diary, "publish": diary})
    look(both, START)
    nine = START + timedelta(hours=1)

    done = tick(replace(both, clock=lambda: nine), nine, lambda: bool(diary.slots))

    assert [one.slot.job for one in done] == ["backup"]
    assert [one.slot.job for one in look(both, nine + MINUTE)] == ["publish"]


def test_a_slot_that_is_missed_is_told_before_it_is_written_down(database: Engine) -> None:
    """Whoever waits for it hears of it; a telling that fails is tried again as the slot is."""
    told: list[str] = []

    def tell(slot: Slot, delay: str) -> None:
        told.append(f"{slot.job}: {delay}")
        if len(told) == 1:
            raise OutsideError("the relay is down")

    missing = replace(rota(database, {"backup": Diary()}), missed={"backup": tell})
    look(missing, START)
    first = look(missing, START + timedelta(hours=16))
    second = look(missing, START + timedelta(hours=16, minutes=5))

    assert [one.state for one in (*first, *second)] == ["failed", "late"]
    assert told == ["backup: 15 h", "backup: 15 h 5 min"]
