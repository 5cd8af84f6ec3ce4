"""Those who read the newsletter, and where each of them stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SubscriberState(StrEnum):
    """Where a subscriber stands. Only an active one is ever sent an issue."""

    PENDING = "pending"  # has not confirmed yet
    ACTIVE = "active"
    UNSUBSCRIBED = "unsubscribed"
    SUPPRESSED = "suppressed"  # bounced for good, or complained


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One address on the list."""

    id: int
    email: str  # canonical: domain as A-label in lower case
    name: str | None
    state: SubscriberState
    lang: str
    tags: tuple[str, ...]
    since: datetime  # aware, UTC: when the present state began
