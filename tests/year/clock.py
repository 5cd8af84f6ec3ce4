"""The year's only time: it stands still until somebody moves it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
YEAR = 2026
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@dataclass
class Clock:
    """The time of everybody in the year, and who sleeps until when."""

    time: datetime
    show: Callable[[datetime], object] = lambda _time: None  # has another clock show the same
    changed: threading.Condition = field(default_factory=threading.Condition)
    sleepers: dict[int, datetime] = field(default_factory=dict)  # by thread

    def __post_init__(self) -> None:
        self.show(self.time)

    def __call__(self) -> datetime:
        """The time now."""
        return self.time

    def seconds(self) -> float:
        """The same as a number that grows."""
        return self.time.timestamp()

    def move(self, to: datetime) -> None:
        """Let the time pass; who has slept long enough wakes up."""
        with self.changed:
            later = max(self.time, to)
            self.show(later)
            self.time = later
            awake = [who for who, until in self.sleepers.items() if until <= self.time]
            for who in awake:
                del self.sleepers[who]
            self.changed.notify_all()

    def forward(self, **span: float) -> None:
        """Let so much time pass."""
        self.move(self.time + timedelta(**span))

    @property
    def next_to_wake(self) -> datetime | None:
        """When the first sleeper wakes up; None when nobody sleeps."""
        with self.changed:
            return min(self.sleepers.values(), default=None)


class Rest(threading.Event):
    """A wish to stop. Whoever waits for it sleeps by the year's clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep until the clock has gone on so many seconds, or somebody asks to stop."""
        clock, me = self._clock, threading.get_ident()
        with clock.changed:
            clock.sleepers[me] = clock.time + timedelta(seconds=timeout or 0)
            clock.changed.notify_all()
            clock.changed.wait_for(lambda: me not in clock.sleepers or self.is_set())
            clock.sleepers.pop(me, None)
        return self.is_set()

    def set(self) -> None:
        """Ask to stop, and wake everybody."""
        super().set()
        with self._clock.changed:
            self._clock.changed.notify_all()


def moment(written: str) -> datetime:
    """`2 juni 09.00` in Stockholm, in UTC."""
    day, month, at = written.split()
    hour, minute = map(int, at.split("."))
    local = datetime(YEAR, _MONTHS.index(month) + 1, int(day), hour, minute, tzinfo=STOCKHOLM)
    return local.astimezone(UTC)


def spoken(time: datetime) -> str:
    """Tisdag 2 juni 09.00."""
    local = time.astimezone(STOCKHOLM)
    day = f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    return f"{day} {local:%H.%M}"
