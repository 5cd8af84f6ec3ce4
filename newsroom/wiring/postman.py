"""Who looks after the mails to readers that wait, in every process that runs the clock."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.wiring.desk import Desk


class Postman:
    """Hands over what is due, one round at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()

    def look(self) -> None:
        """Hand over what is due now."""
        from newsroom.delivery.sending.clock import shared_clock
        from newsroom.jobs.readers.hand_over import hand_over_due

        if not self._turn.acquire(blocking=False):
            return  # another thread of this process is at it
        try:
            desk = self._desk
            hand_over_due(desk.front_desk, shared_clock(desk.database, desk.clock))
        finally:
            self._turn.release()
