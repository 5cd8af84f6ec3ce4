"""When mail may leave."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from newsroom.delivery.pace.hours import next_opening, within_hours
from newsroom.model import Hours

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE = Hours(frozenset(range(5)), time(8), time(16))


def local(text: str) -> datetime:
    """A time in Stockholm, as the program holds it: in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-06-02 07:59:59", False),
        ("2026-06-02 08:00", True),
        ("2026-06-02 15:59:59", True),
        ("2026-06-02 16:00", False),
        ("2026-06-06 12:00", False),  # Saturday
        ("2026-12-01 08:00", True),  # winter time
        ("2026-03-30 08:00", True),  # the Monday after the clock went forward
        ("2026-10-26 07:59", False),  # the Monday after it went back
    ],
)
def test_office_hours(moment: str, open_: bool) -> None:  # noqa: FBT001 (the expected answer)
    """Hours are the organisation's local time, in summer and in winter."""
    assert within_hours(OFFICE, local(moment), STOCKHOLM) is open_


def test_always() -> None:
    """No hours means at any time."""
    now = local("2026-06-06 03:00")

    assert within_hours(None, now, STOCKHOLM)
    assert next_opening(None, now, STOCKHOLM) == now


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-06-02 12:00", "2026-06-02 12:00"),
        ("2026-06-02 06:00", "2026-06-02 08:00"),
        ("2026-06-05 16:30", "2026-06-08 08:00"),  # Friday evening to Monday
        ("2026-03-27 16:30", "2026-03-30 08:00"),  # over the change to summer time
        ("2026-10-23 16:30", "2026-10-26 08:00"),  # and back
    ],
)
def test_next_opening(now: str, opening: str) -> None:
    """The next moment at which mail may leave, in local time over both changes of clock."""
    assert next_opening(OFFICE, local(now), STOCKHOLM) == local(opening)


def test_one_day_a_week() -> None:
    """The only open day, when its hours have just ended, comes again in a week."""
    tuesday = Hours(frozenset({1}), time(8), time(16))

    opening = next_opening(tuesday, local("2026-06-02 16:00"), STOCKHOLM)

    assert opening == local("2026-06-09 08:00")
