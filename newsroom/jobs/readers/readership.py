"""How many read the newsletter, since when, and what became of each issue."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, func, select

from newsroom.database import reading
from newsroom.database.tables import issue, subscriber
from newsroom.delivery.ledger.counts import counts
from newsroom.model import SubscriberState
from newsroom.model.readership import Month, Readership
from newsroom.readers import consent, subscribers
from newsroom.readers.consent import Act

_DECEMBER = 12


class _Change(Enum):
    """What an entry of the log did to the number of those who get the newsletter."""

    JOINED = auto()
    LEFT = auto()
    KEPT_OUT = auto()


def readership(engine: Engine, zone: ZoneInfo, now: datetime) -> Readership:
    """Count everything, as it was at one moment. Months are those of the zone."""
    with reading(engine) as connection:
        frozen = select(issue.c.name).where(issue.c.frozen_at.is_not(None))
        names = connection.scalars(frozen.order_by(issue.c.frozen_at, issue.c.name)).all()
        return Readership(
            states=subscribers.counts(connection),
            languages=_languages(connection),
            months=tuple(_months(connection, zone, now)),
            issues=tuple(counts(connection, name, now) for name in names),
            entries=consent.head(connection).number,
            broken=consent.first_broken(connection),
        )


def _languages(connection: Connection) -> dict[str, int]:
    rows = connection.execute(
        select(subscriber.c.lang, func.count().label("number"))
        .where(subscriber.c.state == SubscriberState.ACTIVE)
        .group_by(subscriber.c.lang)
        .order_by(func.count().desc(), subscriber.c.lang)
    )
    return {row.lang: row.number for row in rows}


def _months(connection: Connection, zone: ZoneInfo, now: datetime) -> Iterator[Month]:
    """Each month of the log, the quiet ones too."""
    log = [(_first_of(moment, zone), change) for moment, change in _changes(connection)]
    if not log:
        return
    number = Counter(log)
    first, active = min(first for first, _ in log), 0
    while first <= _first_of(now, zone):
        joined, left, kept_out = (number[first, change] for change in _Change)
        active += joined - left - kept_out
        yield Month(first, joined, left, kept_out, active)
        first = _next(first)


def _changes(connection: Connection) -> Iterator[tuple[datetime, _Change]]:
    """Each time that somebody began or ceased to get the newsletter, as the log has it."""
    reads: set[int] = set()
    stopped: dict[int, bool] = {}  # whether they were reading when mail to them came back
    for who, act, at in consent.acts(connection):
        before = who in reads
        after = _reads_after(act, before, stopped.get(who, True))
        if act is Act.SUPPRESSED:
            stopped.setdefault(who, before)
        elif act is Act.LEFT and who in stopped:
            stopped[who] = False
        elif after != before:
            stopped.pop(who, None)
        if after and not before:
            reads.add(who)
            yield at, _Change.JOINED
        elif before and not after:
            reads.discard(who)
            yield at, _Change.KEPT_OUT if act is Act.SUPPRESSED else _Change.LEFT


def _reads_after(act: Act, before: bool, before_that: bool) -> bool:  # noqa: FBT001
    """Whether somebody gets the newsletter after an entry, `before_that` before a bounce."""
    match act:
        case Act.CONFIRMED | Act.ADDED | Act.IMPORTED:
            return True
        case Act.RETURNED:  # they took back a leaving, or we took back a bounce
            return before_that
        case Act.LEFT | Act.SUPPRESSED | Act.ERASED:
            return False
        case _:
            return before


def _first_of(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date().replace(day=1)


def _next(first: date) -> date:
    if first.month == _DECEMBER:
        return date(first.year + 1, 1, 1)
    return first.replace(month=first.month + 1)
