"""The chronicle of an issue: each step of its course with its time, written once and kept.

The issue's row says where it stands now; only here it is kept that it was paused in between.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from newsroom.database.tables import issue_step


class Step(StrEnum):
    """What can happen to an issue from its freezing on."""

    FROZEN = "frozen"
    HELD_BACK = "held back"  # before the first mail: the yes taken back, or another day set
    RELEASED = "released"  # its page was on the web, and the first mail could leave
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    SETTLED = "settled"  # unknown copies, by a person's word
    TRIED_AGAIN = "tried again"  # those not reached when it was done
    RESTORED = "restored"  # the database was an older one: what may have left since is in doubt
    DONE = "done"


class Noted(NamedTuple):
    """One step that was taken."""

    step: Step
    at: datetime  # UTC
    note: str | None  # why, where somebody said so


def note_step(
    connection: Connection, name: str, step: Step, at: datetime, note: str | None = None
) -> None:
    """Write a step down, in the transaction that takes it."""
    connection.execute(insert(issue_step).values(issue=name, at=at, step=step, note=note))


def steps_of(connection: Connection, name: str) -> tuple[Noted, ...]:
    """Every step of an issue, in the order they were taken."""
    columns = (issue_step.c.step, issue_step.c.at, issue_step.c.note)
    rows = connection.execute(
        select(*columns).where(issue_step.c.issue == name).order_by(issue_step.c.id)
    )
    return tuple(Noted(Step(row.step), row.at, row.note) for row in rows)
