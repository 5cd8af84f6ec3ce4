"""Every issue in a line."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert

from newsroom.database import transaction
from newsroom.database.tables import issue
from newsroom.delivery.approval.approvals import Approval, keep_approval
from newsroom.delivery.approval.thaw import postpone
from newsroom.jobs.issue.issue_list import ListedIssue, list_issues
from newsroom.model import Schedule, ScheduledJob, Yearly
from tests.render.pieces import at, make_issue, make_newsroom

NOW = at("2026-05-20T09:00")
SCHEDULE = Schedule(
    ZoneInfo("Europe/Stockholm"),
    (
        ScheduledJob(
            "newsletter.var.send", Yearly(6, time(9), weekday=1, nth=1), timedelta(hours=6)
        ),
    ),
)
NEWSROOM = make_newsroom(
    issues=(
        make_issue(draft=True),
        make_issue(slug="2025-host", title="Hösten", published=at("2025-12-02T09:00")),
    )
)


def slots(listed: tuple[ListedIssue, ...]) -> list[datetime | None]:
    """When each is sent."""
    return [one.slot for one in listed]


def test_what_the_folder_says(database: Engine) -> None:
    """An issue that the ledger does not know stands where its file says."""
    listed = list_issues(NEWSROOM, None, database, NOW)

    assert listed == (
        ListedIssue("2026-var", "Nyhetsbrev våren 2026", "drafted", None, None),
        ListedIssue("2025-host", "Hösten", "done", None, None),
    )


def test_what_the_ledger_says(database: Engine) -> None:
    """The ledger knows better than the file, and who approved."""
    with transaction(database) as connection:
        keep_approval(connection, Approval("2026-var", "h", "anna", NOW))
        keep_approval(connection, Approval("2026-var", "h2", "bo", NOW))

    listed = list_issues(NEWSROOM, None, database, NOW)

    assert [(one.state, one.approved_by) for one in listed] == [("approved", "bo"), ("done", None)]


def test_what_the_schedule_says(database: Engine) -> None:
    """An issue whose name the schedule gives has its slot, the others have none."""
    assert slots(list_issues(NEWSROOM, SCHEDULE, database, NOW)) == [at("2026-06-02T09:00"), None]


def test_what_a_person_said(database: Engine) -> None:
    """A day that somebody set is shown in place of the schedule's."""
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-06-09T09:00"), NOW)

    assert slots(list_issues(NEWSROOM, SCHEDULE, database, NOW)) == [at("2026-06-09T09:00"), None]


def test_what_is_planned(database: Engine) -> None:
    """The next issue that the schedule sends is listed before anybody has written it."""
    later = NOW + timedelta(days=30)

    first, *others = list_issues(NEWSROOM, SCHEDULE, database, later)

    assert first == ListedIssue("2027-var", "", "planned", at("2027-06-01T09:00"), None)
    assert [one.issue for one in others] == ["2026-var", "2025-host"]


def test_what_was_skipped(database: Engine) -> None:
    """An issue that there was nothing to tell in has no file, and is listed as skipped."""
    with transaction(database) as connection:
        connection.execute(insert(issue).values(name="2025-var", state="skipped", updated=NOW))

    listed = list_issues(NEWSROOM, None, database, NOW)

    assert listed[0] == ListedIssue("2025-var", "", "skipped", None, None)
