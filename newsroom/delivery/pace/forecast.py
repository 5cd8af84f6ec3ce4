"""How long an issue takes by the limits that it keeps."""

from collections.abc import Mapping
from datetime import timedelta

from newsroom.delivery.pace.lanes import SLACK, limits
from newsroom.model import Sending


def time_needed(by_lane: Mapping[str, int], sending: Sending) -> timedelta:
    """How long mail must be allowed to leave until so many copies of each lane have.

    The slowest of the limits decides. Where nothing is limited it is no time at all: what the
    relay can take is not known.
    """
    needed: dict[str, timedelta] = {}
    for lane, number in by_lane.items():
        for key, pace in limits(sending, lane):
            needed[key] = needed.get(key, timedelta(0)) + pace.per * SLACK * number / pace.count
    return max(needed.values(), default=timedelta(0))
