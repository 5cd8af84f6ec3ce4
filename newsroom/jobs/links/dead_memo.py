"""What the coordinator is told of links that are newly dead: one short mail for a round."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from newsroom.jobs.links.gather import Place
from newsroom.jobs.links.known_problems import copy_of, since_words
from newsroom.jobs.memos import leave_memo
from newsroom.model.link import KnownLink
from newsroom.model.memo import Memo
from newsroom.model.saying import Saying, say

_KIND = "links"
_MOST = 10  # lines; a site that moved may take hundreds with it
_COMMAND = "newsroom links"


def leave_dead_memo(  # noqa: PLR0913, PLR0917 (what is told, and how)
    connection: Connection,
    dead: Sequence[KnownLink],
    places: Mapping[str, tuple[Place, ...]],
    zone: ZoneInfo,
    lang: str,
    now: datetime,
) -> None:
    """Have the coordinator told of these, in the transaction that remembers it."""
    points = tuple(_points(dead, places, zone))
    number = len(dead)
    shown = points[:_MOST]
    if len(points) > _MOST:
        shown += (say("and {number} more places", number=len(points) - _MOST),)
    subject = (
        say("A link leads nowhere")
        if number == 1
        else say("{number} links lead nowhere", number=number)
    )
    memo = Memo(
        kind=_KIND,
        occasion=f"{now:%Y-%m-%dT%H:%M:%S.%f}",
        subject=subject,
        sentences=(
            say("They were asked for on two days, and other sites say that there is no such page."),
            say("Readers are not harmed by it; mend them when you have the time."),
        ),
        heading=say("Where they stand"),
        points=shown,
        command=_COMMAND,
    )
    leave_memo(connection, memo, lang, now)


def _points(
    dead: Sequence[KnownLink], places: Mapping[str, tuple[Place, ...]], zone: ZoneInfo
) -> Iterator[Saying]:
    for link in dead:
        for place in places[link.url]:
            yield _point(link, place, zone)


def _point(link: KnownLink, place: Place, zone: ZoneInfo) -> Saying:
    where = f"{place.source}:{place.line}" if place.line else str(place.source)
    told = {"where": where, "url": link.url, "why": link.why, "when": since_words(link, zone)}
    copy = copy_of(link, place, zone)
    if copy is None:
        return say("{where}: {url} – {why} ({when})", **told)
    return say("{where}: {url} – {why} ({when}). Archived copy: {copy}", **told, copy=copy)
