"""What asks for a look on each channel: announcements that wait, failed, or are in doubt."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from newsroom.database.announcements import TROUBLED, AnnouncementState
from newsroom.database.tables import announcement


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """What is not well on one channel."""

    channel: str
    state: AnnouncementState  # waiting, failed or unknown
    count: int
    since: datetime
    reason: str | None  # of the first


def channel_troubles(connection: Connection) -> tuple[ChannelTrouble, ...]:
    """What is not well on each channel, by its name: what waits, failed, or may have been made."""
    states = (AnnouncementState.WAITING, *TROUBLED)
    grouped = (
        select(
            announcement.c.channel,
            announcement.c.state,
            func.count().label("number"),
            func.min(announcement.c.at).label("since"),
        )
        .where(announcement.c.state.in_(states))
        .group_by(announcement.c.channel, announcement.c.state)
        .subquery()
    )
    first = (
        (announcement.c.channel == grouped.c.channel)
        & (announcement.c.state == grouped.c.state)
        & (announcement.c.at == grouped.c.since)
    )
    rows = connection.execute(
        select(grouped, announcement.c.note)
        .join(announcement, first)
        .order_by(grouped.c.channel, grouped.c.state, announcement.c.item)
    )
    found: dict[tuple[str, str], ChannelTrouble] = {}
    for row in rows:
        trouble = ChannelTrouble(
            row.channel, AnnouncementState(row.state), row.number, row.since, row.note
        )
        found.setdefault((row.channel, row.state), trouble)
    return tuple(found.values())
