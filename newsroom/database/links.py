"""Links to other sites on record: when each was last asked for and good, since when it is not."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from newsroom.database.tables import link
from newsroom.model.link import KnownLink, Lead, LinkAnswer, LinkState

_CHUNK = 400  # rows asked about in one statement
_KEPT = timedelta(days=400)  # what no text links to any more; a text may come back
_IS_THERE = {Lead.GOOD, Lead.MOVED}
_IS_GONE = {Lead.GONE, Lead.DISTRUSTED}


def note_seen(connection: Connection, urls: Iterable[str], at: datetime) -> None:
    """Write down that these links stand in the texts, and let go of what none has had for long."""
    for some in _chunks({_url_digest(url): url for url in urls}):
        digests = list(some)
        known = select(link.c.digest).where(link.c.digest.in_(digests))
        there = set(connection.scalars(known))
        connection.execute(update(link).where(link.c.digest.in_(digests)).values(seen=at))
        new = [
            {"digest": digest, "url": url, "first_seen": at, "seen": at}
            for digest, url in some.items()
            if digest not in there
        ]
        if new:
            connection.execute(insert(link), new)
    connection.execute(delete(link).where(link.c.seen < at - _KEPT))


def to_ask(connection: Connection, seen: datetime, not_since: datetime) -> tuple[str, ...]:
    """The links of a round that nobody has asked for since then, those that wait longest first."""
    waiting = link.c.asked.is_(None) | (link.c.asked < not_since)
    order = (link.c.asked.is_not(None), link.c.asked, link.c.digest)
    found = select(link.c.url).where(link.c.seen == seen, waiting).order_by(*order)
    return tuple(connection.scalars(found))


def keep_answer(
    connection: Connection, url: str, answer: LinkAnswer, now: datetime, zone: ZoneInfo
) -> None:
    """Write down what a link gave. Days are those of the site's own clock."""
    row = connection.execute(_facts().where(link.c.digest == _url_digest(url))).first()
    if row is None:
        return
    before = _known(row)
    facts: dict[str, Any] = {
        "asked": now,
        "lead": answer.lead,
        "why": answer.why or None,
        "moved_to": answer.moved_to,
    }
    if answer.lead in _IS_THERE:
        facts |= {"last_good": now, "bad_since": None, "bad_days": 0, "told": None}
    elif answer.lead in _IS_GONE:
        facts |= {"bad_since": before.bad_since or now, "bad_days": _days_gone(before, now, zone)}
    elif answer.lead is Lead.SILENT:
        facts |= {"bad_since": before.bad_since or now}
    else:  # nobody can say; what was counted before no longer stands in a row
        facts |= {"bad_since": None, "bad_days": 0}
    connection.execute(update(link).where(link.c.digest == _url_digest(url)).values(facts))


def known_links(connection: Connection, urls: Iterable[str]) -> Mapping[str, KnownLink]:
    """What is known of these links, by their addresses."""
    found: dict[str, KnownLink] = {}
    for some in _chunks({_url_digest(url): url for url in urls}):
        rows = connection.execute(_facts().where(link.c.digest.in_(list(some))))
        found |= {row.url: _known(row) for row in rows}
    return found


def dead_links(connection: Connection, now: datetime) -> tuple[KnownLink, ...]:
    """The links of the last round that are dead, in the order of their addresses."""
    gone = link.c.seen == select(func.max(link.c.seen)).scalar_subquery()
    rows = connection.execute(_facts().where(gone, link.c.lead.in_(_IS_GONE)).order_by(link.c.url))
    return tuple(one for one in map(_known, rows) if one.state(now) is LinkState.DEAD)


def well_links(connection: Connection, most: int) -> tuple[str, ...]:
    """Links that were good when they were last asked for, the latest first."""
    order = (link.c.last_good.desc(), link.c.digest)
    found = select(link.c.url).where(link.c.lead.in_(_IS_THERE)).order_by(*order).limit(most)
    return tuple(connection.scalars(found))


def doubted_links(connection: Connection, not_since: datetime) -> tuple[str, ...]:
    """The links of the last round that were gone at one look, not asked for after then."""
    newest = link.c.seen == select(func.max(link.c.seen)).scalar_subquery()
    once = (link.c.lead.in_(_IS_GONE), link.c.bad_days == 1, link.c.asked <= not_since)
    return tuple(connection.scalars(select(link.c.url).where(newest, *once).order_by(link.c.url)))


def first_doubt(connection: Connection) -> datetime | None:
    """When the first of the links that were gone at one look was asked for."""
    newest = link.c.seen == select(func.max(link.c.seen)).scalar_subquery()
    once = (link.c.lead.in_(_IS_GONE), link.c.bad_days == 1)
    asked: datetime | None = connection.scalar(select(func.min(link.c.asked)).where(newest, *once))
    return asked


def mark_told(connection: Connection, urls: Iterable[str], now: datetime) -> None:
    """Remember that the coordinator hears of these."""
    for some in _chunks({_url_digest(url): url for url in urls}):
        connection.execute(update(link).where(link.c.digest.in_(list(some))).values(told=now))


def _url_digest(url: str) -> str:
    """What a link is found by: the SHA-256 of its address."""
    return hashlib.sha256(url.encode()).hexdigest()


def _days_gone(before: KnownLink, now: datetime, zone: ZoneInfo) -> int:
    """On how many days it was gone, this one counted, which may have been counted before."""
    if not before.bad_days or before.asked is None:
        return 1
    same_day = _day(before.asked, zone) == _day(now, zone)
    return before.bad_days if same_day else before.bad_days + 1


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _chunks(by_digest: Mapping[str, str]) -> Iterator[dict[str, str]]:
    waiting = iter(by_digest.items())
    while some := dict(islice(waiting, _CHUNK)):
        yield some


def _facts() -> Select[Any]:
    return select(
        link.c.url,
        link.c.first_seen,
        link.c.asked,
        link.c.lead,
        link.c.why,
        link.c.moved_to,
        link.c.last_good,
        link.c.bad_since,
        link.c.bad_days,
        link.c.told,
    )


def _known(row: Row[Any]) -> KnownLink:
    return KnownLink(
        url=row.url,
        first_seen=row.first_seen,
        asked=row.asked,
        lead=Lead(row.lead) if row.lead else None,
        why=row.why or "",
        moved_to=row.moved_to,
        last_good=row.last_good,
        bad_since=row.bad_since,
        bad_days=row.bad_days,
        told=row.told,
    )
