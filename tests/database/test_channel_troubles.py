"""What is not well on each channel, on both databases."""

from datetime import timedelta

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.database.announcements import AnnouncementState
from newsroom.database.channel_troubles import channel_troubles
from tests.database.announcing import NOW, SLACK, keep, row


def test_what_is_not_well_is_counted(either_database: Engine) -> None:
    """For each channel and state: how many, since when, and the first reason."""
    keep(
        either_database,
        row("b", AnnouncementState.FAILED, minutes=2),
        row("a", AnnouncementState.FAILED, minutes=1),
        row("c", AnnouncementState.UNKNOWN),
        row("d", AnnouncementState.DONE),
        row("e", AnnouncementState.WAITING, "mastodon:https://m.example", minutes=5),
    )

    with transaction(either_database) as connection:
        found = [
            (t.channel, t.state, t.count, t.since, t.reason) for t in channel_troubles(connection)
        ]

    assert found == [
        ("mastodon:https://m.example", "waiting", 1, NOW + timedelta(minutes=5), "why e"),
        (SLACK, "failed", 2, NOW + timedelta(minutes=1), "why a"),
        (SLACK, "unknown", 1, NOW, "why c"),
    ]
