"""Issues that do not go by the schedule."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from newsroom.database import transaction
from newsroom.database.tables import issue
from newsroom.jobs.issue.issue_list import list_issues
from newsroom.jobs.issue.off_schedule import missed_drafts
from newsroom.model import Schedule, ScheduledJob, Yearly
from tests.render.pieces import at, make_issue, make_newsroom, make_post

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


OLD = make_newsroom(posts=(make_post(published=at("2026-04-12T09:00")),))


def test_a_newsroom_that_did_not_exist_then_has_missed_nothing() -> None:
    """One that is empty, or published its first news after that day, is told of no draft day."""
    young = make_newsroom(posts=(make_post(published=at("2026-05-13T09:00")),))
    unborn = make_newsroom(posts=(make_post(published=at("2026-04-12T09:00"), draft=True),))

    assert [
        list(missed_drafts(each, SCHEDULE, (), NOW)) for each in (make_newsroom(), young, unborn)
    ] == [[], [], []]


def test_one_that_was_started_by_hand_leaves_when_its_first_mail_does(database: Engine) -> None:
    """A list of issues goes by the end of its undo window."""
    first = at("2026-05-21T10:15")
    with transaction(database) as connection:
        connection.execute(
            insert(issue).values(name="2026-var", state="frozen", send_after=first, updated=NOW)
        )

    (listed,) = list_issues(NEWSROOM, SCHEDULE, database, NOW)

    assert listed.slot == first


def test_a_draft_day_that_went_by_unseen_is_told() -> None:
    """A bot begun after it hears which step comes next; before it, and later, nothing."""
    (unwritten,) = missed_drafts(OLD, SCHEDULE, (), NOW)
    (written,) = missed_drafts(NEWSROOM, SCHEDULE, (), NOW)

    assert "draft day was 2026-05-12" in unwritten
    assert unwritten.endswith("newsroom issue draft 2026-var")
    assert written.endswith("newsroom issue review 2026-var")
    assert list(missed_drafts(NEWSROOM, SCHEDULE, {"2026-var"}, NOW)) == []
    assert list(missed_drafts(NEWSROOM, SCHEDULE, (), NOW - timedelta(days=30))) == []


def test_an_issue_that_never_left_is_told_for_a_week() -> None:
    """On the day it was to leave, and after it, one that nobody has written, or asked about, is."""
    sent = make_newsroom(issues=(make_issue(published=at("2026-06-02T09:00")),))
    slot = at("2026-06-02T09:00")

    (before,) = missed_drafts(OLD, SCHEDULE, (), slot - timedelta(minutes=1))
    (unwritten,) = missed_drafts(OLD, SCHEDULE, (), slot)
    (written,) = missed_drafts(NEWSROOM, SCHEDULE, (), slot + timedelta(days=6))

    assert "draft day was" in before
    assert unwritten == (
        "2026-var: it was to leave 2026-06-02 09:00, and it was never written; next: "
        "newsroom issue draft 2026-var"
    )
    assert written.endswith("nobody has been asked; next: newsroom issue review 2026-var")
    assert list(missed_drafts(OLD, SCHEDULE, (), slot + timedelta(days=7))) == []
    assert list(missed_drafts(OLD, SCHEDULE, {"2026-var"}, slot)) == []
    assert list(missed_drafts(sent, SCHEDULE, (), slot)) == []
