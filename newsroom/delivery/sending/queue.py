"""The copies of one batch that wait for their turn, and when each may have it."""

from collections import deque
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from newsroom.delivery.pace.lanes import SHARED, lane_key
from newsroom.model.delivery import Recipient

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Queue:
    """Who is next, as far as we know: the ledger decides, and is spared what it would refuse."""

    def __init__(self, recipients: Iterable[Recipient]) -> None:
        self._waiting = deque(recipients)
        self._free_at: dict[str, datetime] = {}  # by rate key

    def __len__(self) -> int:
        return len(self._waiting)

    def first_free(self, now: datetime) -> Recipient | None:
        """The first whose lane has a slot free."""
        if any(self._free_at.get(key, now) > now for key in SHARED):
            return None
        for recipient in self._waiting:
            if self._free_at.get(lane_key(recipient.lane), now) <= now:
                return recipient
        return None

    def seconds_to_wait(self, now: datetime) -> float:
        """How long until somebody's lane has a slot free; the queue is not empty."""
        lanes = {lane_key(recipient.lane) for recipient in self._waiting}
        soonest = min(self._free_at.get(lane, _LONG_AGO) for lane in lanes)
        shared = (self._free_at.get(key, _LONG_AGO) for key in SHARED)
        return max((max(soonest, *shared) - now).total_seconds(), 0.0)

    def note(self, key: str, free_at: datetime) -> None:
        """Remember from when on a rate row has a slot."""
        self._free_at[key] = free_at

    def forget_times(self) -> None:
        """Know of no slot any more: the ledger says from when on there is one."""
        self._free_at.clear()

    def take(self, recipient: Recipient) -> None:
        """Take somebody out: it is their turn. A commit tried again may take them once more."""
        if recipient in self._waiting:
            self._waiting.remove(recipient)

    def leave_out(self, resting: Collection[str]) -> None:
        """Forget whom a pause keeps waiting: the batch is handed out again when it is over."""
        self._waiting = deque(r for r in self._waiting if lane_key(r.lane) not in resting)
