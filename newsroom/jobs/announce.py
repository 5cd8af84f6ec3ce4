"""Tell the channels in site.yaml that the feed has something new, once for each state of it."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from newsroom.database.announcements import claim_announcement, release_announcement
from newsroom.database.connection import transaction
from newsroom.errors import OutsideError
from newsroom.model import Addresses, Post, Site

log = logging.getLogger(__name__)

Ping = Callable[[str, str], None]  # (hub, topic); raises OutsideError


def announce(
    site: Site, newest: Post | None, ping: Ping, database: Engine, now: datetime
) -> tuple[str, ...]:
    """Ping each WebSub hub for the feeds when `newest` has not been told there yet.

    Gives a line for each hub that could not be told: it is tried again at the next publish and
    never stops a build.
    """
    if newest is None:
        return ()
    hubs = [channel.target for channel in site.announce if channel.kind == "websub"]
    failures = [_tell(site, newest, hub, ping, database, now) for hub in hubs]
    return tuple(line for line in failures if line)


def _tell(
    site: Site, newest: Post, hub: str, ping: Ping, database: Engine, now: datetime
) -> str | None:
    with transaction(database) as connection:
        if not claim_announcement(connection, newest.id, hub, now):
            return None
    try:
        for feed in ("feed.xml", "atom.xml", "feed.json"):
            ping(hub, Addresses(site).url(feed))
    except OutsideError as error:
        with transaction(database) as connection:
            release_announcement(connection, newest.id, hub)
        log.warning("not announced: %s", error)
        return str(error)
    return None
