"""What a note about an issue is about, as newsroom goes by it; its words are for people."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Matter(StrEnum):
    """What is noted of an issue, where more hangs on it than words."""

    HELD = "held"  # its time came, and it did not leave
    STOPPED = "stopped"  # an approver took the yes back
    POSTPONED = "postponed"  # an approver set another day
    BY_HAND = "by hand"  # somebody paused it, and gave no reason
    BEHIND = "behind"  # the database is older than the mails that left


@dataclass(frozen=True, slots=True)
class Held:
    """That an issue did not leave at its time."""

    at: datetime  # aware: when it should have left
    reason: str  # a saying, where it is ours
