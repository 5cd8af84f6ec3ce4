"""The vital signs, as the database tells them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert

from newsroom.database import reading, transaction
from newsroom.database.job_runs import LEASE, JobRun, claim_slot, lease_time
from newsroom.database.tables import bounce, subscriber
from newsroom.delivery.approval.approvals import Approval
from newsroom.jobs.health.vitals import Look, Marks, Vitals
from newsroom.model import Daily, Every, Rule, Schedule, ScheduledJob, Slot, Weekly
from tests.delivery.sample_ledger import keep_yes
from tests.jobs.health.signs import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SCHEDULE = Schedule(
    ZoneInfo("Europe/Stockholm"),
    (ScheduledJob("publish", Every(5 * MINUTE)), ScheduledJob("backup", Daily(time(3)))),
)


def look(
    database: Engine, schedule: Schedule | None = SCHEDULE, backed_up: datetime | None = None
) -> Vitals:
    """The vital signs at NOW."""
    with reading(database) as connection:
        return Look(schedule, None).at(connection, Marks(backed_up=backed_up), NOW)


def backups(rule: Rule) -> Schedule:
    """A schedule of nothing but backups."""
    return Schedule(ZoneInfo("Europe/Stockholm"), (ScheduledJob("backup", rule),))


def run(database: Engine, job: str, ago: timedelta, state: str, *, leased: bool = False) -> None:
    """A slot of a job that was begun."""
    lease = NOW + LEASE.length - MINUTE if leased else None
    with transaction(database) as connection:
        claim_slot(connection, JobRun(job, NOW - ago, state, NOW - ago, lease_until=lease))


def test_a_newsroom_that_was_just_made(either_database: Engine) -> None:
    """Nothing has run and nothing is missed."""
    found = look(either_database)

    assert (found.jobs, found.overdue, found.issues, found.mails) == ((), (), (), ())
    assert [slot.job for slot in found.next] == ["publish", "backup"]


def test_without_a_schedule_nothing_is_due(database: Engine) -> None:
    """A newsroom that is run by hand misses nothing."""
    run(database, "publish", 10 * DAY, "done")

    found = look(database, None)

    assert (found.next, found.overdue) == ((), ())


def test_a_job_that_was_taken_off_the_schedule_is_told_no_more(database: Engine) -> None:
    """Its last run failed, and nobody will ever run it again: it is on nobody's list."""
    run(database, "links", DAY, "failed")
    run(database, "publish", DAY, "done")

    assert [one.job for one in look(database).jobs] == ["publish"]
    assert [one.job for one in look(database, None).jobs] == ["links", "publish"]


def test_a_lease_goes_by_the_clock_of_the_database(postgres_database: Engine) -> None:
    """Who asks by another clock takes no job that is at work for one that nobody begins."""
    with transaction(postgres_database) as connection:
        lease = lease_time(connection, NOW) + LEASE.length - MINUTE
        begun = NOW - 30 * MINUTE
        claim_slot(connection, JobRun("publish", begun, "running", begun, lease_until=lease))

    assert look(postgres_database).overdue == ()


def test_a_job_that_waits_after_it_killed_its_process_is_not_missed(database: Engine) -> None:
    """Somebody looks at the clock, and leaves it alone on purpose; its failing is told as such."""
    begun = NOW - 30 * MINUTE
    with transaction(database) as connection:
        claim_slot(connection, JobRun("publish", begun, "running", begun, failures=6))

    assert look(database).overdue == ()


@pytest.mark.parametrize(
    ("ago", "state", "leased", "missed"),
    [
        (5 * MINUTE, "done", False, False),
        (19 * MINUTE, "done", False, False),  # its next slot was fourteen minutes ago
        (30 * MINUTE, "done", False, True),
        (30 * MINUTE, "failed", False, True),
        (30 * MINUTE, "running", True, False),  # somebody is at it
        (30 * MINUTE, "running", False, True),  # and here nobody is
    ],
)
def test_a_slot_that_nobody_begins_is_missed(
    database: Engine,
    ago: timedelta,
    state: str,
    leased: bool,  # noqa: FBT001
    missed: bool,  # noqa: FBT001
) -> None:
    """A quarter of an hour after its time, wherever the clock is that should have seen to it."""
    run(database, "publish", ago, state, leased=leased)

    found = look(database)

    assert found.overdue == ((Slot(NOW - ago + 5 * MINUTE, "publish"),) if missed else ())


def test_what_came_back_lately(database: Engine) -> None:
    """By kind; what was undone, and what came long ago, is not among it."""
    rows = [("bounce", 1, None), ("bounce", 2, None), ("bounce", 40, None), ("bounce", 3, NOW)]
    with transaction(database) as connection:
        for number, (kind, days, undone) in enumerate([*rows, ("complaint", 4, None)]):
            connection.execute(
                insert(bounce).values(
                    digest=f"{number:064}",
                    kind=kind,
                    severity="hard",
                    suppressed=False,
                    at=NOW - days * DAY,
                    undone=undone,
                )
            )

    assert [(one.kind, one.number) for one in look(database).returned] == [
        ("bounce", 2),
        ("complaint", 1),
    ]


def test_issues_of_the_last_year(either_database: Engine) -> None:
    """The latest first; what is older is history."""
    for name, days in (("2020-var", 2000), ("2025-host", 180), ("2026-var", 0)):
        keep_yes(either_database, Approval(name, "h", "anna", NOW - days * DAY))

    assert [tally.issue for tally in look(either_database).issues] == ["2026-var", "2025-host"]


@pytest.mark.parametrize(
    ("rule", "days", "wanted"),
    [
        (Daily(time(3)), 3, "2026-05-30 01:00"),
        (Weekly(6, time(3)), 3, "2026-05-31 01:00"),  # a Sunday: yesterday, from Friday
        (Weekly(2, time(3)), 3, "2026-06-03 01:00"),
        (Every(6 * timedelta(hours=1)), 0, "2026-06-01 12:00"),
    ],
)
def test_a_backup_is_due_by_its_own_rule(
    database: Engine, rule: Rule, days: int, wanted: str
) -> None:
    """The next is counted from the last: nobody waits for one each day who wants one a week."""
    found = look(database, backups(rule), NOW - days * DAY)

    assert f"{found.backup_due:%Y-%m-%d %H:%M}" == wanted


def test_a_first_backup_is_due_from_when_somebody_looks_at_the_clock(database: Engine) -> None:
    """Where none was ever made it is the first slot; before anybody has looked nobody waits."""
    before = look(database, backups(Daily(time(3)))).backup_due
    run(database, "backup", 3 * DAY, "first")

    found = look(database, backups(Daily(time(3))))

    assert before is None
    assert f"{found.backup_due:%Y-%m-%d %H:%M}" == "2026-05-30 01:00"


def test_readers_are_those_who_asked_and_have_not_left(either_database: Engine) -> None:
    """Who has yet to confirm waits for a mail, too."""
    states = ("pending", "active", "active", "unsubscribed", "suppressed")
    with transaction(either_database) as connection:
        for number, state in enumerate(states):
            row = insert(subscriber).values(
                email=f"{number}@kommun.example", state=state, lang="sv", tags=[], since=NOW
            )
            connection.execute(row)

    assert look(either_database).readers == 3
