"""A job that fails for long is told once, and its end once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete

from newsroom.database.connection import transaction
from newsroom.database.job_runs import claim_slot, last_run
from newsroom.database.tables import outbox
from newsroom.jobs.running.hands import hands_in
from newsroom.jobs.running.rota import Held, Verb
from newsroom.jobs.running.trouble import JobTrouble, jobs_in_trouble, tell_of, tell_of_hanging
from newsroom.model import Schedule
from tests.jobs.running.slots import (
    FAR,
    HOUR,
    MINUTE,
    SENDING,
    START,
    Diary,
    Weather,
    deaths,
    die,
    look,
    rota,
    running,
    watch,
)


def test_what_fails_for_long_is_told_once_and_its_end_once(
    either_database: Engine, memos: Callable[[], list[str]]
) -> None:
    """An afternoon of failing is one mail, and another when it works; then all begins anew."""
    weather = Weather()
    bad = rota(either_database, {"publish": weather})
    look(bad, START)

    watch(bad, START, START + timedelta(minutes=29))
    too_soon = memos()
    watch(bad, START + timedelta(minutes=30), START + 3 * HOUR)
    told = memos()
    send_all(either_database)
    weather.is_bad = False
    watch(bad, START + 3 * HOUR, START + 4 * HOUR)
    ended = memos()
    send_all(either_database)
    weather.is_bad = True
    watch(bad, START + 4 * HOUR, START + 5 * HOUR)

    assert too_soon == []
    assert told == ["It does not work: publish what has come"]
    assert ended == ["It works again: publish what has come"]
    assert memos() == ["It does not work: publish what has come"]


def send_all(database: Engine) -> None:
    """Let what waits have been handed over."""
    with transaction(database) as connection:
        connection.execute(delete(outbox))


def test_what_mends_itself_is_nobodys_news(
    either_database: Engine, memos: Callable[[], list[str]]
) -> None:
    """A relay that is away for ten minutes is told to nobody, neither its going nor its coming."""
    weather = Weather()
    bad = rota(either_database, {"publish": weather})
    look(bad, START)
    watch(bad, START, START + timedelta(minutes=10))
    weather.is_bad = False

    watch(bad, START + timedelta(minutes=11), START + HOUR)

    assert memos() == []


def test_a_verb_that_kills_its_process_is_tried_as_seldom_as_one_that_fails_and_told(
    either_database: Engine, memos: Callable[[], list[str]], tmp_path: Path
) -> None:
    """Who dies over a job leaves no word: the next to take it counts the death, and says so.

    Its lock is free at once, and it has a new slot every five minutes; it waits all the same.
    """
    due, hands = START + timedelta(minutes=5), hands_in(tmp_path / "locks")
    deadly = replace(rota(either_database, {"publish": die}), hands=hands, who=hands.who)
    look(deadly, START)

    early = deaths(deadly, due, due + 22 * MINUTE)
    too_soon = memos()
    late = deaths(deadly, due + 23 * MINUTE, due + 2 * HOUR)
    told = memos()
    send_all(either_database)
    with transaction(either_database) as connection:
        still = jobs_in_trouble(connection, deadly.schedule, due + 2 * HOUR)
    look(replace(deadly, verbs={"publish": Diary()}), due + 3 * HOUR)

    assert early == [0, 1, 3, 8]
    assert [23 + minutes for minutes in late] == [23, 53, 113]
    assert (too_soon, told) == ([], ["It does not work: publish what has come"])
    assert [(each.failures, each.note) for each in still] == [
        (6, "its process ended before the job did")
    ]
    assert memos() == ["It works again: publish what has come"]


def test_who_has_to_know_of_trouble(either_database: Engine) -> None:
    """Monitors are told which jobs fail, since when, and whether that lasts; not of jobs gone."""
    weather = Weather()
    bad = rota(either_database, {"publish": weather})
    look(bad, START)
    first = START + timedelta(minutes=5)

    def troubles(now: datetime, schedule: Schedule | None = bad.schedule) -> tuple[JobTrouble, ...]:
        with transaction(either_database) as connection:
            return jobs_in_trouble(connection, schedule, now)

    look(bad, first)
    young = troubles(first)
    watch(bad, first + MINUTE, first + HOUR)
    old = troubles(first + HOUR)
    weather.is_bad = False
    look(bad, first + 2 * HOUR)

    assert young == (JobTrouble("publish", first, 1, "the disk is full", lasts=False),)
    assert [(each.since, each.failures > 10, each.lasts) for each in old] == [(first, True, True)]
    assert troubles(first + HOUR, None) == ()
    assert troubles(first + 2 * HOUR) == ()


def test_a_job_that_comes_to_no_end_is_told(
    either_database: Engine, memos: Callable[[], list[str]]
) -> None:
    """Whoever hangs renews the lease and says nothing: others tell of it, once, and of its end."""
    due = START + timedelta(minutes=5)
    schedule = rota(either_database, {}).schedule
    run = running("publish", due)

    def tell(now: datetime) -> tuple[JobTrouble, ...]:
        with transaction(either_database) as connection:
            tell_of_hanging(connection, schedule, "sv", now)
            return jobs_in_trouble(connection, schedule, now)

    with transaction(either_database) as connection:
        claim_slot(connection, run)
    young = tell(due + 6 * HOUR)
    old = [tell(due + 6 * HOUR + n * MINUTE) for n in (1, 2)][-1]
    told = memos()
    send_all(either_database)
    with transaction(either_database) as connection:
        ended = replace(run, state="done")
        tell_of(connection, run, ended, schedule, "sv", due + 7 * HOUR)

    assert young == ()
    assert old == (JobTrouble("publish", due, 0, "it comes to no end", lasts=True, hangs=True),)
    assert told == ["It does not work: publish what has come"]
    assert memos() == ["It works again: publish what has come"]


@pytest.mark.parametrize("state", ["late", "held"])
def test_a_failing_that_ends_otherwise_than_well_is_told_too(
    either_database: Engine, memos: Callable[[], list[str]], state: str
) -> None:
    """An issue that could not leave is held, or its time goes by: it fails no longer, and why."""
    nine, weather = START + HOUR, Weather()
    schedule = Schedule(ZoneInfo("Europe/Stockholm"), (SENDING,))
    bad = replace(rota(either_database, {SENDING.name: weather}), schedule=schedule)
    look(bad, START)
    watch(bad, nine, nine + HOUR)
    told = memos()
    send_all(either_database)

    if state == "held":
        held: Verb = lambda _slot: Held("nobody said yes")  # noqa: E731 (a verb of one word)
        watch(replace(bad, verbs={SENDING.name: held}), nine + HOUR, nine + 3 * HOUR)
    else:
        watch(bad, nine + HOUR, nine + 9 * HOUR)

    with transaction(either_database) as connection:
        last = last_run(connection, SENDING.name, FAR)
        trouble = jobs_in_trouble(connection, schedule, nine + timedelta(days=100))
    assert last is not None
    assert (last.state, last.failures, trouble) == (state, 0, ())
    assert told == ["It does not work: newsletter, spring: it is sent"]
    assert memos() == ["It is not tried any more: newsletter, spring: it is sent"]
