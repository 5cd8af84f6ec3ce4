"""A slot is in one pair of hands, and what came of it is written down by them."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, text

from newsroom.database.connection import reading, transaction
from newsroom.database.job_runs import LEASE, claim_again, claim_slot, finish_slot, last_run, renew
from newsroom.jobs.running.hands import hands_in
from newsroom.jobs.running.rota import Done
from newsroom.model import Slot
from tests.jobs.running.slots import (
    FAR,
    HOUR,
    MINUTE,
    SECOND,
    START,
    Diary,
    look,
    minutes_of,
    rota,
    running,
    watch,
)
from tests.processes import PATIENCE


def test_a_slot_whose_process_died_over_it_is_run_by_another(either_database: Engine) -> None:
    """A row that nobody renews belongs to nobody when its lease has ended; not a moment before."""
    nine, diary = START + timedelta(hours=1), Diary()
    look(rota(either_database, {"backup": diary}), START)
    dead = replace(running("backup", nine), claimed_by="dead")
    with transaction(either_database) as connection:
        claim_slot(connection, dead)

    too_soon = look(rota(either_database, {"backup": diary}), nine + LEASE.length - SECOND)
    later = look(rota(either_database, {"backup": diary}), nine + LEASE.length)

    assert too_soon == ()
    assert [done.state for done in later] == ["done"]
    assert diary.slots == [Slot(nine, "backup")]


def test_a_run_that_was_taken_over_writes_nothing(either_database: Engine) -> None:
    """When another process has begun a slot again, the first one's end is not that slot's."""
    first = running("backup", START)
    later = START + LEASE.length
    until = LEASE.until(later)
    second = replace(first, claimed_by="two", attempt=2, started=later, lease_until=until)
    with transaction(either_database) as connection:
        assert claim_slot(connection, first)
    with transaction(either_database) as connection:
        assert claim_again(connection, second)
        assert not claim_again(connection, replace(second, claimed_by="three"))

    with transaction(either_database) as connection:
        renewed = renew(connection, first, later + 2 * LEASE.length)
        written = finish_slot(connection, replace(first, state="failed", note="gave up"), later)
        found = last_run(connection, "backup", later)
        ended = finish_slot(connection, replace(second, state="done", note="did it"), later)
        at_last = last_run(connection, "backup", later)

    assert (renewed, written, ended) == (False, False, True)
    assert found == second
    assert at_last is not None
    assert (at_last.state, at_last.note, at_last.lease_until) == ("done", "did it", None)


def test_no_slot_is_begun_while_the_job_is_in_hand(database: Engine, tmp_path: Path) -> None:
    """A job that takes longer than its interval is not begun beside itself, in no process."""
    inner: list[tuple[Done, ...]] = []
    hands = hands_in(tmp_path / "locks")

    def busy(_slot: Slot) -> str:
        inner.extend(look(ours, START + timedelta(minutes=5 + more)) for more in (5, 60))
        return "done it"

    ours = replace(rota(database, {"publish": busy}), hands=hands, who=hands.who)
    look(ours, START)

    done = look(ours, START + timedelta(minutes=5))
    after = look(replace(ours, verbs={"publish": Diary()}), START + timedelta(minutes=10))

    assert [one.state for one in done] == ["done"]
    assert inner == [(), ()]
    assert [one.state for one in after] == ["done"]


def test_what_a_killed_process_of_this_machine_left_is_taken_up_soon(
    database: Engine, tmp_path: Path
) -> None:
    """Its lock is free, so nobody waits for its lease to end, but as after one failure."""
    hands, diary, due = hands_in(tmp_path / "locks"), Diary(), START + timedelta(minutes=5)
    ours = replace(rota(database, {"publish": diary}), hands=hands)
    look(ours, START)
    dead = replace(running("publish", due), claimed_by=f"{hands.place}:999999")
    with transaction(database) as connection:
        claim_slot(connection, dead)

    too_soon = look(ours, due + 59 * SECOND)
    done = look(ours, due + MINUTE)

    assert too_soon == ()
    assert [one.slot.due for one in done] == [due]
    assert hands_in(tmp_path / "locks") == hands


def test_a_lease_is_renewed_while_the_job_is_at_work(database: Engine) -> None:
    """A job may take as long as it needs: nobody takes it for one that was cut short."""
    due = START + timedelta(minutes=5)
    clock = chain([START] * 3, (due + n * MINUTE for n in count()))

    def slow(_slot: Slot) -> str:
        end = monotonic() + PATIENCE
        while (lease := lease_of(database)) <= due + 2 * LEASE.length and monotonic() < end:
            sleep(0.01)
        return f"{lease > due + 2 * LEASE.length}"

    patient = replace(
        rota(database, {"publish": slow}),
        shared_clock=lambda: next(clock),
        renew_every=timedelta(milliseconds=5),
    )
    look(patient, START)

    assert [done.note for done in look(patient, due)] == ["True"]


def lease_of(database: Engine) -> datetime:
    """Until when the job is in somebody's hands."""
    with reading(database) as connection:
        run = last_run(connection, "publish", FAR)
    assert run is not None
    assert run.lease_until is not None
    return run.lease_until


def test_a_lease_that_no_clock_of_today_can_have_written_holds_nobody_up(database: Engine) -> None:
    """When the clock was an hour ahead as a process died, its lease does not last an hour more."""
    due, diary = START + timedelta(minutes=5), Diary()
    look(rota(database, {"publish": diary}), START)
    ahead = replace(running("publish", due), lease_until=due + HOUR + LEASE.length)
    with transaction(database) as connection:
        claim_slot(connection, ahead)

    done = look(rota(database, {"publish": diary}), due + MINUTE)

    assert [one.state for one in done] == ["done"]


def test_a_lease_of_a_clock_that_is_some_minutes_ahead_is_one(database: Engine) -> None:
    """Who looks by a clock four minutes behind leaves alone what another machine is at."""
    due, diary = START + timedelta(minutes=5), Diary()
    look(rota(database, {"publish": diary}), START)
    until = LEASE.until(due + 4 * MINUTE)
    ahead = replace(running("publish", due), started=START, lease_until=until)
    with transaction(database) as connection:
        claim_slot(connection, ahead)

    assert look(rota(database, {"publish": diary}), due) == ()
    assert look(rota(database, {"publish": diary}), due + 8 * MINUTE) == ()
    assert [one.state for one in look(rota(database, {"publish": diary}), due + 9 * MINUTE)] == [
        "done"
    ]


@pytest.mark.parametrize("hostile", ["p\udce5.html", "nul\0"])
def test_a_reason_that_no_database_takes_is_kept_with_a_mark(
    either_database: Engine, hostile: str
) -> None:
    """A file's name in an old encoding, in what a tool says, does not have a job run each look."""
    bad = rota(either_database, {"publish": lambda _slot: hostile})
    look(bad, START)

    looked = watch(bad, START + 5 * MINUTE, START + 9 * MINUTE)

    assert minutes_of(looked, START) == [5]
    with reading(either_database) as connection:
        run = last_run(connection, "publish", FAR)
    assert run is not None
    assert run.note is not None
    assert "\N{REPLACEMENT CHARACTER}" in run.note


def test_what_cannot_be_written_down_stops_no_other_job(database: Engine) -> None:
    """The job whose row another program holds back is told as failed, and the next one is run."""
    nine, diary = START + HOUR, Diary()

    def spoil(_slot: Slot) -> str:
        with transaction(database) as connection:
            connection.execute(
                text(
                    "CREATE TRIGGER held BEFORE UPDATE ON job_run WHEN NEW.job = 'backup' "
                    "BEGIN SELECT RAISE(ABORT, 'the row is held'); END"
                )
            )
        return "done it"

    both = rota(database, {"backup": spoil, "publish": diary})
    look(both, START)

    done = look(both, nine)

    assert [(one.slot.job, one.state) for one in done] == [
        ("backup", "failed"),
        ("publish", "done"),
    ]
    assert "could not be written down" in done[0].note
    assert "the row is held" in done[0].note
