"""What failed is tried again, after longer and longer waits."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database.connection import transaction
from newsroom.database.job_runs import JobRun, claim_slot
from newsroom.errors import OutsideError
from newsroom.jobs.running.hands import hands_in
from newsroom.jobs.running.rota import Rota, Verb
from newsroom.model import Schedule, Slot
from tests.jobs.running.slots import (
    BACKUP,
    FAR,
    HOUR,
    MINUTE,
    START,
    Diary,
    Weather,
    deaths,
    die,
    look,
    minutes_of,
    rota,
    watch,
)


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


def test_a_job_is_tried_again_after_longer_and_longer_waits(either_database: Engine) -> None:
    """After 5, 15, 30 minutes, an hour, and then every two hours, until it works.

    The count stands in the ledger: each look here is by a process that knows nothing.
    """
    nine, weather = START + timedelta(hours=1), Weather()
    look(rota(either_database, {"backup": weather}), START)

    failed = watch(rota(either_database, {"backup": weather}), nine, nine + 5 * HOUR)
    weather.is_bad = False
    well = watch(rota(either_database, {"backup": weather}), nine + 5 * HOUR, nine + 6 * HOUR)

    assert minutes_of(failed, nine) == [0, 5, 20, 50, 110, 230]
    assert minutes_of(well, nine) == [350]
    assert set(weather.tried) == {nine}


def test_what_a_death_leaves_undone_does_not_keep_the_others_waiting(
    database: Engine, tmp_path: Path
) -> None:
    """The job that killed its process is left alone for a while, and the one after it is run."""
    nine, diary, hands = START + HOUR, Diary(), hands_in(tmp_path / "locks")
    verbs: dict[str, Verb] = {"backup": die, "publish": diary}
    deadly = replace(rota(database, verbs), hands=hands, who=hands.who)
    look(deadly, START)

    died = deaths(deadly, nine, nine + MINUTE)

    assert died == [0]
    assert diary.slots == [Slot(nine, "publish")]


@pytest.mark.parametrize("state", ["failed", "running"])
def test_a_wait_that_a_wrong_clock_wrote_is_not_waited_for(database: Engine, state: str) -> None:
    """A clock that was years ahead for a minute leaves no job waiting for those years."""
    nine, diary = START + HOUR, Diary()
    look(rota(database, {"backup": diary}), START)
    far = START + timedelta(days=3650)
    with transaction(database) as connection:
        wrong = JobRun("backup", nine, state, far, failures=1, failing_since=far, next_at=far)
        claim_slot(connection, wrong)

    assert [one.state for one in look(rota(database, {"backup": diary}), nine + MINUTE)] == ["done"]
