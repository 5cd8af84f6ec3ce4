"""A newsroom's announcements, with a clock that is moved by hand and services in this process."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import httpx
from sqlalchemy import Engine

from newsroom.database.announcements import Announcement, AnnouncementRows
from newsroom.jobs.site.announce import announce, announce_now
from newsroom.jobs.site.announce_attempt import Office, Round
from newsroom.outside.channels.channel import Channel
from newsroom.outside.channels.item import Item
from newsroom.outside.channels.slack import Slack
from newsroom.outside.over_http.api import Api
from newsroom.outside.over_http.client import open_client
from tests.outside.channels.items import ITEM
from tests.outside.channels.services import NOW, Service
from tests.outside.channels.services import Slack as SlackService

SLACK = Slack("slack:kansli", "https://hooks.slack.example/services/right")


def item(name: str, title: str = "") -> Item:
    """A piece of news."""
    return replace(ITEM, id=f"urn:x:{name}", title=title or name.capitalize())


@dataclass
class News:
    """What may be announced: by hand."""

    items: list[Item] = field(default_factory=list)
    old: list[Item] = field(default_factory=list)  # readers see them, but they are no news
    told: list[Item] = field(default_factory=list)  # events that a post is about
    looks: int = 0

    def fresh(self) -> Sequence[Item]:
        """What is news."""
        self.looks += 1
        return tuple(self.items)

    def names(self) -> Sequence[tuple[str, str]]:
        """All that readers can see."""
        return [(one.id, one.title) for one in (*self.items, *self.old, *self.told)]

    def told_by_posts(self) -> Sequence[tuple[str, str]]:
        """The events that a post is about."""
        return [(one.id, one.title) for one in self.told]

    def of_ids(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """Those that readers can see."""
        wanted = set(ids)
        return {one.id: one for one in (*self.items, *self.old) if one.id in wanted}


@dataclass
class Bureau:
    """One newsroom and one channel: what happens when it announces, round after round."""

    database: Engine
    channel: Channel = SLACK
    service: Service = field(default_factory=SlackService)
    news: News = field(default_factory=News)
    now: datetime = NOW
    live: bool = True

    def __post_init__(self) -> None:
        self.service.clock = lambda: self.now

    @property
    def office(self) -> Office:
        """What it announces with."""
        client = open_client("https://nyheter.example.se", httpx.MockTransport(self.service))
        rows = AnnouncementRows(self.database)
        return Office(rows, Api(client), lambda: self.now, lambda _url: self.live)

    def go(self, minutes: float = 0) -> Round:
        """One round, so long after the last."""
        self.now += timedelta(minutes=minutes)
        return announce([self.channel], lambda: self.news, self.office)

    def now_on(self, one: Item) -> Round:
        """Announce one item because somebody asks."""
        known = [name for name in self.news.names() if name[0] != one.id]
        return announce_now(one, self.channel, known, self.office)

    def open(self) -> "Bureau":
        """The same with a channel that it knows, and from then on these."""
        self.go()
        return self

    def row(self, one: Item) -> Announcement:
        """What is on record of an item."""
        rows = AnnouncementRows(self.database).of(self.channel.name)
        assert rows is not None
        return rows[one.id]

    def titles(self) -> list[str]:
        """The titles that were posted, in order."""
        return [message["blocks"][0]["text"]["text"] for message in self.service.posted]
