"""Where an issue stands, in numbers that add up."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.delivery.counts import counts
from newsroom.delivery.course import state_of
from newsroom.model import Issue
from newsroom.model.delivery import Counts, DeliveryState
from newsroom.model.issue_state import IssueState, in_words
from newsroom.model.saying import Saying, joined, say


def issue_status(database: Engine, name: str, now: datetime) -> Counts:
    """The ledger of an issue. Raises StateError when there is no such issue in it."""
    with reading(database) as connection:
        return counts(connection, name, now)


def status_of(database: Engine, issue: Issue, now: datetime) -> Counts:
    """The ledger of an issue; of one that it has not heard of yet, what the file says."""
    with reading(database) as connection:
        if state_of(connection, issue.slug) is not None:
            return counts(connection, issue.slug, now)
    nothing: dict[str, Any] = dict.fromkeys((state.value for state in DeliveryState), 0)
    return Counts(
        issue=issue.slug,
        state=state_in_folder(issue),
        frozen=0,
        **nothing,
        unknown_recipients=(),
        lanes=(),
    )


def state_in_folder(issue: Issue) -> IssueState:
    """What the file alone says: an issue with a date and no `draft` was sent before our time."""
    sent = not issue.draft and issue.published is not None
    return IssueState.DONE if sent else IssueState.DRAFTED


def status_json(tally: Counts) -> dict[str, object]:
    """What `issue status NAME --json` prints; its times are aware."""
    return {
        "issue": tally.issue,
        "state": tally.state,
        "frozen": tally.frozen,
        **{state.value: getattr(tally, state.value) for state in DeliveryState},
        "unknown_recipients": list(tally.unknown_recipients),
        "lanes": [
            {"lane": lane.lane, "state": lane.state, "reason": lane.reason} for lane in tally.lanes
        ],
        "note": tally.note,
        "next_at": tally.next_at,
        "send_after": tally.send_after,
        "deadline": tally.deadline,
    }


def status_line(tally: Counts) -> Saying:
    """An issue's ledger in one line; states that nobody is in are left out."""
    numbers = ((state, getattr(tally, state.value)) for state in DeliveryState)
    parts = [_counted(state, number) for state, number in numbers if number]
    line = say(
        "{issue}: {state}{note}; {frozen} frozen: {parts}",
        issue=tally.issue,
        state=in_words(tally.state),
        note=f" ({tally.note})" if tally.note else "",
        frozen=tally.frozen,
        parts=joined(", ", parts or ["-"]),
    )
    if tally.adds_up:
        return line
    return joined("; ", (line, say("they do not add up, so the ledger is damaged")))


def _counted(state: DeliveryState, number: int) -> Saying:
    """How many copies are in a state."""
    match state:
        case DeliveryState.PENDING:
            return say("{number} pending", number=number)
        case DeliveryState.CLAIMED:
            return say("{number} claimed", number=number)
        case DeliveryState.DEFERRED:
            return say("{number} deferred", number=number)
        case DeliveryState.ACCEPTED:
            return say("{number} accepted", number=number)
        case DeliveryState.REFUSED:
            return say("{number} refused", number=number)
        case DeliveryState.EXCLUDED:
            return say("{number} excluded", number=number)
        case DeliveryState.UNKNOWN:
            return say("{number} unknown", number=number)
        case DeliveryState.CANCELLED:
            return say("{number} cancelled", number=number)
