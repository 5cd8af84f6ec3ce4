"""How mail may leave, as `sending:` in site.yaml has it: how fast, when, and to whom first."""

from dataclasses import dataclass
from datetime import time, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """A rate limit: at most `count` in every `per`."""

    count: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Hours:
    """When mail may leave, in the site's zone. Days are 0 for Monday to 6 for Sunday."""

    days: frozenset[int]
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Canary:
    """The first few recipients, sent ahead of the rest."""

    count: int
    wait: timedelta
    asks: bool = False  # `then: ask`: the rest waits for a person too; else only while all is well
    seeds: tuple[str, ...] = ()  # addresses of one's own on the list, ahead of everybody


@dataclass(frozen=True, slots=True)
class LaneGroup:
    """Receiving hosts that judge a sender together: one lane, whatever domains they serve."""

    name: str
    hosts: tuple[str, ...]  # ends of host names, or of the domains themselves
    pace: Pace | None = None  # None: as any lane


@dataclass(frozen=True, slots=True)
class Sending:
    """How fast and when an issue leaves. `None` for a pace or hours means without limit."""

    pace: Pace | None = Pace(20, timedelta(minutes=1))
    lane_pace: Pace | None = Pace(5, timedelta(minutes=1))
    sender_pace: Pace | None = None  # all that leaves with the sender's address
    system_pace: Pace | None = Pace(30, timedelta(minutes=1))  # confirmations, links, reviews
    lanes: tuple[LaneGroup, ...] = ()
    connections: int = 1
    hours: Hours | None = Hours(frozenset(range(5)), time(8), time(16))
    canary: Canary | None = Canary(20, timedelta(minutes=15))
    undo: timedelta = timedelta(minutes=15)
    retry: tuple[timedelta, ...] = (
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=2),
        timedelta(hours=4),
    )
    deadline: timedelta = timedelta(hours=48)
    doctor: timedelta | None = timedelta(hours=24)  # None: no verdict is asked for
    resend_unknown: bool = False  # `on_unknown: resend`

    @property
    def in_hand(self) -> int:
        """Batches that one process has at once: for each connection one at work, one at hand."""
        return 2 * self.connections

    def pace_of(self, lane: str) -> Pace | None:
        """How fast a lane may be: its own pace, or that of any lane."""
        own = (group.pace for group in self.lanes if group.name == lane)
        return next(own, None) or self.lane_pace
