"""A hub is told of each newest post once, and asked again after it said no."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database.announcements import AnnouncementRows
from newsroom.errors import OutsideError
from newsroom.jobs.announce import announce
from newsroom.model import Channel, Post, Sender, Site

HUB = "https://hub.example.se/"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = Site(
    name="Nätverket",
    url="https://nyheter.example.se",
    first_url="https://nyheter.example.se",
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket", "brev@example.se"),
    announce=(Channel("websub", HUB),),
)
POST = Post(
    source=PurePosixPath("posts/news/2026-06-01-nytt.md"),
    body_line=4,
    id="urn:uuid:1",
    title="Nytt",
    slug="nytt",
    lang="sv",
    body="Text.",
    published=NOW,
)


@pytest.fixture
def told(database: Engine) -> AnnouncementRows:
    """The announcements of an empty database."""
    return AnnouncementRows(database, NOW)


def test_a_hub_is_told_of_every_feed_once(told: AnnouncementRows) -> None:
    """The second publish of the same newest post pings nobody."""
    pings: list[tuple[str, str]] = []

    for _ in range(2):
        announce(SITE, POST, lambda hub, topic: pings.append((hub, topic)), told)

    assert pings == [
        (HUB, "https://nyheter.example.se/feed.xml"),
        (HUB, "https://nyheter.example.se/atom.xml"),
        (HUB, "https://nyheter.example.se/feed.json"),
    ]


def test_a_hub_that_said_no_is_asked_again(told: AnnouncementRows) -> None:
    """A failure is a line to show, and the next publish tries anew."""

    def refuse(hub: str, _topic: str) -> None:
        raise OutsideError(f"{hub}: answered 503")

    pings: list[str] = []

    failures = announce(SITE, POST, refuse, told)
    announce(SITE, POST, lambda _hub, topic: pings.append(topic), told)

    assert failures == (f"{HUB}: answered 503",)
    assert len(pings) == 3


def test_without_a_channel_or_a_post_nobody_is_told(told: AnnouncementRows) -> None:
    """An empty `announce:` and an empty newsroom are both quiet."""
    pings: list[str] = []

    announce(replace(SITE, announce=()), POST, lambda _hub, topic: pings.append(topic), told)
    announce(SITE, None, lambda _hub, topic: pings.append(topic), told)

    assert pings == []
