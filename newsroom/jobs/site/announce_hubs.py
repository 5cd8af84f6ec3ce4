"""Tell the WebSub hubs which feeds have changed, so that nobody has to ask again and again.

A hub keeps what it has been told of until a feed's bytes are others: by this it is told once of
each change, also of one that an earlier build made, or that it could not be told of then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from newsroom.database.announcements import Announcement, AnnouncementState
from newsroom.jobs.site.announce_attempt import (
    Office,
    Round,
    Rows,
    attempt,
    looked_after,
    rest_of,
)
from newsroom.model import Addresses, NamedChannel, Site
from newsroom.model.feed_format import FORMATS
from newsroom.outside.channels.channel import ChannelAnswer, ChannelVerdict

_FEEDS = frozenset(one.path for one in FORMATS)  # of everything, a topic or a member
_REPEATABLE = timedelta(days=36500)  # a hub that is told twice fetches twice, and finds the same

Ping = Callable[[str, str], ChannelAnswer]  # (hub, topic)


def announce_to_hubs(
    site: Site,
    hubs: Iterable[NamedChannel],
    feeds: Callable[[], Mapping[str, str]],
    ping: Ping,
    office: Office,
) -> Round:
    """Ping each hub for every feed that is not as the hub was told last.

    `feeds` gives the version of each, by its path. A hub that says no is asked again, for a day.
    """
    done = Round()
    for hub in hubs:
        rows = office.rows.of(hub.name)
        if rows is None:
            office.rows.begin(hub.name, (), office.clock())
            rows = office.rows.of(hub.name) or {}
        rows = looked_after(office, rows, _REPEATABLE, done)
        if rest_of(rows.values(), office.clock()):
            done.is_unfinished = True
            continue

        def tell(path: str, hub: NamedChannel = hub) -> ChannelAnswer:
            return ping(hub.target, Addresses(site).url(path))

        for row in _told(hub, rows, feeds(), tell, office):
            done.is_unfinished |= row.state is not AnnouncementState.DONE
            done.add(row)
    return done


def versions(public: Path, paths: Iterable[str]) -> dict[str, str]:
    """Each feed below `public` that is there, with a digest of its bytes.

    `paths` are the files of the site. Documents of the archive are no topics: they have no hub.
    """
    feeds = sorted(path for path in paths if path.rpartition("/")[2] in _FEEDS)
    return {
        path: sha256((public / path).read_bytes()).hexdigest()
        for path in feeds
        if (public / path).is_file()
    }


def _told(
    hub: NamedChannel,
    rows: Rows,
    feeds: Mapping[str, str],
    tell: Callable[[str], ChannelAnswer],
    office: Office,
) -> Iterator[Announcement]:
    """Tell a hub of what is new to it, up to the first ping that fails."""
    for path, version in feeds.items():
        seen = rows.get(path)
        if seen and (seen.state is AnnouncementState.CLAIMED or _is_settled(seen, version)):
            continue
        wanted = Announcement(
            item=path,
            channel=hub.name,
            state=AnnouncementState.WAITING,
            version=version,
            at=office.clock(),
        )

        def go(_: Announcement, path: str = path) -> ChannelAnswer:
            return _harmless(tell(path))

        came = attempt(office, seen, wanted, go, _REPEATABLE)
        if came is None:
            continue
        row, everybody = came
        yield row
        if everybody:
            return


def _harmless(result: ChannelAnswer) -> ChannelAnswer:
    """What came of a ping, where a repetition does no harm: whatever was no yes is asked again.

    That goes for a no as well: a hub that is being moved says 404 for an hour.
    """
    was_heard = result.verdict is ChannelVerdict.DONE
    return result if was_heard else replace(result, verdict=ChannelVerdict.LATER)


def _is_settled(seen: Announcement, version: str) -> bool:
    return seen.version == version and seen.state is not AnnouncementState.WAITING
