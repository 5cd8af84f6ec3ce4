"""Issues and their slots, by name."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from newsroom.errors import ScheduleError
from newsroom.model import Daily, Schedule, ScheduledJob, Slot, Yearly
from newsroom.schedule import issue_name, named_issue, next_issues, next_slots, send_slot

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def season(name: str, month: int, day: int, at: time) -> tuple[ScheduledJob, ...]:
    """The jobs of one issue of the year, drafted 21 days ahead."""
    return (
        ScheduledJob(
            f"newsletter.{name}.draft", Yearly(month, at, day=day, before=timedelta(days=21))
        ),
        ScheduledJob(f"newsletter.{name}.send", Yearly(month, at, day=day)),
    )


SCHEDULE = Schedule(
    STOCKHOLM,
    (
        *season("var", 6, 2, time(9)),
        *season("ny-ar", 1, 1, time(0)),
        ScheduledJob("backup", Daily(time(3))),
    ),
)


def test_draft_and_send_name_the_same_issue() -> None:
    """An issue keeps its name from the draft to the sending, across a new year too."""
    slots = next_slots(SCHEDULE, datetime(2026, 5, 1, tzinfo=UTC), days=365)

    names = [(slot.job, issue_name(SCHEDULE, slot)) for slot in slots if slot.job != "backup"]

    assert names == [
        ("newsletter.var.draft", "2026-var"),
        ("newsletter.var.send", "2026-var"),
        ("newsletter.ny-ar.draft", "2027-ny-ar"),
        ("newsletter.ny-ar.send", "2027-ny-ar"),
    ]


@pytest.mark.parametrize("job", ["backup", "newsletter.host.send"])
def test_no_issue(job: str) -> None:
    """Only a newsletter slot of this schedule is about an issue."""
    with pytest.raises(ScheduleError, match=f"^{job} is no newsletter job of the schedule"):
        issue_name(SCHEDULE, Slot(datetime(2026, 6, 2, 7, tzinfo=UTC), job))


@pytest.mark.parametrize(
    ("issue", "due"),
    [
        ("2026-var", datetime(2026, 6, 2, 7, tzinfo=UTC)),
        ("2027-ny-ar", datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_send_slot(issue: str, due: datetime) -> None:
    """From its name an issue's slot is found, and back."""
    slot = send_slot(SCHEDULE, issue)

    assert slot is not None
    assert slot.due == due
    assert issue_name(SCHEDULE, slot) == issue


@pytest.mark.parametrize("issue", ["2026-host", "jubileum", "2026", "var-2026", "0000-var"])
def test_no_send_slot(issue: str) -> None:
    """An issue that the schedule does not plan has no slot."""
    assert send_slot(SCHEDULE, issue) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("våren 2027", "2027-var"),
        ("Vår 2027", "2027-var"),
        ("2027 vår", "2027-var"),
        ("Nyhetsbrev våren 2027", "2027-var"),
        ("Vårens nyhetsbrev", "2027-var"),  # the next one
        ("Vårbrevet 2027", "2027-var"),
        ("Spring 2027", "2027-var"),
        ("Newsletter for spring 2028", "2028-var"),
        ("var-2027", "2027-var"),
        ("Hösten 2027", None),  # which this schedule does not send
        ("Var går gränsen?", None),
        ("Extra om våren 2027", None),
        ("Våren 2027 och 2028", None),
        ("2027", None),
        ("", None),
    ],
)
def test_a_title_names_an_issue_by_its_season(title: str, name: str | None) -> None:
    """The names of the seasons in Swedish and English, with a year or for the next one."""
    now = datetime(2026, 11, 22, tzinfo=UTC)

    assert named_issue(SCHEDULE, title, now) == name


def test_the_next_issues() -> None:
    """One of each season, the nearest first, each with the year that it is sent in."""
    assert next_issues(SCHEDULE, datetime(2026, 11, 22, tzinfo=UTC)) == ("2027-ny-ar", "2027-var")
