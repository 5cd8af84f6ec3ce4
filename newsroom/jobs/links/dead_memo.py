"""What the coordinator is told of links that are newly dead: one short mail for a round."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from newsroom.jobs.links.gather import LinkPlace
from newsroom.jobs.links.known_problems import copy_of, since_words
from newsroom.jobs.outbox.memos import leave_memo
from newsroom.model.link import KnownLink
from newsroom.model.memo import Memo
from newsroom.model.saying import Saying, say

_KIND = "links"
_MOST = 10  # lines; a site that moved may take hundreds with it
_COMMAND = "newsroom links"


def leave_dead_memo(  # noqa: PLR0913, PLR0917 (what is told, and how)
    connection: Connection,
    dead: Sequence[KnownLink],
    places: Mapping[str, tuple[LinkPlace, ...]],
    zone: ZoneInfo,
    lang: str,
    now: datetime,
) -> None:
    """Have the coordinator told of these, in the transaction that remembers it."""
    points = tuple(_points(dead, places, zone))
    shown = points[:_MOST]
    if len(points) > _MOST:
        shown += (say("and {number} more places", number=len(points) - _MOST),)
    subject, sentences, heading = _of_one() if len(dead) == 1 else _of_many(len(dead))
    memo = Memo(
        kind=_KIND,
        occasion=f"{now:%Y-%m-%dT%H:%M:%S.%f}",
        subject=subject,
        sentences=sentences,
        heading=heading,
        points=shown,
        command=_COMMAND,
    )
    leave_memo(connection, memo, lang, now)


def _of_one() -> tuple[Saying, tuple[Saying, ...], Saying]:
    return (
        say("A link leads nowhere"),
        (
            say("It was asked for on two days, and there is no such page any more."),
            say("There is no hurry. Mend it when you have the time."),
        ),
        say("Where it stands"),
    )


def _of_many(number: int) -> tuple[Saying, tuple[Saying, ...], Saying]:
    return (
        say("{number} links lead nowhere", number=number),
        (
            say("They were asked for on two days, and there are no such pages any more."),
            say("There is no hurry. Mend them when you have the time."),
        ),
        say("Where they stand"),
    )


def _points(
    dead: Sequence[KnownLink], places: Mapping[str, tuple[LinkPlace, ...]], zone: ZoneInfo
) -> Iterator[Saying]:
    for link in dead:
        for place in places[link.url]:
            yield _point(link, place, zone)


def _point(link: KnownLink, place: LinkPlace, zone: ZoneInfo) -> Saying:
    where = f"{place.source}:{place.line}" if place.line else str(place.source)
    told = {"where": where, "url": link.url, "why": link.why, "when": since_words(link, zone)}
    copy = copy_of(link, place, zone)
    if copy is None:
        return say("{where}: {url} – {why} ({when})", **told)
    return say("{where}: {url} – {why} ({when}). Archived copy: {copy}", **told, copy=copy)
