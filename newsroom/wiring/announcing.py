"""Announces what is new on the site: on its channels, and to the WebSub hubs of its feeds."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import TYPE_CHECKING

from newsroom.errors import OutsideError
from newsroom.model import ChannelKind, DeployKind
from newsroom.wiring.channels import channels_of
from newsroom.wiring.site_folder import public_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newsroom.database.announcements import AnnouncementRows
    from newsroom.jobs.site.announce_attempt import Office, Round
    from newsroom.jobs.site.announce_items import Items
    from newsroom.output.manifest import Manifest
    from newsroom.outside.channels.channel import Channel
    from newsroom.wiring.desk import Desk


def announce(desk: Desk) -> Round:
    """Announce what is new on the site, and have the coordinator told of what is wrong.

    Without channels neither database nor network is asked.
    """
    from newsroom.jobs.site.announce_attempt import Round

    if not desk.site.announce:
        return Round()
    channels, made = channels_of(desk), made_of(desk)
    if _is_looked_through(desk, made) and not _rows(desk).has_open():
        return Round()  # as after nearly every build: no HTTP client need be made ready
    with at_office(desk) as office:
        done = _round(desk, channels, made, office)
        tell_of_trouble(desk, office)
    if not done.is_unfinished:
        _look_through(desk, made)
    return done


def items_of(desk: Desk, made: Manifest) -> Items:
    """What may be announced of the newsroom as it is now, as far as its pages are on the site."""
    from newsroom.jobs.site.announce_items import Items
    from newsroom.wiring.desk import usable

    reading = desk.read()
    return Items(usable(reading), desk.clock(), made.files, reading.rendered)


def made_of(desk: Desk) -> Manifest:
    """What the last build made."""
    from newsroom.output.manifest import Manifest

    return Manifest(desk.settings.var / "builds" / "site.db")


def _rows(desk: Desk) -> AnnouncementRows:
    """What is on record of announcements."""
    from newsroom.database.announcements import AnnouncementRows

    return AnnouncementRows(desk.database)


@contextmanager
def at_office(desk: Desk) -> Iterator[Office]:
    """What announcements are made with, while it is needed."""
    from newsroom.jobs.site.announce_attempt import Office
    from newsroom.outside.over_http.api import Api
    from newsroom.outside.over_http.client import open_client, status_of

    with open_client(desk.site.url) as client:
        yield Office(
            _rows(desk),
            Api(client),
            desk.shared_clock,
            _is_live(desk, partial(status_of, client)),
        )


def tell_of_trouble(desk: Desk, office: Office) -> None:
    """Have the coordinator told of each channel on which something is wrong, once."""
    from itertools import groupby

    from newsroom.database.announcements import TROUBLED
    from newsroom.jobs.site.announce_words import trouble
    from newsroom.wiring.memos import leave_memo

    rows = sorted(office.rows.all(TROUBLED), key=lambda row: row.channel)
    for _, of_channel in groupby(rows, key=lambda row: row.channel):
        if memo := trouble(tuple(of_channel)):
            leave_memo(desk, memo)


def _round(desk: Desk, channels: tuple[Channel, ...], made: Manifest, office: Office) -> Round:
    from newsroom.jobs.site.announce import announce as announce_items
    from newsroom.jobs.site.announce_hubs import announce_to_hubs, versions
    from newsroom.outside.channels.websub import ping

    hubs = [one for one in desk.site.announce if one.kind is ChannelKind.WEBSUB]
    feeds = cache(lambda: versions(public_folder(desk), made.files))
    told = announce_to_hubs(desk.site, hubs, feeds, partial(ping, api=office.api), office)
    return told.with_(announce_items(channels, cache(partial(items_of, desk, made)), office))


def _is_live(desk: Desk, status_of: Callable[[str], int]) -> Callable[[str], bool]:
    """Whether a page answers, where a deploy that went well does not yet say so.

    What was pushed to a branch is fetched from there by somebody else, who takes a minute. A page
    that is announced before it is there is shown without its picture and title for days.
    """

    def answers(url: str) -> bool:
        with suppress(OutsideError):
            return 200 <= status_of(url) < 300  # noqa: PLR2004 (RFC 9110 section 15.3)
        return False

    if desk.site.deploy.kind is DeployKind.GIT:
        return answers
    return lambda _url: True


def _is_looked_through(desk: Desk, made: Manifest) -> bool:
    """Whether all that this build made has been announced where it is to be."""
    try:
        return bool(made.build) and _mark(desk).read_text(encoding="utf-8") == _seal(desk, made)
    except (OSError, ValueError):
        return False


def _look_through(desk: Desk, made: Manifest) -> None:
    from newsroom.whole_file import write

    with suppress(OSError):  # else it is looked through once more
        write(_mark(desk), _seal(desk, made).encode(), lasting=False)


def _seal(desk: Desk, made: Manifest) -> str:
    return "\n".join([made.build, *(channel.name for channel in desk.site.announce)])


def _mark(desk: Desk) -> Path:
    return desk.settings.var / "builds" / "announced"
