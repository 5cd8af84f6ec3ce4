"""When links are asked for a second time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from newsroom.jobs.links.second_look import begins_round, second_look
from newsroom.model import Daily, Every, Rule, Weekly

ZONE = ZoneInfo("Europe/Stockholm")
MONDAYS = Weekly(0, time(6))


def local(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A time on the clock on the wall, in 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("rule", "doubt", "look"),
    [
        (MONDAYS, local(23, 6), local(24, 6)),
        (MONDAYS, local(23, 10), local(24, 6)),
        (MONDAYS, local(23, 10, 1), local(25, 6)),
        (Daily(time(6)), local(20, 18), local(22, 6)),
        (MONDAYS, local(24, 6, month=10), local(25, 6, month=10)),  # the clocks go back
        (Every(timedelta(hours=6)), local(23, 6), local(24, 2)),
    ],
)
def test_a_second_look_falls_at_the_hour_of_rounds(
    rule: Rule, doubt: datetime, look: datetime
) -> None:
    """On another day, twenty hours later at the soonest; nobody is written to at midnight."""
    assert second_look(doubt, rule, ZONE) == look


def test_a_round_begins_where_the_schedule_is_due() -> None:
    """At every other moment it is the rest of one, or a second look."""
    assert begins_round(local(23, 6), MONDAYS, ZONE)
    assert not begins_round(local(24, 6), MONDAYS, ZONE)
    assert not begins_round(local(23, 6, 1), MONDAYS, ZONE)
