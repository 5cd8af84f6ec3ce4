"""How a job that failed is tried again, and after how long its failing is told.

A failure that mends itself is nobody's news: a relay that was down for ten minutes, a disk that
was full for an hour. How long that may take depends on what readers and the law expect of a job.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

_MINUTES, _HOURS = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Persistence:
    """The waits before each further try, the last of them again and again; then who is told."""

    waits: tuple[timedelta, ...]
    told_after: timedelta  # of failing, and of two tries at least

    def wait(self, failures: int) -> timedelta:
        """How long to wait after so many failures, one upon another."""
        return self.waits[min(failures, len(self.waits)) - 1]

    @property
    def longest(self) -> timedelta:
        """No wait is longer."""
        return max(self.waits)


_QUICK = (1 * _MINUTES, 2 * _MINUTES, 5 * _MINUTES, 15 * _MINUTES, 30 * _MINUTES, 1 * _HOURS)
_STEADY = (5 * _MINUTES, 15 * _MINUTES, 30 * _MINUTES, 1 * _HOURS, 2 * _HOURS)

_BY_JOB: Mapping[str, Persistence] = {
    "publish": Persistence(_QUICK, 30 * _MINUTES),  # a post is late already
    "newsletter": Persistence(_QUICK, 30 * _MINUTES),  # its send slot is over after six hours
    "bounces": Persistence(_STEADY, 6 * _HOURS),  # mail servers are away for a night
    "backup": Persistence(_STEADY, 3 * _HOURS),  # told on the morning after
    "links": Persistence(_STEADY, 24 * _HOURS),  # nobody waits for them
    "housekeeping": Persistence(_STEADY, 24 * _HOURS),  # what is to be erased has a day's grace
}
_OF_OTHERS = Persistence(_STEADY, 3 * _HOURS)


def persistence_of(job: str) -> Persistence:
    """How a job of that name is tried again."""
    return _BY_JOB.get(job.partition(".")[0], _OF_OTHERS)
