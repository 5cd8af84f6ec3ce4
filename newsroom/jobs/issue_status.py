"""Where an issue stands, in numbers that add up."""

from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.delivery.counts import counts
from newsroom.model.delivery import Counts, DeliveryState


def issue_status(database: Engine, name: str, now: datetime) -> Counts:
    """The ledger of an issue. Raises StateError when there is no such issue in it."""
    with transaction(database) as connection:
        return counts(connection, name, now)


def status_json(tally: Counts) -> dict[str, object]:
    """What `issue status NAME --json` prints."""
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
        "next_at": _utc(tally.next_at),
        "deadline": _utc(tally.deadline),
    }


def status_line(tally: Counts) -> str:
    """An issue's ledger in one line; states that nobody is in are left out."""
    numbers = ((state.value, getattr(tally, state.value)) for state in DeliveryState)
    parts = [f"{number} {state}" for state, number in numbers if number]
    note = f" ({tally.note})" if tally.note else ""
    return f"{tally.issue}: {tally.state}{note}; {tally.frozen} frozen: {', '.join(parts) or '-'}"


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
