"""A hub is told of each feed that has changed, once, and asked again after it said no."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from newsroom.database.announcements import AnnouncementRows
from newsroom.errors import OutsideError
from newsroom.jobs.site.announce import announce
from newsroom.model import Channel, Sender, Site

HUB, OTHER = "https://hub.example.se/", "https://annan.example.se/"
URL = "https://nyheter.example.se"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = Site(
    name="Nätverket",
    url=URL,
    first_url=URL,
    language="sv",
    timezone=ZoneInfo("Europe/Stockholm"),
    sender=Sender("Nätverket", "brev@example.se"),
    announce=(Channel("websub", HUB),),
)
FEEDS = ("amnen/halsa/feed.xml", "atom.xml", "feed.json", "feed.xml")
FILES = (*FEEDS, "index.html", "archive/2026-04.xml", "archive/2026-04.json", "calendar.ics")


@pytest.fixture
def told(database: Engine) -> AnnouncementRows:
    """The announcements of an empty database."""
    return AnnouncementRows(database, NOW)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A built site."""
    for name in FILES:
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "public"


class Hubs:
    """Remembers who was told of what; says no to the topics that it refuses."""

    def __init__(self, *refused: str) -> None:
        self.pings: list[tuple[str, str]] = []
        self.refused = set(refused)

    def ping(self, hub: str, topic: str) -> None:
        """Be told, or say no."""
        if topic in self.refused:
            raise OutsideError(f"{hub}: answered 503")
        self.pings.append((hub, topic.removeprefix(f"{URL}/")))


def test_a_hub_is_told_of_each_feed_once(told: AnnouncementRows, public: Path) -> None:
    """Every feed that names the hub is a topic, those of the archive are not; then all is quiet."""
    hubs = Hubs()

    for _ in range(2):
        announce(SITE, public, FILES, hubs.ping, told)

    assert hubs.pings == [(HUB, feed) for feed in FEEDS]


def test_only_what_changed_is_told(told: AnnouncementRows, public: Path) -> None:
    """A feed with other bytes is told of, once, and again when it has its first bytes back."""
    hubs = Hubs()
    announce(SITE, public, FILES, hubs.ping, told)
    hubs.pings.clear()

    for text in ("new", "new", "feed.xml"):
        (public / "feed.xml").write_text(text, encoding="utf-8")
        (public / "index.html").write_text(text, encoding="utf-8")
        announce(SITE, public, FILES, hubs.ping, told)

    assert hubs.pings == [(HUB, "feed.xml")] * 2


def test_a_hub_that_said_no_is_asked_again(told: AnnouncementRows, public: Path) -> None:
    """A failure is one line to show; the next publish tells what is left, and other hubs get on."""
    hubs = Hubs(f"{URL}/atom.xml")
    site = replace(SITE, announce=(Channel("websub", HUB), Channel("websub", OTHER)))

    failures = announce(site, public, FILES, hubs.ping, told)
    first = hubs.pings.copy()
    hubs.refused.clear()
    hubs.pings.clear()
    announce(site, public, FILES, hubs.ping, told)

    assert failures == (f"{HUB}: answered 503", f"{OTHER}: answered 503")
    assert first == [(hub, FEEDS[0]) for hub in (HUB, OTHER)]
    assert hubs.pings == [(hub, feed) for hub in (HUB, OTHER) for feed in FEEDS[1:]]


def test_two_that_publish_at_once(told: AnnouncementRows, public: Path) -> None:
    """Of two processes that both see a change, one tells of it."""
    hubs = Hubs()

    class Late(AnnouncementRows):
        """One that looked before the other had told."""

        def heard(self, channel: str) -> dict[str, str]:
            assert channel == HUB
            return {}

    announce(SITE, public, FILES, hubs.ping, told)
    announce(SITE, public, FILES, hubs.ping, Late(told.database, NOW))

    assert len(hubs.pings) == len(FEEDS)


def test_nobody_to_tell_and_nothing_to_tell(told: AnnouncementRows, public: Path) -> None:
    """An empty `announce:` is quiet, and so is a feed that is not there."""
    hubs = Hubs()

    announce(replace(SITE, announce=()), public, FILES, hubs.ping, told)
    announce(SITE, public / "elsewhere", FILES, hubs.ping, told)

    assert hubs.pings == []
