"""Deadlines of approvers: the last day to say yes, and the last day for a reminder.

A working day is one from Monday to Friday; public holidays are not known here.
"""

from datetime import date, timedelta

from newsroom.model import Yearly

_DAY = timedelta(days=1)
_FRIDAY = 4
_NOTICE = 2  # working days
_A_WEEK = tuple(date(2026, 1, day) for day in range(5, 12))  # a Monday and the six days after it


def last_day_to_approve(leaves: date) -> date:
    """The day by which approvers should answer: two working days before an issue leaves."""
    day, left = leaves, _NOTICE
    while left:
        day -= _DAY
        left -= day.weekday() <= _FRIDAY
    return day


def latest_reminder(leaves: date) -> date:
    """The last day on which a reminder leaves anybody time to answer."""
    return last_day_to_approve(leaves) - _DAY


def least_notice(rule: Yearly) -> timedelta:
    """How long before its sending an issue can be reminded of at the latest, in every year."""
    days = [day for day in _A_WEEK if rule.weekday in {None, day.weekday()}]
    return max(day - latest_reminder(day) for day in days)
