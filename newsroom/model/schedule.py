"""What happens when: `schedule.yaml` as values, and the slots it gives."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Every:
    """At each multiple of an interval, counted from midnight UTC."""

    interval: timedelta


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day at a local time."""

    at: time


@dataclass(frozen=True, slots=True)
class Weekly:
    """Every week on a day (0 is Monday) at a local time."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Yearly:
    """Once a year: the nth weekday of a month, or a day of it, at a local time."""

    month: int
    at: time
    day: int | None = None  # day of the month, when no weekday is given
    weekday: int | None = None  # 0 is Monday
    nth: int | None = None  # 1 first … 4 fourth, -1 last
    before: timedelta = timedelta(0)  # whole days ahead of that day


Rule = Every | Daily | Weekly | Yearly


BACKUPS_KEPT = 14  # where nobody says how many
# How far they may reach back: by the privacy page who was erased is in them for a month at most.
BACKUPS_REACH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """A named job, its rule, and how late it may still run."""

    name: str  # publish, newsletter.var.send, newsletter.var.draft, backup, …
    rule: Rule
    within: timedelta | None = None  # later than this it is reported, not run; None: however late


@dataclass(frozen=True, slots=True)
class Schedule:
    """All of `schedule.yaml`."""

    timezone: ZoneInfo
    jobs: tuple[ScheduledJob, ...]
    keep_backups: int = BACKUPS_KEPT
    backups_to: str | None = None  # the folder that backups are laid in; None: var/backups
    backups_line: int | None = None  # on which that stands


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One moment at which one job is due."""

    due: datetime  # aware, UTC
    job: str
