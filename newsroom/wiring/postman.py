"""Who looks after the mails to readers that wait, in every process that runs the clock."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from newsroom.workers.turn import try_turn

if TYPE_CHECKING:
    from newsroom.wiring.desk import Desk


class Postman:
    """Hands over what is due, one round at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()

    def look(self) -> None:
        """Hand over what is due now."""
        with try_turn(self._turn) as is_ours:
            if is_ours:
                self._look()

    def _look(self) -> None:
        from newsroom.database import reading
        from newsroom.database.outbox import is_due

        desk = self._desk
        with reading(desk.database) as connection:
            if not is_due(connection, desk.shared_clock()):
                return  # and nothing that mails are made with need be loaded
        from newsroom.jobs.outbox.hand_over import hand_over_due

        hand_over_due(desk.front_desk, desk.shared_clock)
