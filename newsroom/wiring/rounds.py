"""A newsroom's rounds: what is due is done, issues are looked after, mails that wait are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.wiring.postman import Postman
from newsroom.wiring.review import Attendant
from newsroom.wiring.rota import make_rota

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from newsroom.jobs.tick import Done
    from newsroom.wiring.desk import Desk


class Rounds:
    """All that a wake-up of the clock sees to, for every process that has one."""

    def __init__(self, desk: Desk) -> None:
        self._rota = make_rota(desk)
        self._attendant = Attendant(desk)
        self._postman = Postman(desk)

    def go(self, now: datetime, tell: Callable[[Done], None]) -> None:
        """Run the slots that are due, have each told, and see what has come of the issues."""
        from newsroom.jobs.tick import tick

        ran = tick(self._rota, now)
        for done in ran:
            tell(done)
        self.look(ran)

    def look(self, ran: Iterable[Done] = ()) -> None:
        """Look after the issues and the mails, knowing what has just been run."""
        self._attendant.look(ran)
        self._postman.look()
