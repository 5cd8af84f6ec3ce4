"""What has been announced where: one row for each item and channel, so that each is told once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert
from sqlalchemy.exc import IntegrityError

from newsroom.database.connection import transaction
from newsroom.database.tables import announcement


@dataclass(frozen=True, slots=True)
class AnnouncementRows:
    """The announcements on record, for one publish at `now`."""

    database: Engine
    now: datetime

    def claim(self, item: str, channel: str) -> bool:
        """Whether the caller is the one to tell `item` on `channel`: true once."""
        row = insert(announcement).values(item=item, channel=channel, state="done", at=self.now)
        try:
            with transaction(self.database) as connection:
                connection.execute(row)
        except IntegrityError:
            return False
        return True

    def release(self, item: str, channel: str) -> None:
        """Give a claim back after the channel said no, so that the next publish tries again."""
        row = (announcement.c.item == item) & (announcement.c.channel == channel)
        with transaction(self.database) as connection:
            connection.execute(delete(announcement).where(row))
