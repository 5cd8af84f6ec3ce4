"""Each slot runs once, whatever slept, crashed or was started twice."""

import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete, select, text

from newsroom.database.connection import reading, transaction
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
from newsroom.database.tables import job_run, outbox
from newsroom.errors import OutsideError
from newsroom.jobs.running.hands import hands_in
from newsroom.jobs.running.rota import Done, Held, Idle, Rota, Verb
from newsroom.jobs.running.tick import tick
from newsroom.jobs.running.trouble import JobTrouble, jobs_in_trouble, tell_of, tell_of_hanging
from newsroom.model import Daily, Every, Schedule, ScheduledJob, Slot, Weekly, Yearly
from newsroom.model.saying import say
from newsroom.render.sayings import in_language

FAR = datetime(2100, 1, 1, tzinfo=UTC)
START = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
BACKUP = ScheduledJob("backup", Daily(time(9)), within=timedelta(hours=6))
PUBLISH = ScheduledJob("publish", Every(timedelta(minutes=5)))


SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


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
    return JobRun(job, due, "running", due, claimed_by="one", lease_until=due + LEASE.length)


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

    too_soon = look(rota(either_database, {"backup": diary}), nine + LEASE.length - SECOND)
    later = look(rota(either_database, {"backup": diary}), nine + LEASE.length)

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


@pytest.fixture
def memos(either_database: Engine) -> Callable[[], list[str]]:
    """The subjects of what the coordinator is to be told, oldest first."""

    def subjects() -> list[str]:
        with transaction(either_database) as connection:
            rows = connection.execute(select(outbox.c.memo).order_by(outbox.c.id)).scalars()
            return [memo["subject"] for memo in rows]

    return subjects


class Weather:
    """A verb that fails for as long as a test wants."""

    def __init__(self) -> None:
        self.is_bad = True
        self.tried: list[datetime] = []

    def __call__(self, slot: Slot) -> str:
        self.tried.append(slot.due)
        if self.is_bad:
            raise OutsideError(say("the disk is full"))
        return "done it"


def minutes_of(found: list[tuple[datetime, tuple[Done, ...]]], since: datetime) -> list[int]:
    """When something was run, in minutes since a moment."""
    return [(moment - since) // MINUTE for moment, done in found if done]


def watch(rota: Rota, since: datetime, until: datetime) -> list[tuple[datetime, tuple[Done, ...]]]:
    """A tick each minute, and what came of it."""
    moments = [since + n * MINUTE for n in range((until - since) // MINUTE + 1)]
    return [(moment, look(rota, moment)) for moment in moments]


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


def die(_slot: Slot) -> str:
    """A verb that takes its process with it: nothing after it is reached."""
    raise KeyboardInterrupt


def deaths(rota: Rota, since: datetime, until: datetime) -> list[int]:
    """Look each half minute; the minutes after `since` at which a process died over it."""
    died = []
    for halves in range((until - since) // (30 * SECOND) + 1):
        try:
            look(rota, since + halves * 30 * SECOND)
        except KeyboardInterrupt:
            died.append(halves // 2)
    return died


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


def test_a_run_that_comes_late_says_so(database: Engine) -> None:
    """Who looks after an outage reads by how much the slot was missed."""
    look(rota(database, {"publish": Diary()}), START)
    weekly = replace(
        rota(database, {"publish": Diary()}),
        schedule=Schedule(ZoneInfo("UTC"), (ScheduledJob("publish", Daily(time(9))),)),
    )

    on_time = look(weekly, START.replace(hour=9, minute=5))
    late = look(weekly, START.replace(hour=12, minute=5) + timedelta(days=1))

    assert [done.note for done in on_time] == ["done it"]
    assert [done.note for done in late] == ["done it; ran late by 3 h 5 min"]
    assert in_language(late[0].note, "sv") == "done it; kördes 3 tim 5 min för sent"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=3), "3 tim"),
        (timedelta(hours=23, minutes=59), "23 tim 59 min"),
        (timedelta(hours=48, minutes=40), "2 dagar"),
        (timedelta(hours=57), "2 dagar 9 tim"),
        (timedelta(hours=73), "3 dagar 1 tim"),
    ],
)
def test_how_late_is_said_as_people_say_it(database: Engine, after: timedelta, words: str) -> None:
    """Nobody counts fifty-seven hours, or no minutes."""
    nine = START + HOUR
    links = replace(
        rota(database, {"links": Diary()}),
        schedule=Schedule(ZoneInfo("UTC"), (ScheduledJob("links", Weekly(0, time(7))),)),
    )
    look(links, START)

    (done,) = look(links, nine + after)

    assert in_language(done.note, "sv") == f"done it; kördes {words} för sent"


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
    clock = iter([START] * 3 + [due + n * MINUTE for n in range(1000)])

    def slow(_slot: Slot) -> str:
        end = monotonic() + 10
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


SENDING = ScheduledJob("newsletter.var.send", Yearly(6, time(9), day=1), within=6 * HOUR)


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
