"""When a newsroom needs a look that no slot of its schedule brings.

The real clock looks each minute; most minutes of a year have nothing in them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from newsroom.database import reading
from newsroom.database.tables import announcement, delivery, issue, job_run, outbox, rate
from newsroom.delivery.pace.hours import next_opening
from newsroom.delivery.pace.lanes import GLOBAL
from newsroom.delivery.sending.dispatch import on_their_way
from newsroom.jobs.approval.progress import REPORT_AFTER
from newsroom.model import Schedule
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.schedule import next_due
from newsroom.wiring import Desk, link_slots

_MINUTE = timedelta(minutes=1)
_WAIT = [DeliveryState.PENDING, DeliveryState.DEFERRED]


def standing(desk: Desk) -> object:
    """Where each issue stands, and how many of its copies are in which state."""
    issues = select(issue.c.name, issue.c.state, issue.c.updated).order_by(issue.c.name)
    each = delivery.c.issue, delivery.c.state
    copies = select(*each, func.count()).group_by(*each).order_by(*each)
    with reading(desk.database) as connection:
        return connection.execute(issues).all(), connection.execute(copies).all()


def next_look(desk: Desk, schedule: Schedule, known: object) -> datetime | None:
    """The next minute while issues do not stand as is `known`, else when something waits to be due.

    None when nothing does.
    """
    soon = desk.clock() + _MINUTE
    if standing(desk) != known:
        return soon
    with reading(desk.database) as connection:
        looks = [*_letters(connection, desk, soon), *_others(connection, desk, schedule)]
    return min((max(look, soon) for look in looks), default=None)


def _letters(connection: Connection, desk: Desk, soon: datetime) -> Iterator[datetime]:
    """When a copy of an issue may be handed over: soon when it was not tried, but for a rest."""
    rest = select(func.max(rate.c.paused_until)).where(rate.c.key == GLOBAL)
    soon = max(connection.scalar(rest) or soon, soon)
    names = on_their_way(desk.database)
    waiting = select(delivery.c.next_at).where(
        delivery.c.issue.in_(names), delivery.c.state.in_(_WAIT)
    )
    site = desk.site
    for at in connection.scalars(waiting):
        yield next_opening(site.sending.hours, max(at or soon, soon), site.timezone)


def _others(connection: Connection, desk: Desk, schedule: Schedule) -> Iterator[datetime]:
    """Mails, jobs and announcements to be tried again; days that were set; reports to be made."""
    now = desk.clock()
    for column in (outbox.c.next_at, job_run.c.next_at):
        yield from connection.scalars(select(column).where(column.is_not(None)))
    yield from connection.scalars(select(issue.c.leaves_at).where(issue.c.leaves_at > now))
    done = select(issue.c.updated).where(issue.c.state == IssueState.DONE)
    yield from (at + REPORT_AFTER for at in connection.scalars(done) if at + REPORT_AFTER > now)
    if (second_look := link_slots.next_look(desk, schedule)) is not None:
        yield second_look
    publish = next(job.rule for job in schedule.jobs if job.name == "publish")
    tries = select(announcement.c.next_at).where(announcement.c.next_at.is_not(None))
    for at in connection.scalars(tries):
        yield next_due(publish, schedule.timezone, max(at, now) - timedelta(seconds=1))
