"""How time passes: from one moment at which something is due to the next, and no slower."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from newsroom.jobs.running.rota import Done
from newsroom.model import Every
from newsroom.schedule import next_due
from tests.year.clock import Clock
from tests.year.machine import Machine

_OFTEN = timedelta(hours=1)  # jobs with more slots than this run when something else is due
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Passing:
    """A clock, and the machine that lives by it while it is on."""

    clock: Clock
    tell: Callable[[Done], None]  # hears of each slot that was run
    after: Callable[[], None]  # is called after each round
    before: Callable[[], None] = lambda: None  # is called before the time goes on
    machine: Machine | None = None
    # When the clock woke the machine, each with the last time before it that it remembers.
    rounds: list[tuple[datetime, datetime]] = field(default_factory=list)
    remembered: datetime | None = None

    def until(self, end: datetime) -> None:
        """Let the time pass; everything that is due on the way is done."""
        while self.clock.time < end:
            self._go_to(min(self._next_moment(), end))
        if self.machine and self.remembered != self.clock.time:
            self.round()

    def round(self) -> None:
        """Wake the machine now."""
        assert self.machine
        now = self.clock.time
        self.rounds.append((self.remembered or now, now))
        self.remembered = now
        self.machine.round(self.tell)
        self.after()

    def _go_to(self, moment: datetime) -> None:
        """Go to a moment, or to an earlier one at which a worker wakes."""
        self.before()
        wakes = self.clock.next_to_wake
        self.clock.move(moment if wakes is None else min(wakes, moment))
        if self.machine and wakes is not None and wakes <= moment:
            self.machine.send()
        if self.machine and self.clock.time >= moment:
            self.round()

    def _next_moment(self) -> datetime:
        """When the machine has something to do again; the end of time while it is off."""
        if self.machine is None:
            return _NEVER
        schedule, now = self.machine.schedule, self.clock.time
        rules = [job.rule for job in schedule.jobs]
        seldom = [r for r in rules if not (isinstance(r, Every) and r.interval < _OFTEN)]
        slots = [next_due(rule, schedule.timezone, now) for rule in seldom]
        look = self.machine.next_look
        return min([*slots, look] if look else slots, default=_NEVER)
