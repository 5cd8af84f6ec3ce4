"""What happens when: `schedule.yaml` as a schedule, its slots, and an issue's life. No I/O."""

from newsroom.schedule.answering import last_day_to_approve, latest_reminder
from newsroom.schedule.issue_life import advance, states_before
from newsroom.schedule.issue_name import (
    issue_name,
    likely_name,
    named_issue,
    next_issues,
    send_slot,
)
from newsroom.schedule.lateness import latest_send
from newsroom.schedule.parse import parse_schedule
from newsroom.schedule.slots import due_slots, due_today, latest_due, next_due, next_slots

__all__ = [
    "advance",
    "due_slots",
    "due_today",
    "issue_name",
    "last_day_to_approve",
    "latest_due",
    "latest_reminder",
    "latest_send",
    "likely_name",
    "named_issue",
    "next_due",
    "next_issues",
    "next_slots",
    "parse_schedule",
    "send_slot",
    "states_before",
]
