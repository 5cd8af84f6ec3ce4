"""Issues that do not go by the schedule."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from newsroom.database import reading, transaction
from newsroom.database.tables import issue
from newsroom.delivery.approval.thaw import postpone
from newsroom.jobs.issue.issue_list import list_issues
from newsroom.jobs.issue.off_schedule import missed_drafts, moved_slots
from newsroom.model import Schedule, ScheduledJob, Slot, Yearly
from tests.render.pieces import at, make_issue, make_newsroom

NOW = at("2026-05-20T09:00")
SENT = Yearly(6, time(9), weekday=1, nth=1)
SCHEDULE = Schedule(
    ZoneInfo("Europe/Stockholm"),
    (
        ScheduledJob("newsletter.var.send", SENT, timedelta(hours=6)),
        ScheduledJob(
            "newsletter.var.draft",
            Yearly(6, time(9), weekday=1, nth=1, before=timedelta(days=21)),
            timedelta(hours=6),
        ),
    ),
)
NEWSROOM = make_newsroom(issues=(make_issue(draft=True),))
SLOT = Slot(at("2026-06-02T09:00"), "newsletter.var.send")


def moved(database: Engine) -> dict[Slot, datetime]:
    """What is told of the slot."""
    with reading(database) as connection:
        return dict(moved_slots(connection, SCHEDULE, (SLOT,), NEWSROOM.site))


def test_a_postponed_issue_has_its_new_day(database: Engine) -> None:
    """What is next is said of the day that a person set, not of that of the schedule."""
    assert moved(database) == {}
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-06-09T09:00"), NOW)

    assert moved(database) == {SLOT: at("2026-06-09T09:00")}


def test_one_that_was_started_by_hand_leaves_when_its_first_mail_does(database: Engine) -> None:
    """A list of issues and what is next go by the end of its undo window."""
    first = at("2026-05-21T10:15")
    with transaction(database) as connection:
        connection.execute(
            insert(issue).values(name="2026-var", state="frozen", send_after=first, updated=NOW)
        )

    assert moved(database) == {SLOT: first}
    (listed,) = list_issues(NEWSROOM, SCHEDULE, database, NOW)
    assert listed.slot == first


def test_a_draft_day_that_went_by_unseen_is_told() -> None:
    """A newsroom begun after it hears which step comes next; before it, and later, nothing."""
    (unwritten,) = missed_drafts(make_newsroom(), SCHEDULE, (), NOW)
    (written,) = missed_drafts(NEWSROOM, SCHEDULE, (), NOW)

    assert "draft day was 2026-05-12" in unwritten
    assert unwritten.endswith("newsroom issue draft 2026-var")
    assert written.endswith("newsroom issue review 2026-var")
    assert list(missed_drafts(NEWSROOM, SCHEDULE, {"2026-var"}, NOW)) == []
    assert list(missed_drafts(NEWSROOM, SCHEDULE, (), NOW - timedelta(days=30))) == []
