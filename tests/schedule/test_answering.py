"""The last day to approve an issue, and the last day on which a reminder makes sense."""

from datetime import date, time, timedelta

import pytest

from newsroom.model import Yearly
from newsroom.schedule.answering import last_day_to_approve, latest_reminder, least_notice

WEEK = [date(2026, 11, day) for day in range(23, 30)]  # Monday to Sunday


def test_two_working_days_lie_before_the_sending() -> None:
    """A weekend does not count."""
    told = [f"{last_day_to_approve(day):%a}" for day in WEEK]

    assert told == ["Thu", "Fri", "Mon", "Tue", "Wed", "Thu", "Thu"]


@pytest.mark.parametrize(
    ("weekday", "days"),
    [(0, 5), (1, 5), (2, 3), (3, 3), (4, 3), (5, 3), (6, 4), (None, 5)],
)
def test_the_least_notice(weekday: int | None, days: int) -> None:
    """Of a day of the month the worst year counts, when it is a Monday or a Tuesday."""
    nth, day = (None, 5) if weekday is None else (1, None)
    rule = Yearly(12, time(9), day=day, weekday=weekday, nth=nth)

    assert least_notice(rule) == timedelta(days=days)
    for leaves in WEEK:
        if weekday in {None, leaves.weekday()}:
            assert leaves - least_notice(rule) <= latest_reminder(leaves)
            assert latest_reminder(leaves) < last_day_to_approve(leaves)
