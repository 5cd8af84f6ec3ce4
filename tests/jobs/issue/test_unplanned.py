"""An issue whose name the schedule does not have."""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.front.yaml_faults import fault_of
from newsroom.jobs.issue.unplanned import unplanned
from newsroom.model import Schedule
from newsroom.render.sayings import in_language
from newsroom.schedule import likely_name, parse_schedule

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FILE = PurePosixPath("posts/newsletters/x.md")
TEXT = """\
timezone: Europe/Stockholm
newsletter:
  host: {month: december, day: first tuesday, at: "09:00", draft: 21 days before}
  var: {month: june, day: first tuesday, at: "09:00", draft: 21 days before}
"""


@pytest.fixture(scope="module")
def schedule() -> Schedule:
    """A schedule that sends an issue in autumn and one in spring."""
    found, _ = parse_schedule(
        TEXT, PurePosixPath("schedule.yaml"), ZoneInfo("Europe/Stockholm"), fault_of
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("2026-hst", "2026-host"),
        ("2026-hosst", "2026-host"),
        ("2027-autumn", "2027-host"),
        ("2027-spring", "2027-var"),
        ("hosten", "2026-host"),
        ("var", "2027-var"),
        ("2026-host", "2026-host"),
        ("jul", None),
        ("2026-post", None),
        ("2026-var-2", None),  # one more of the same season
    ],
)
def test_the_name_that_was_meant(schedule: Schedule, name: str, meant: str | None) -> None:
    """A slip of the finger, another language, and a name without its year are understood."""
    assert likely_name(schedule, name, NOW) == meant


def test_a_name_that_nothing_sends_is_told(schedule: Schedule) -> None:
    """A file of a misspelt name would lie there for ever, so the right name is given."""
    found = unplanned(schedule, "2026-hst", FILE, NOW)
    free = unplanned(schedule, "jul", FILE, NOW)

    assert found is not None
    assert free is not None
    assert in_language(found.message, "sv").startswith("inget utskick heter 2026-hst")
    assert in_language(found.fix, "sv").startswith("menade du 2026-host?")
    assert "newsroom issue postpone jul --to" in free.fix
    assert unplanned(schedule, "2026-host", FILE, NOW) is None
    assert unplanned(None, "jul", FILE, NOW) is None


def test_a_schedule_that_sends_nothing_has_no_name_to_give() -> None:
    """The way out is then to set the issue's day, and no list of names is promised."""
    text, zone = 'backup: {at: "03:15", keep: 14}\n', ZoneInfo("Europe/Stockholm")
    found, problems = parse_schedule(text, PurePosixPath("schedule.yaml"), zone, fault_of)
    assert found is not None, problems

    remark = unplanned(found, "jul", FILE, NOW)

    assert remark is not None
    assert remark.fix == "set its day: newsroom issue postpone jul --to DAY --by NAME"
