"""Vital signs for the tests: all is well, but for what a test replaces."""

from datetime import UTC, datetime
from typing import Any

from newsroom.jobs.health.vitals import Disk, Marks, Vitals
from newsroom.model.delivery import Counts, DeliveryState

NOW = datetime(2026, 6, 1, 6, 0, tzinfo=UTC)
ROOM = Disk(free=50_000_000_000, size=100_000_000_000)


def signs(**other: Any) -> Vitals:  # noqa: ANN401
    """A newsroom that is well."""
    values: dict[str, Any] = {
        "at": NOW,
        "next": (),
        "jobs": (),
        "trouble": (),
        "overdue": (),
        "backup_due": None,
        "issues": (),
        "asking": (),
        "mails": (),
        "returned": (),
        "channels": (),
        "links": None,
        "dead_links": 0,
        "doctor": None,
        "marks": Marks(built=NOW, looked=NOW, backed_up=NOW, disk=ROOM),
    }
    return Vitals(**{**values, **other})


def tally(state: str, **other: Any) -> Counts:  # noqa: ANN401
    """The ledger of an issue that nobody was written to."""
    values: dict[str, Any] = {
        "issue": "2026-var",
        "state": state,
        "frozen": 0,
        **dict.fromkeys((one.value for one in DeliveryState), 0),
        "unknown_recipients": (),
        "lanes": (),
    }
    return Counts(**{**values, **other})
