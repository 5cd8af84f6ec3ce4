"""The doctor's look on the day before an issue leaves, while there is time to mend things.

One look that fails may have met a passing trouble: the coordinator is told when an hour later
another one says the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.database.doctor_runs import DoctorRun, runs_since
from newsroom.jobs.approval.news import DeskCalendar
from newsroom.model import Site
from newsroom.model.memo import Memo
from newsroom.model.saying import say

AHEAD = timedelta(hours=24)
_AGAIN = timedelta(hours=1)  # after a look that failed
_LONGEST_NAME = 40  # so that the occasion of a memo fits


@dataclass(frozen=True, slots=True)
class Leaving:
    """An issue that leaves soon."""

    name: str
    at: datetime  # aware


def leaving_next(departures: Iterable[Leaving], now: datetime) -> Leaving | None:
    """The issue that leaves first, when that is within the day ahead; what should have left is not.

    Of two that leave at once it is the first by name.
    """
    soon = [leaving for leaving in departures if now <= leaving.at <= now + AHEAD]
    return min(soon, key=lambda leaving: (leaving.at, leaving.name), default=None)


def house_call(
    database: Engine,
    leaving: Leaving,
    configuration: str,
    examine: Callable[[], DoctorRun],
    now: datetime,
) -> DoctorRun | None:
    """Look when nobody has in the day before, or an hour after a look that failed.

    Gives the second failed look, which is to be told; None while there is nothing to tell.
    """
    with reading(database) as connection:
        before = runs_since(connection, configuration, leaving.at - AHEAD, now)
    if before and (before[0].is_good or now - before[0].at < _AGAIN):
        return None
    found = examine()
    return found if before and not found.is_good else None


def memo_of(found: DoctorRun, leaving: Leaving, title: str, site: Site, now: datetime) -> Memo:
    """What the coordinator is told of an issue with that title."""
    when = DeskCalendar(site, now).when(leaving.at)
    return Memo(
        kind="doctor",
        occasion=f"{leaving.name[:_LONGEST_NAME]} {leaving.at:%Y-%m-%dT%H:%M}",
        subject=say("Mend before {title} leaves", title=title),
        sentences=(
            say("{title} is to leave on {when}.", title=title, when=when),
            say(
                "Newsroom has looked at what its mail stands on, and as it is now the issue would "
                "be held: it might not arrive."
            ),
            say("When you have mended it you need do nothing more; newsroom looks once again."),
        ),
        heading=say("This must be mended first:"),
        points=found.failed,
        command="newsroom doctor",
    )
