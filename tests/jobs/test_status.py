"""What is next, what waits and what happened."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.job_runs import JobRun, claim_slot, finish_slot
from newsroom.delivery.approval.approvals import Approval
from newsroom.jobs.status import next_of_each, status
from newsroom.model import (
    Daily,
    Every,
    Publication,
    Schedule,
    ScheduledJob,
    Slot,
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

    found = status(newsroom, None, database, NOW)

    assert [str(one.path) for one in found.waiting] == [
        "posts/documents/r.md",
        "posts/news/senare/index.md",
    ]


def test_what_happened(database: Engine) -> None:
    """The last run of each job, and the issues that the ledger knows, the latest first."""
    with transaction(database) as connection:
        for minute in (-5, 0):
            slot = Slot(NOW + timedelta(minutes=minute), "publish")
            claim_slot(connection, slot, "one", NOW, "running")
            run = JobRun(slot.job, slot.due, "done", NOW, f"run {minute}")
            finish_slot(connection, run, NOW)
    keep_yes(database, Approval("2025-host", "h", "anna", NOW - timedelta(days=180)))
    keep_yes(database, Approval("2026-var", "h", "anna", NOW))
    keep_yes(database, Approval("2020-var", "h", "anna", NOW - timedelta(days=2000)))

    found = status(make_newsroom(), SCHEDULE, database, NOW)

    assert [(run.job, run.state, run.note) for run in found.jobs] == [("publish", "done", "run 0")]
    assert [tally.issue for tally in found.issues] == ["2026-var", "2025-host"]
