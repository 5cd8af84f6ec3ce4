"""The rounds in which all links are asked for: one at a time, and resumed when one broke off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from sqlalchemy import Connection, Engine, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.connection import transaction
from newsroom.database.lease import Lease
from newsroom.database.tables import link_round

LEASE = Lease(timedelta(minutes=10))  # it is renewed every few answers, and no answer takes as long
_STALE = timedelta(days=3)  # what broke off longer ago is begun anew
APART = "/"  # between who is at a round and what tells their rounds apart
_ONLY = 1


@dataclass(frozen=True, slots=True)
class LinkRound:
    """The last round."""

    begun: datetime  # aware
    finished: datetime | None = None
    goes_on: datetime | None = None  # when what broke off may be gone on with, if not before
    who: str | None = None  # has it in hand, or had when it died

    def state(self, now: datetime) -> "RoundState":
        """How far it has come."""
        if self.finished is not None:
            return RoundState.FINISHED
        if self.who is not None and LEASE.holds(self.goes_on, now):
            return RoundState.UNDER_WAY
        return RoundState.LEFT if self.goes_on is None else RoundState.BROKEN_OFF


class RoundState(StrEnum):
    """How far a round has come. A word for programs."""

    UNDER_WAY = "under way"
    FINISHED = "finished"
    BROKEN_OFF = "broken off"  # whoever looks next goes on with it
    LEFT = "left"  # nobody could be asked; it is tried again, or waits for its slot


class RoundEnd(Enum):
    """How whoever was on a round lets go of it."""

    FINISHED = auto()  # all its links were asked for
    CUT_SHORT = auto()  # whoever looks next goes on with it
    LEFT_AS_IT_IS = auto()  # nobody answered, or a second look is done: it waits for its slot


def last_round(connection: Connection) -> LinkRound | None:
    """The last round, which may be under way; None before the first."""
    row = connection.execute(select(link_round)).first()
    if row is None:
        return None
    return LinkRound(row.begun, row.finished, row.lease_until, _told(row.holder))


def take_round(engine: Engine, who: str, now: datetime, *, anew: bool = True) -> LinkRound | None:
    """Begin a round, or go on with the one that broke off; None while another is on it.

    Without `anew` the round stays the one that it was, finished or not.
    """
    with transaction(engine) as connection:
        free = or_(link_round.c.holder.is_(None), LEASE.is_free(link_round.c.lease_until, now))
        mine = {"holder": who, "lease_until": LEASE.until(now)}
        taken = connection.execute(update(link_round).where(free).values(mine)).rowcount == 1
        last = last_round(connection)
        if taken and last and anew and not _can_go_on(last, now):
            connection.execute(update(link_round).values(begun=now, finished=None))
            return LinkRound(now)
        if last:
            return last if taken else None
    return _first_round(engine, who, now)


def renew_round(connection: Connection, who: str, now: datetime) -> bool:
    """Keep the round in one's hands; false when it has been taken out of them."""
    held = update(link_round).where(link_round.c.holder == who)
    return connection.execute(held.values(lease_until=LEASE.until(now))).rowcount == 1


def leave_round(connection: Connection, who: str, now: datetime, end: RoundEnd) -> None:
    """Let go of the round; of one that has been taken out of these hands nothing is changed."""
    ended = {"holder": None, "lease_until": now if end is RoundEnd.CUT_SHORT else None}
    if end is RoundEnd.FINISHED:
        ended["finished"] = now
    connection.execute(update(link_round).where(link_round.c.holder == who).values(ended))


def who_is_at_it(connection: Connection) -> str | None:
    """Who holds the round now."""
    return _told(connection.scalar(select(link_round.c.holder)))


def _told(holder: str | None) -> str | None:
    """Who it is, as people are told."""
    return holder and holder.partition(APART)[0]


def _can_go_on(last: LinkRound, now: datetime) -> bool:
    return last.finished is None and abs(now - last.begun) < _STALE


def _first_round(engine: Engine, who: str, now: datetime) -> LinkRound | None:
    row = {"number": _ONLY, "begun": now, "holder": who, "lease_until": LEASE.until(now)}
    try:
        with transaction(engine) as connection:
            connection.execute(insert(link_round).values(row))
    except IntegrityError:  # somebody was first
        return None
    return LinkRound(now)
