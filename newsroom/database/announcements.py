"""What has been announced where: one row for each item and channel, so that each is told once."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import IntegrityError

from newsroom.database.tables import announcement


def claim_announcement(connection: Connection, item: str, channel: str, now: datetime) -> bool:
    """Whether the caller is the one that announces `item` on `channel`: true once."""
    row = insert(announcement).values(item=item, channel=channel, state="done", at=now)
    try:
        with connection.begin_nested():
            connection.execute(row)
    except IntegrityError:
        return False
    return True


def release_announcement(connection: Connection, item: str, channel: str) -> None:
    """Give a claim back after the channel said no, so that the next publish tries again."""
    connection.execute(
        delete(announcement).where(announcement.c.item == item, announcement.c.channel == channel)
    )
