"""What has been announced where: one row for each item and channel, so that each is told once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from newsroom.database.connection import reading, transaction
from newsroom.database.tables import announcement


@dataclass(frozen=True, slots=True)
class AnnouncementRows:
    """The announcements on record, for one publish at `now`."""

    database: Engine
    now: datetime

    def heard(self, channel: str) -> dict[str, str]:
        """The version of each item that `channel` was told of last."""
        rows = select(announcement.c.item, announcement.c.note).where(
            announcement.c.channel == channel
        )
        with reading(self.database) as connection:
            return {item: version or "" for item, version in connection.execute(rows)}

    def claim(self, item: str, channel: str, version: str) -> bool:
        """Whether the caller is the one to tell of this version on `channel`: true once."""
        values = {"state": "done", "at": self.now, "note": version}
        known = (announcement.c.item == item) & (announcement.c.channel == channel)
        newer = known & announcement.c.note.is_distinct_from(version)
        with transaction(self.database) as connection:
            if connection.execute(update(announcement).where(newer).values(values)).rowcount:
                return True
        try:
            with transaction(self.database) as connection:
                row = insert(announcement).values(item=item, channel=channel, **values)
                connection.execute(row)
        except IntegrityError:
            return False
        return True

    def release(self, item: str, channel: str) -> None:
        """Give a claim back after the channel said no, so that the next publish tries again."""
        row = (announcement.c.item == item) & (announcement.c.channel == channel)
        with transaction(self.database) as connection:
            connection.execute(delete(announcement).where(row))
