"""A hub is told of each feed that has changed, once, and asked again after it said no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newsroom.database.announcements import AnnouncementRows, AnnouncementState
from newsroom.jobs.site.announce_attempt import Office, Round
from newsroom.jobs.site.announce_hubs import announce_to_hubs, versions
from newsroom.model import ChannelKind, NamedChannel
from newsroom.model.answer import ApiAnswer
from newsroom.outside.channels.channel import ChannelAnswer, ChannelVerdict
from tests.outside.channels.services import NOW
from tests.render.pieces import make_site

HUB, OTHER = (
    NamedChannel(ChannelKind.WEBSUB, f"https://{name}.example.se/") for name in ("hub", "annan")
)
SITE = make_site(url="https://nyheter.example.se")
FEEDS = ("amnen/halsa/feed.xml", "atom.xml", "feed.json", "feed.xml")
FILES = (*FEEDS, "index.html", "archive/2026-04.xml", "archive/2026-04.json", "calendar.ics")
NO = ChannelAnswer(ChannelVerdict.DOUBT, "it answered 503", everybody=True)
GONE = ChannelAnswer(ChannelVerdict.REFUSED, "it answered 404", everybody=True)


@dataclass
class Bureau:
    """A built site and its hubs."""

    public: Path
    database: Engine
    hubs: tuple[NamedChannel, ...] = (HUB,)
    refused: set[str] = field(default_factory=set)  # feeds that hubs say no to
    no: ChannelAnswer = NO  # and how
    pings: list[tuple[str, str]] = field(default_factory=list)
    now: datetime = NOW

    def go(self, minutes: float = 0) -> Round:
        """One round, so long after the last."""
        self.now += timedelta(minutes=minutes)
        office = Office(AnnouncementRows(self.database), _NoApi(), lambda: self.now)
        feeds = versions(self.public, FILES)
        return announce_to_hubs(SITE, self.hubs, lambda: feeds, self._ping, office)

    def write(self, name: str, text: str) -> None:
        """Change a file of the site."""
        path = self.public / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _ping(self, hub: str, topic: str) -> ChannelAnswer:
        feed = topic.removeprefix(f"{SITE.url}/")
        if feed in self.refused:
            return self.no
        self.pings.append((hub, feed))
        return ChannelAnswer(ChannelVerdict.DONE)


class _NoApi:
    """Nobody is to be asked but through the ping."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> ApiAnswer:
        """Never."""
        raise AssertionError(url, headers, body)


@pytest.fixture
def bureau(tmp_path: Path, either_database: Engine) -> Bureau:
    """A site whose hub has heard nothing yet."""
    made = Bureau(tmp_path / "public", either_database)
    for name in FILES:
        made.write(name, name)
    return made


def test_a_hub_is_told_of_each_feed_once(bureau: Bureau) -> None:
    """Every feed that names the hub is a topic, those of the archive are not; then all is quiet."""
    for _ in range(2):
        bureau.go(5)

    assert bureau.pings == [(HUB.target, feed) for feed in FEEDS]


def test_only_what_changed_is_told(bureau: Bureau) -> None:
    """A feed with other bytes is told of, once, and again when it has its first bytes back."""
    bureau.go()
    bureau.pings.clear()

    for text in ("new", "new", "feed.xml"):
        bureau.write("feed.xml", text)
        bureau.write("index.html", text)
        bureau.go(5)

    assert bureau.pings == [(HUB.target, "feed.xml")] * 2


@pytest.mark.parametrize("no", [NO, GONE])
def test_a_hub_that_said_no_is_asked_again(bureau: Bureau, no: ChannelAnswer) -> None:
    """Not before its time; then it hears what is left, and meanwhile other hubs get on."""
    bureau.hubs, bureau.no = (HUB, OTHER), no
    bureau.refused = {"atom.xml"}

    first = bureau.go()
    told = bureau.pings.copy()
    bureau.refused.clear()
    bureau.go(0.5)
    too_soon = bureau.pings.copy()
    bureau.go(1)

    assert [row.channel for row in first.waiting] == [HUB.name, OTHER.name]
    assert told == too_soon == [(hub.target, FEEDS[0]) for hub in (HUB, OTHER)]
    left = [(hub.target, feed) for hub in (HUB, OTHER) for feed in FEEDS[1:]]
    assert bureau.pings[2:] == left


def test_a_change_while_a_hub_is_away_is_told_once(bureau: Bureau) -> None:
    """What changed twice before it could be told is told as it is then."""
    bureau.go()
    bureau.pings.clear()
    bureau.refused = {"feed.xml"}

    for text in ("one", "two", "three"):
        bureau.write("feed.xml", text)
        bureau.go(1)
    bureau.refused.clear()
    for _ in range(3):
        bureau.go(30)

    assert bureau.pings == [(HUB.target, "feed.xml")]


@pytest.mark.parametrize("no", [NO, GONE])
def test_a_hub_that_is_gone_is_given_up_until_there_is_news(
    bureau: Bureau, no: ChannelAnswer
) -> None:
    """After a day nobody asks any more; the next change is told all the same."""
    bureau.no = no
    bureau.go()
    bureau.pings.clear()
    bureau.refused = {"feed.xml"}
    bureau.write("feed.xml", "one")

    rounds = [bureau.go(30) for _ in range(2 * 36)]
    given_up = [row for one in rounds for row in one.troubled]
    bureau.refused.clear()
    bureau.go(120)
    quiet = bureau.pings.copy()
    bureau.write("feed.xml", "two")
    bureau.go(5)

    assert [row.state for row in given_up] == [AnnouncementState.FAILED]
    assert quiet == []
    assert bureau.pings == [(HUB.target, "feed.xml")]


def test_feeds_that_are_not_there(bureau: Bureau, tmp_path: Path) -> None:
    """A feed that no file is of is no topic, and without hubs nobody is asked."""
    assert versions(tmp_path / "elsewhere", FILES) == {}
    assert sorted(versions(bureau.public, FILES)) == sorted(FEEDS)

    bureau.hubs = ()
    bureau.go()

    assert bureau.pings == []
