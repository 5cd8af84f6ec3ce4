"""What has been announced where: one row for each item and channel, so that each is told once.

A row is claimed and committed before anything leaves, and what came of it is written after. A
crash between the two leaves a claim, by which somebody later knows that nobody knows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.connection import reading, transaction
from newsroom.database.lease import Lease
from newsroom.database.tables import announcement

LEASE = Lease(timedelta(minutes=10))  # no attempt takes as long; so a longer one was cut short
_CHANNEL = ""  # the item of the row that says since when a channel is known


class AnnouncementState(StrEnum):
    """Where an announcement stands."""

    WAITING = "waiting"  # to be tried again
    CLAIMED = "claimed"  # in somebody's hands
    DONE = "done"
    FAILED = "failed"  # it was not made, and is not tried again by itself
    UNKNOWN = "unknown"  # it may have been made, and is not tried again by itself
    KNOWN = "known"  # public before its channel was added, or before a restore
    SKIPPED = "skipped"  # somebody said that it is not to be made, or the piece went away


TROUBLED = (AnnouncementState.FAILED, AnnouncementState.UNKNOWN)
_GUESSED = (
    AnnouncementState.CLAIMED,
    AnnouncementState.UNKNOWN,
    AnnouncementState.WAITING,
)  # of an attempt that is not settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One item on one channel."""

    item: str  # a piece's id, or a feed's address
    channel: str
    state: AnnouncementState
    version: str | None = None  # the digest of a feed; a piece has none, and is told once
    title: str | None = None
    attempts: int = 0  # of all time: the number by which a claim is known (a fencing token)
    tries: int = 0  # of this version, since a person last asked for it; after some it is given up
    since: datetime | None = None  # when this version was first tried
    doubted: datetime | None = None  # when the first was made of which nobody knows how it ended
    at: datetime  # when it came into its state
    next_at: datetime | None = None  # when a waiting one is tried again
    place: str | None = None  # the address of the announcement, where the channel gives one
    note: str | None = None  # why it waits, failed or is unknown

    def was_cut_short(self, now: datetime) -> bool:
        """Whether it was claimed so long ago that nobody can still be at it."""
        return self.state is AnnouncementState.CLAIMED and not LEASE.holds(
            LEASE.until(self.at), now
        )


@dataclass(frozen=True, slots=True)
class AnnouncementRows:
    """The announcements on record."""

    database: Engine

    def of(self, channel: str) -> Mapping[str, Announcement] | None:
        """Each item that was dealt with on a channel; None when the channel is new."""
        rows = select(announcement).where(announcement.c.channel == channel)
        with reading(self.database) as connection:
            found = {row.item: _read(row) for row in connection.execute(rows)}
        known = found.pop(_CHANNEL, None)
        return None if known is None else found

    def one(self, channel: str, item: str) -> Announcement | None:
        """What is on record of an item on a channel, be the channel new or not."""
        there = (announcement.c.channel == channel, announcement.c.item == item)
        with reading(self.database) as connection:
            row = connection.execute(select(announcement).where(*there)).one_or_none()
        return None if row is None else _read(row)

    def begin(self, channel: str, known: Iterable[tuple[str, str]], now: datetime) -> bool:
        """Know a channel from now on, and these items (id, title) as ones that it need not tell.

        False, and nothing is written, when somebody else was first.
        """
        rows = [{"item": item, "title": title} for item, title in ((_CHANNEL, None), *known)]
        common = {"channel": channel, "state": AnnouncementState.KNOWN, "at": now}
        there = announcement.c.channel == channel
        try:
            with transaction(self.database) as connection:
                old = set(connection.scalars(select(announcement.c.item).where(there)))
                new = [{**row, **common} for row in rows if row["item"] not in old]
                if _CHANNEL in old:
                    return False
                connection.execute(insert(announcement), new)
        except IntegrityError:
            return False
        return True

    def claim(
        self,
        seen: Announcement | None,
        wanted: Announcement,
        now: datetime,
    ) -> Announcement | None:
        """Take an item in hand that stands as it was `seen`; None when somebody else was first.

        `wanted` names it. A version that was not told before begins its tries anew.
        """
        with transaction(self.database) as connection:
            taken = _claimed(seen, wanted, now)
            if seen is not None:
                return taken if _changed(connection, seen, taken) else None
            return taken if _inserted(connection, taken) else None

    def settle(self, claimed: Announcement, ended: Announcement) -> bool:
        """Write what came of a claim; false when somebody has claimed it anew, or decided.

        Who made the attempt knows, and wins over whoever took it for cut short meanwhile.
        """
        with transaction(self.database) as connection:
            return _changed(connection, claimed, ended, _GUESSED)

    def put(self, seen: Announcement | None, row: Announcement) -> bool:
        """Give an item another state, when it stands as it was seen."""
        with transaction(self.database) as connection:
            if seen is not None:
                return _changed(connection, seen, row)
            return _inserted(connection, row)

    def has_open(self) -> bool:
        """Whether anything waits, or is in somebody's hands."""
        open_ones = announcement.c.state.in_((AnnouncementState.WAITING, AnnouncementState.CLAIMED))
        with reading(self.database) as connection:
            return bool(connection.scalar(select(select(announcement).where(open_ones).exists())))

    def all(
        self, states: Iterable[AnnouncementState] = tuple(AnnouncementState)
    ) -> tuple[Announcement, ...]:
        """Every announcement on record that is in one of these states, the latest first."""
        rows = select(announcement).where(
            announcement.c.item != _CHANNEL, announcement.c.state.in_(tuple(states))
        )
        latest = rows.order_by(
            announcement.c.at.desc(), announcement.c.channel, announcement.c.item
        )
        with reading(self.database) as connection:
            return tuple(_read(row) for row in connection.execute(latest))


def forget_channels(connection: Connection) -> None:
    """Let every channel be new: what is public by its next turn is then known to it, and not told.

    For a database that was brought back from a backup, which does not know what was announced
    since. What waits, or was in somebody's hands, may have been told, too. What has a version may
    be told twice, and goes on waiting.
    """
    connection.execute(delete(announcement).where(announcement.c.item == _CHANNEL))
    under_way = announcement.c.state.in_((AnnouncementState.WAITING, AnnouncementState.CLAIMED))
    once, again = announcement.c.version.is_(None), announcement.c.version.is_not(None)
    for which, state in ((once, AnnouncementState.UNKNOWN), (again, AnnouncementState.WAITING)):
        connection.execute(update(announcement).where(under_way, which).values(state=state))


def _claimed(seen: Announcement | None, wanted: Announcement, now: datetime) -> Announcement:
    """The row of a claim."""
    goes_on = seen is not None and seen.version == wanted.version
    return Announcement(
        item=wanted.item,
        channel=wanted.channel,
        state=AnnouncementState.CLAIMED,
        version=wanted.version,
        title=wanted.title,
        attempts=(seen.attempts if seen else 0) + 1,
        tries=(seen.tries if seen and goes_on else 0) + 1,
        since=(seen.since if seen and goes_on else None) or now,
        doubted=seen.doubted if seen and goes_on else None,
        at=now,
    )


def _inserted(connection: Connection, row: Announcement) -> bool:
    """Write a new row; false when somebody else was first."""
    try:
        with connection.begin_nested():
            connection.execute(insert(announcement).values(_values(row)))
    except IntegrityError:
        return False
    return True


def _changed(
    connection: Connection,
    seen: Announcement,
    row: Announcement,
    states: Iterable[AnnouncementState] = (),
) -> bool:
    """Write a row in place of the one that was seen; false when somebody has changed it since.

    It counts as unchanged while it is the same attempt, in the state seen or in one of `states`.
    """
    written = connection.execute(
        update(announcement)
        .where(
            announcement.c.item == seen.item,
            announcement.c.channel == seen.channel,
            announcement.c.state.in_(tuple(states) or (seen.state,)),
            announcement.c.attempts == seen.attempts,
        )
        .values(_values(row))
    )
    return written.rowcount == 1


def _values(row: Announcement) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Announcement.__slots__}


def _read(row: Row[Any]) -> Announcement:
    values = {name: getattr(row, name) for name in Announcement.__slots__}
    return Announcement(**{**values, "state": AnnouncementState(row.state)})
