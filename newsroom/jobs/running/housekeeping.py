"""Housekeeping: what has had its time is erased each night, people first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.database.job_runs import last_run
from newsroom.errors import NewsroomError, OutsideError
from newsroom.jobs.running.rota import Held, Idle
from newsroom.model import Slot
from newsroom.model.saying import joined, say

_IMPLAUSIBLE = timedelta(days=60)  # between two nights of a machine whose clock is right


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """The verb of that name."""

    database: Engine
    erase: Callable[[datetime], int]  # whom there is no more reason to keep; how many that was
    tidy: Callable[[datetime], object]  # the folders
    clock: Callable[[], datetime]

    def __call__(self, slot: Slot) -> str | Idle | Held:
        """Erase people, whatever is the matter with the folders.

        A clock that is years ahead for a while erases nobody: two slots, one after another, must
        agree about what time it is.
        """
        now = self.clock()
        if days := self._days_unwatched(slot, now):
            return Held(
                say(
                    "the last time was {days} days ago, unless the clock is wrong; so nothing is "
                    "erased before the next time",
                    days=days,
                )
            )
        number = self._erase_and_tidy(now)
        note = say("readers expired: {number}", number=number)
        return note if number else Idle(note)

    def _erase_and_tidy(self, now: datetime) -> int:
        """How many people were erased. What fails keeps nothing waiting, and is raised after it."""
        number, faults = 0, list[NewsroomError]()
        try:
            number = self.erase(now)
        except NewsroomError as fault:
            faults.append(fault)
        try:
            self.tidy(now)
        except NewsroomError as fault:
            faults.append(fault)
        if len(faults) > 1:
            raise OutsideError(joined("\n", (fault.sentence for fault in faults)))
        if faults:
            raise faults[0]
        return number

    def _days_unwatched(self, slot: Slot, now: datetime) -> int:
        """How many days ago the slot before was, when that is implausibly long; else 0."""
        with reading(self.database) as connection:
            before = last_run(connection, slot.job, slot.due - timedelta(seconds=1))
        gap = now - before.due if before else timedelta(0)
        return gap.days if gap > _IMPLAUSIBLE else 0
