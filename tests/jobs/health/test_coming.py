"""What is to come: the slots of the schedule, and the issues that go by another day."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert, update

from newsroom.database import reading, transaction
from newsroom.database.tables import issue
from newsroom.delivery.approval.thaw import postpone
from newsroom.jobs.health.coming import Almanac, Coming
from newsroom.model import Daily, Every, Schedule, ScheduledJob, Weekly, Yearly
from newsroom.model.issue_state import IssueState
from tests.render.pieces import at, make_site

NOW = at("2026-05-20T09:00")
JUNE = Yearly(6, time(9), weekday=1, nth=1)
SCHEDULE = Schedule(
    ZoneInfo("Europe/Stockholm"),
    (
        ScheduledJob("publish", Every(timedelta(minutes=5))),
        ScheduledJob("backup", Daily(time(3, 15))),
        ScheduledJob("links", Weekly(0, time(6))),
        ScheduledJob("newsletter.var.draft", replace(JUNE, before=timedelta(days=10))),
        ScheduledJob("newsletter.var.remind", replace(JUNE, before=timedelta(days=5))),
        ScheduledJob("newsletter.var.send", JUNE),
    ),
)
SITE = make_site()  # mail leaves on working days from eight to four
SENT = at("2026-06-02T09:00")


def coming(database: Engine, now: datetime = NOW, days: int = 30) -> dict[str, list[Coming]]:
    """What will be done, by job."""
    found: dict[str, list[Coming]] = {}
    with reading(database) as connection:
        for one in Almanac(SCHEDULE, SITE, connection).each_job(now, days):
            found.setdefault(one.job, []).append(one)
    return found


def test_what_comes_often_is_listed_once_with_its_rhythm(database: Engine) -> None:
    """Each rarer step has a line for itself, the issue's name in it."""
    found = coming(database)

    assert {job: [one.rhythm for one in times] for job, times in found.items()} == {
        "publish": [timedelta(minutes=5)],
        "backup": [timedelta(days=1)],
        "links": [timedelta(days=7)],
        "newsletter.var.draft": [None],
        "newsletter.var.remind": [None],
        "newsletter.var.send": [None],
    }
    assert {one.issue for one in found["newsletter.var.send"]} == {"2026-var"}


def test_what_comes_once_in_those_days_has_no_rhythm(database: Engine) -> None:
    """In a day there is one night's backup, and perhaps no Monday."""
    found = coming(database, days=1)

    assert found["backup"] == [Coming(at=at("2026-05-21T03:15").astimezone(UTC), job="backup")]
    assert "links" not in found


def test_the_same_days_with_each_slot(database: Engine) -> None:
    """Whoever asks as a program gets every one, in order."""
    with reading(database) as connection:
        found = Almanac(SCHEDULE, SITE, connection).every_slot(NOW, 14)

    assert len([one for one in found if one.job == "publish"]) == 14 * 24 * 12
    assert [one.at for one in found] == sorted(one.at for one in found)


def test_a_postponed_issue_stands_on_its_new_day(database: Engine) -> None:
    """With the day that it was moved from; what else is planned for the issue stays."""
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-06-09T13:00"), NOW)

    (sent,) = coming(database)["newsletter.var.send"]

    assert (sent.at, sent.planned) == (at("2026-06-09T13:00"), SENT)
    assert len(coming(database)["newsletter.var.draft"]) == 1


def test_a_postponed_issue_is_told_of_when_its_slot_has_gone_by(database: Engine) -> None:
    """On the days between its slot and its new day nothing else would say that it is to leave."""
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-06-09T13:00"), NOW)

    (sent,) = coming(database, at("2026-06-04T09:00"))["newsletter.var.send"]

    assert (sent.at, sent.issue, sent.planned) == (at("2026-06-09T13:00"), "2026-var", SENT)


def test_a_day_beyond_those_asked_for(database: Engine) -> None:
    """An issue that was moved out of these days is told with the day that it went to."""
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-08-18T09:00"), NOW)

    (sent,) = coming(database)["newsletter.var.send"]

    assert (sent.at, sent.planned) == (at("2026-08-18T09:00"), SENT)


def test_an_issue_that_was_started_by_hand(database: Engine) -> None:
    """It leaves with its first mail, in hours in which mail may; then its slot is idle."""
    with transaction(database) as connection:
        connection.execute(
            insert(issue).values(
                name="2026-var", state="frozen", send_after=at("2026-05-20T17:15"), updated=NOW
            )
        )

    (before,) = coming(database)["newsletter.var.send"]
    (after,) = coming(database, at("2026-05-25T09:00"))["newsletter.var.send"]

    assert (before.at, before.planned, before.left) == (at("2026-05-21T08:00"), SENT, None)
    assert (after.at, after.planned, after.left) == (SENT, None, at("2026-05-21T08:00"))


def test_what_has_left_is_not_told_again_by_its_new_day(database: Engine) -> None:
    """A day that a person set says nothing any more of an issue that is done or called off."""
    with transaction(database) as connection:
        for name, state in (("2026-var", "cancelled"), ("2025-var", "done")):
            connection.execute(
                insert(issue).values(
                    name=name, state=state, leaves_at=at("2026-06-09T13:00"), updated=NOW
                )
            )

    assert "newsletter.var.send" not in coming(database, at("2026-06-04T09:00"))


def reminders(database: Engine) -> list[datetime]:
    """When the approvers are reminded by the schedule."""
    return [one.at for one in coming(database).get("newsletter.var.remind", ())]


def test_the_reminder_of_a_postponed_issue_is_where_it_will_be(database: Engine) -> None:
    """It goes as long before the new day, at the time of that, and of an approved issue nobody."""
    planned = at("2026-05-28T09:00")
    assert reminders(database) == [planned]
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-06-09T10:00"), NOW)

    assert reminders(database) == [at("2026-06-04T10:00")]
    with transaction(database) as connection:
        connection.execute(update(issue).values(state=IssueState.APPROVED))
    assert reminders(database) == []
    with transaction(database) as connection:
        connection.execute(update(issue).values(leaves_at=None))
    assert reminders(database) == []


def test_the_next_issue_is_the_one_that_really_leaves_next(database: Engine) -> None:
    """By its slot, by the day that a person set, or by the next slot when it has left before."""

    def next_issue() -> tuple[str | None, str]:
        with reading(database) as connection:
            found = Almanac(SCHEDULE, SITE, connection).next_issue(NOW)
        assert found is not None
        return found.issue, f"{found.day.astimezone(NOW.tzinfo):%Y-%m-%d %H:%M}"

    planned = next_issue()
    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-05-25T13:00"), NOW)
    moved = next_issue()
    with transaction(database) as connection:
        connection.execute(update(issue).values(state="done", send_after=at("2026-05-19T09:00")))

    assert planned == ("2026-var", "2026-06-02 09:00")
    assert moved == ("2026-var", "2026-05-25 13:00")
    assert next_issue() == ("2027-var", "2027-06-01 09:00")
