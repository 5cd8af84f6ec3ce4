"""The days of the issues to come, and which version of each is the newer."""

from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from sqlalchemy import Engine

from newsroom.content.front.yaml_faults import fault_of
from newsroom.database import reading, transaction
from newsroom.delivery.approval.approvals import Approval, enter, keep_approval
from newsroom.delivery.approval.thaw import postpone
from newsroom.delivery.sending.course import cancel
from newsroom.jobs.approval.deadline_words import DeadlineWords
from newsroom.jobs.approval.deadlines import (
    Deadline,
    DeadlineVersion,
    IssueDay,
    all_noted,
    deadlines,
    note_deadlines,
    versions,
)
from newsroom.model.issue_state import IssueState
from newsroom.schedule import parse_schedule
from tests.render.pieces import make_site

NOW = datetime(2026, 10, 1, 7, tzinfo=UTC)
SITE = make_site()
STOCKHOLM = SITE.timezone
YEARLY = """\
newsletter:
  var: {month: june, day: first tuesday, at: "09:00", draft: 21 days before, remind: 5 days before}
  host: {month: december, day: first tuesday, at: "09:00", draft: 21 days before}
"""
SCHEDULE, _ = parse_schedule(YEARLY, PurePosixPath("schedule.yaml"), STOCKHOLM, fault_of)


def found(database: Engine, now: datetime = NOW) -> dict[tuple[str, str], Deadline]:
    """The days by issue and step."""
    with reading(database) as connection:
        return {each.key: each for each in deadlines(connection, SCHEDULE, SITE, now)}


def local(day: Deadline) -> str:
    """A day on the clock on the wall."""
    return f"{day.at.astimezone(STOCKHOLM):%m-%d %H:%M}"


def noted(database: Engine, now: datetime) -> dict[tuple[str, str], DeadlineVersion]:
    """The versions, after a look of the clock."""
    days = tuple(found(database, now).values())
    with transaction(database) as connection:
        note_deadlines(connection, days, now)
    with reading(database) as connection:
        assert all_noted(connection, days)
        return versions(connection, days)


def test_the_days_of_the_coming_year(database: Engine) -> None:
    """Draft, reminder, last day to say yes and leaving of each season, in order, local time."""
    days = found(database)

    told = [(name, step, local(day)) for (name, step), day in days.items()]
    assert told == [
        ("2026-host", "draft", "11-10 09:00"),
        ("2026-host", "approve", "11-27 09:00"),
        ("2026-host", "send", "12-01 09:00"),
        ("2027-var", "draft", "05-11 09:00"),
        ("2027-var", "remind", "05-27 09:00"),
        ("2027-var", "approve", "05-28 09:00"),
        ("2027-var", "send", "06-01 09:00"),
    ]


def test_a_moved_issue_moves_its_days(database: Engine) -> None:
    """The day that a person set counts, for the last day and the reminder too; the draft stays."""
    with transaction(database) as connection:
        postpone(connection, "2027-var", datetime(2027, 6, 15, 11, tzinfo=UTC), NOW)

    days = found(database)

    told = {step: local(day) for (name, step), day in days.items() if name == "2027-var"}
    assert told == {
        "draft": "05-11 09:00",
        "remind": "06-10 13:00",
        "approve": "06-11 13:00",
        "send": "06-15 13:00",
    }


def test_each_move_is_a_newer_version(database: Engine) -> None:
    """A day that moves counts up; one that stays, and a second look, change nothing."""
    first = noted(database, NOW)
    assert set(first.values()) == {DeadlineVersion(0, NOW)}

    later = NOW + timedelta(hours=1)
    with transaction(database) as connection:
        postpone(connection, "2026-host", datetime(2026, 12, 8, 8, tzinfo=UTC), later)
    moved = noted(database, later)
    with transaction(database) as connection:
        postpone(connection, "2026-host", datetime(2026, 12, 1, 8, tzinfo=UTC), later)
    back = noted(database, later + timedelta(hours=1))

    assert moved["2026-host", "send"] == DeadlineVersion(1, later)
    assert moved["2026-host", "draft"] == DeadlineVersion(0, NOW)
    assert back["2026-host", "send"] == DeadlineVersion(2, later + timedelta(hours=1))
    assert noted(database, later + timedelta(days=1)) == back


def test_who_fetches_ahead_of_the_clock_sees_the_newer_version(database: Engine) -> None:
    """A move is a newer version at once, though reading writes nothing."""
    noted(database, NOW)
    with transaction(database) as connection:
        postpone(connection, "2026-host", datetime(2026, 12, 8, 8, tzinfo=UTC), NOW)
    days = tuple(found(database).values())

    with reading(database) as connection:
        told = versions(connection, days)
        assert not all_noted(connection, days)

    assert told["2026-host", "send"].sequence == 1


@pytest.mark.parametrize("state", [IssueState.SKIPPED, IssueState.CANCELLED])
def test_a_day_that_is_off_stays_and_says_so(database: Engine, state: IssueState) -> None:
    """What disappears from a calendar stays as a ghost in some programs."""
    noted(database, NOW)
    with transaction(database) as connection:
        enter(connection, "2026-host", NOW, IssueState.SKIPPED)
        if state is IssueState.CANCELLED:
            keep_approval(connection, Approval("2026-host", "h", "anna", NOW))
            cancel(connection, "2026-host", "inställt", NOW)
    later = noted(database, NOW + timedelta(days=1))

    off = {step: day.is_off for (name, step), day in found(database).items() if name == "2026-host"}
    assert off == {"draft": False, "approve": True, "send": True}
    assert later["2026-host", "send"].sequence == 1


def test_who_has_said_yes_is_known(database: Engine) -> None:
    """Then nothing more is asked on the last day."""
    with transaction(database) as connection:
        keep_approval(connection, Approval("2026-host", "h", "anna-ek", NOW))

    assert found(database)["2026-host", "approve"].approved_by == "anna-ek"
    assert found(database)["2027-var", "approve"].approved_by is None


def test_one_of_two_yeses_lets_nothing_leave(database: Engine) -> None:
    """The calendar says what is missing, and its last day still rings."""
    with transaction(database) as connection:
        keep_approval(connection, Approval("2027-var", "h", "anna", NOW), 2)
    half = found(database)
    with transaction(database) as connection:
        keep_approval(connection, Approval("2027-var", "h", "bo", NOW), 2)
    whole = found(database)

    words = DeadlineWords(SITE, {}, {"anna": "Anna Ek", "bo": "Bo Berg"})
    steps = (IssueDay.REMIND, IssueDay.APPROVE, IssueDay.SEND)
    for step in steps:
        entry = words.entry(half["2027-var", step], DeadlineVersion(0, None))
        missing = "Anna Ek har godkänt numret. Utan ett godkännande till skickas ingenting."
        assert missing in entry.lines
        assert "Det går av sig självt" not in " ".join(entry.lines)
    last = half["2027-var", IssueDay.APPROVE]
    assert (last.approved_by, last.half_approved_by) == (None, "anna")
    assert words.entry(last, DeadlineVersion(0, None)).alarm is not None
    for step in steps:
        entry = words.entry(whole["2027-var", step], DeadlineVersion(0, None))
        assert "Bo Berg har godkänt numret. Det går av sig självt." in entry.lines
    done = words.entry(whole["2027-var", IssueDay.APPROVE], DeadlineVersion(0, None))
    assert done.alarm is None


def test_without_a_schedule_only_set_days_are_told(database: Engine) -> None:
    """An issue of a free name has the day that somebody set for it."""
    with transaction(database) as connection:
        postpone(connection, "jubileum", datetime(2026, 11, 3, 8, tzinfo=UTC), NOW)
    with reading(database) as connection:
        days = deadlines(connection, None, SITE, NOW)

    assert [(day.issue, day.step) for day in days] == [
        ("jubileum", IssueDay.APPROVE),
        ("jubileum", IssueDay.SEND),
    ]


def test_two_looks_at_once_write_one_row(either_database: Engine) -> None:
    """Whoever is second changes nothing, on both databases."""
    days = tuple(found(either_database).values())
    with transaction(either_database) as connection:
        note_deadlines(connection, days[:3], NOW)
        note_deadlines(connection, days, NOW + timedelta(hours=1))

    told = noted(either_database, NOW + timedelta(hours=2))
    assert {version.sequence for version in told.values()} == {0}
    assert told[days[0].key].changed == NOW
