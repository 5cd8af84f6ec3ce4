"""Tell the hubs in site.yaml which feeds have changed, so that nobody has to ask again and again.

A hub keeps what it has been told of until a feed's bytes are others: by this it is told once of
each change, also of one that an earlier build made, or that it could not be told of then.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from newsroom.errors import OutsideError
from newsroom.model import Addresses, Site
from newsroom.model.feed_format import FORMATS
from newsroom.model.saying import say

log = logging.getLogger(__name__)

_FEEDS = frozenset(one.path for one in FORMATS)  # of everything, a topic or a member

Ping = Callable[[str, str], None]  # (hub, topic); raises OutsideError


class Announcements(Protocol):
    """What has been told where."""

    def heard(self, channel: str) -> Mapping[str, str]:
        """The version of each item that `channel` was told of last."""

    def claim(self, item: str, channel: str, version: str) -> bool:
        """Whether the caller is the one to tell of this version on `channel`: true once."""

    def release(self, item: str, channel: str) -> None:
        """Give a claim back after the channel said no."""


def announce(
    site: Site, public: Path, paths: Iterable[str], ping: Ping, told: Announcements
) -> tuple[str, ...]:
    """Ping each WebSub hub for every feed below `public` that is not as the hub was told last.

    `paths` are the files of the site. Documents of the archive are no topics: they have no hub.
    Gives a line for each hub that could not be told; it is tried again at the next publish and
    never stops a build.
    """
    hubs = [channel.target for channel in site.announce if channel.kind == "websub"]
    if not hubs:
        return ()
    versions = dict(_versions(public, paths))
    failures = [_tell(site, versions, hub, ping, told) for hub in hubs]
    return tuple(line for line in failures if line)


def _versions(public: Path, paths: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Each feed that is there, with a digest of its bytes."""
    for path in sorted(path for path in paths if path.rpartition("/")[2] in _FEEDS):
        if (public / path).is_file():
            yield path, sha256((public / path).read_bytes()).hexdigest()


def _tell(
    site: Site, versions: Mapping[str, str], hub: str, ping: Ping, told: Announcements
) -> str | None:
    """Tell a hub of what is new to it, up to the first ping that fails."""
    heard = told.heard(hub)
    for path, version in versions.items():
        if heard.get(path) == version or not told.claim(path, hub, version):
            continue
        try:
            ping(hub, Addresses(site).url(path))
        except OutsideError as error:
            told.release(path, hub)
            log.warning(say("not announced: {fault}", fault=error.sentence))
            return error.sentence
    return None
