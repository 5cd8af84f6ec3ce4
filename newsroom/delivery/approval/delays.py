"""Why an issue leaves later than it was to: held at its time, stopped by an approver, or moved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from newsroom.database.tables import issue
from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.ledger.noted import matter_of, noted
from newsroom.model.issue_state import OPEN
from newsroom.model.matter import Held, Matter
from newsroom.model.saying import say

_NEWS = {Matter.STOPPED: News.STOPPED, Matter.POSTPONED: News.POSTPONED}


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver decided of an issue last."""

    news: News  # STOPPED or POSTPONED
    by: str  # what they are called
    at: datetime


def note_why_held(connection: Connection, name: str, at: datetime, reason: str) -> None:
    """Keep that an issue has not left at its time (local, for its status), and why."""
    words = say("held since {at:%Y-%m-%d}: {reason}", at=at, reason=reason)
    connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state.in_(OPEN))
        .values(noted(words, matter=Matter.HELD, held=Held(at, reason)))
    )


def forget_why_held(connection: Connection, name: str) -> None:
    """Somebody has decided what becomes of an issue that had not left at its time."""
    connection.execute(
        update(issue).where(issue.c.name == name, issue.c.matter == Matter.HELD).values(noted(None))
    )


def note_decision(connection: Connection, name: str, decided: Decision) -> None:
    """Keep for its status, and for those to be told, who took a yes back or set another day."""
    if decided.news is News.STOPPED:
        words, matter = say("{name} took the yes back", name=decided.by), Matter.STOPPED
    else:
        words, matter = say("{name} set another day", name=decided.by), Matter.POSTPONED
    connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state.in_(OPEN))
        .values(updated=decided.at, **noted(words, decided.at, matter, by=decided.by))
    )


def decision_on(row: Row[Any]) -> Decision | None:
    """What was decided of an issue last, as its row has it; None when more has come of it since."""
    matter = matter_of(row)
    news = _NEWS.get(matter) if matter else None
    return None if news is None else Decision(news, row.decided_by, row.noted_at)
