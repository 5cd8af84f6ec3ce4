"""What is next, what waits and what happened."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from newsroom.content.folder import Reading
from newsroom.database import transaction
from newsroom.database.job_runs import JobRun, claim_slot
from newsroom.delivery.approval.approvals import Approval
from newsroom.jobs.health.cares import Worry
from newsroom.jobs.health.status import Status, status
from newsroom.jobs.health.vitals import Marks, next_of_each
from newsroom.model import (
    Daily,
    Every,
    Newsroom,
    Problem,
    Publication,
    Schedule,
    ScheduledJob,
    Severity,
    Withdrawal,
    Yearly,
)
from tests.delivery.sample_ledger import keep_yes
from tests.render.pieces import at, make_newsroom, make_post

NOW = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
SCHEDULE = Schedule(
    ZoneInfo("Europe/Stockholm"),
    (
        ScheduledJob("newsletter.host.send", Yearly(12, time(9), weekday=1, nth=1)),
        ScheduledJob("publish", Every(timedelta(minutes=5))),
        ScheduledJob("backup", Daily(time(3))),
    ),
)
LATER = make_post("senare", published=at("2026-06-03T10:00"))


def told(
    database: Engine, newsroom: Newsroom, schedule: Schedule | None = None, *problems: Problem
) -> Status:
    """The status of a newsroom whose folder has these problems."""
    return status(Reading(newsroom, problems), schedule, database, Marks(), NOW)


def test_the_next_slot_of_each_job() -> None:
    """Each job once, the soonest first, also what comes but once a year."""
    assert [(slot.job, f"{slot.due:%m-%d %H:%M}") for slot in next_of_each(SCHEDULE, NOW)] == [
        ("publish", "06-01 06:05"),
        ("backup", "06-02 01:00"),
        ("newsletter.host.send", "12-01 08:00"),
    ]


def test_no_schedule_has_no_next() -> None:
    """A newsroom without a schedule has nothing coming by itself."""
    assert next_of_each(None, NOW) == ()


def test_what_waits_for_its_time(database: Engine) -> None:
    """Posts and publications to come, the soonest first; not drafts, nor what was taken back."""
    report = Publication(
        source=PurePosixPath("posts/documents/r.md"),
        body_line=1,
        id="r",
        title="R",
        slug="r",
        lang="sv",
        body="",
        file=PurePosixPath("posts/documents/r.pdf"),
        published=at("2026-06-02T10:00"),
    )
    newsroom = make_newsroom(
        posts=(
            LATER,
            make_post("nu"),
            replace(LATER, slug="utkast", draft=True),
            replace(LATER, slug="borta", withdrawn=Withdrawal(NOW.date(), "fel")),
        ),
        publications=(report,),
    )

    found = told(database, newsroom)

    assert [str(one.path) for one in found.waiting] == [
        "posts/documents/r.md",
        "posts/news/senare/index.md",
    ]


def test_what_happened(database: Engine) -> None:
    """The last run of each job, and the issues that the ledger knows, the latest first."""
    with transaction(database) as connection:
        for minute in (-5, 0):
            due = NOW + timedelta(minutes=minute)
            claim_slot(connection, JobRun("publish", due, "done", NOW, f"run {minute}"))
    keep_yes(database, Approval("2025-host", "h", "anna", NOW - timedelta(days=180)))
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))
    keep_yes(database, Approval("2020-var", "h", "anna", NOW - timedelta(days=2000)))

    found = told(database, make_newsroom(), SCHEDULE)

    vitals = found.vitals
    assert [(run.job, run.state, run.note) for run in vitals.jobs] == [("publish", "done", "run 0")]
    assert [tally.issue for tally in vitals.issues] == ["2026-var", "2025-host"]


def test_faults_in_the_folder_ask_for_somebody(database: Engine) -> None:
    """Errors are counted, since what they are in is not on the site; a warning is advice."""
    source = PurePosixPath("posts/news/ett/index.md")
    faults = [
        Problem(source, 1, severity, "code", "message", "fix")
        for severity in (Severity.ERROR, Severity.WARNING, Severity.ERROR)
    ]

    (care,) = told(database, make_newsroom(), None, *faults).cares

    assert (care.worry, care.number) == (Worry.CONTENT, 2)
