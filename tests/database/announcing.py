"""Announcements to put on record."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from newsroom.database.announcements import Announcement, AnnouncementRows, AnnouncementState

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SLACK = "slack:kansli"


def row(
    item: str, state: AnnouncementState, channel: str = SLACK, minutes: int = 0
) -> Announcement:
    """An announcement, so long after the first."""
    at = NOW + timedelta(minutes=minutes)
    return Announcement(item=item, channel=channel, state=state, at=at, note=f"why {item}")


def keep(database: Engine, *rows: Announcement) -> AnnouncementRows:
    """Put rows on record."""
    kept = AnnouncementRows(database)
    for one in rows:
        assert kept.put(None, one)
    return kept
