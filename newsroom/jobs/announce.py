"""Tell the channels in site.yaml that the feed has something new, once for each newest post."""

import logging
from collections.abc import Callable
from typing import Protocol

from newsroom.errors import OutsideError
from newsroom.model import Addresses, Post, Site

log = logging.getLogger(__name__)

FEEDS = ("feed.xml", "atom.xml", "feed.json")

Ping = Callable[[str, str], None]  # (hub, topic); raises OutsideError


class Announcements(Protocol):
    """What has been told where."""

    def claim(self, item: str, channel: str) -> bool:
        """Whether the caller is the one to tell `item` on `channel`: true once."""

    def release(self, item: str, channel: str) -> None:
        """Give a claim back after the channel said no."""


def announce(site: Site, newest: Post | None, ping: Ping, told: Announcements) -> tuple[str, ...]:
    """Ping each WebSub hub for the feeds when it has not been told of `newest` yet.

    Gives a line for each hub that could not be told: it is tried again at the next publish and
    never stops a build.
    """
    if newest is None:
        return ()
    hubs = [channel.target for channel in site.announce if channel.kind == "websub"]
    unheard = [hub for hub in hubs if told.claim(newest.id, hub)]
    failures = [_tell(site, newest, hub, ping, told) for hub in unheard]
    return tuple(line for line in failures if line)


def _tell(site: Site, newest: Post, hub: str, ping: Ping, told: Announcements) -> str | None:
    try:
        for feed in FEEDS:
            ping(hub, Addresses(site).url(feed))
    except OutsideError as error:
        told.release(newest.id, hub)
        log.warning("not announced: %s", error)
        return str(error)
    return None
