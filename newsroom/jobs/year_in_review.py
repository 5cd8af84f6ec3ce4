"""What a year was: counted from the content folder, the log of consents and the ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, func, select

from newsroom.database import reading
from newsroom.database.link_rounds import last_round
from newsroom.database.links import dead_links
from newsroom.database.tables import bounce, issue
from newsroom.delivery.ledger.counts import counts
from newsroom.jobs.readers.readership import readership
from newsroom.model import Card, Kind, Member, Newsroom
from newsroom.model.event import EventStatus
from newsroom.model.filing import all_cards
from newsroom.model.readership import Month
from newsroom.model.year_in_review import Members, Readers, SentIssue, YearInReview

_MONTHS = range(1, 13)


def year_in_review(newsroom: Newsroom, engine: Engine, year: int, now: datetime) -> YearInReview:
    """Count a year, as far as it has come at `now`. Its days are those of the site's zone.

    What was published counts although it may have expired since; drafts and what is to come do not.
    """
    zone = newsroom.site.timezone
    begins, ends = (datetime(each, 1, 1, tzinfo=zone) for each in (year, year + 1))
    cards = [card for card in all_cards(newsroom) if card.month // 100 == year and not card.draft]
    posts = [c for c in cards if c.kind == Kind.NEWS and c.since <= now.timestamp()]
    held = (event for event in newsroom.events if not event.draft)
    events = [event for event in held if event.start.astimezone(zone).year == year]
    months = readership(engine, zone, now).months
    with reading(engine) as connection:
        return YearInReview(
            year=year,
            posts=_by_month(card.month % 100 for card in posts),
            categories=_by_category(posts, newsroom),
            events=_by_month(event.start.astimezone(zone).month for event in events),
            cancelled=sum(event.status is EventStatus.CANCELLED for event in events),
            publications=sum(
                c.kind == Kind.PUBLICATION and c.since <= now.timestamp() for c in cards
            ),
            issues=tuple(_issues(connection, begins, ends, now)),
            readers=_readers(months, year),
            returned=_returned(connection, begins, ends),
            members=_members(newsroom.members, year, now.astimezone(zone).date()),
            dead_links=_dead_links(connection, now),
        )


def _by_month(months: Iterable[int]) -> tuple[int, ...]:
    counted = Counter(months)
    return tuple(counted[month] for month in _MONTHS)


def _by_category(posts: Iterable[Card], newsroom: Newsroom) -> dict[str, int]:
    counted = Counter(card.category for card in posts if card.category)
    names = {key: newsroom.site.category_word(key) for key in counted}
    return {names[key]: n for key, n in sorted(counted.items(), key=lambda x: (-x[1], x[0]))}


def _issues(
    connection: Connection, begins: datetime, ends: datetime, now: datetime
) -> Iterable[SentIssue]:
    rows = connection.execute(
        select(issue.c.name, issue.c.released)
        .where(issue.c.released >= begins, issue.c.released < ends)
        .order_by(issue.c.released, issue.c.name)
    )
    for name, released in rows:
        one = counts(connection, name, now)
        yield SentIssue(
            name,
            released.astimezone(begins.tzinfo).date(),
            one.frozen,
            one.accepted,
            one.refused,
            one.excluded,
            one.unknown,
            one.bounced,
        )


def _readers(months: Sequence[Month], year: int) -> Readers:
    of_year = [month for month in months if month.first.year == year]
    before = [month.active for month in months if month.first.year < year]
    start = before[-1] if before else 0
    return Readers(
        before=start,
        joined=sum(month.joined for month in of_year),
        left=sum(month.left for month in of_year),
        kept_out=sum(month.kept_out for month in of_year),
        after=of_year[-1].active if of_year else start,
    )


def _returned(connection: Connection, begins: datetime, ends: datetime) -> dict[str, int]:
    within = bounce.c.at >= begins.astimezone(UTC), bounce.c.at < ends.astimezone(UTC)
    rows = connection.execute(
        select(bounce.c.kind, func.count().label("many"))
        .where(*within, bounce.c.undone.is_(None))
        .group_by(bounce.c.kind)
        .order_by(bounce.c.kind)
    )
    return {row.kind: int(row.many) for row in rows}


def _members(members: Sequence[Member], year: int, today: date) -> Members:
    last = min(date(year, 12, 31), today)
    return Members(
        joined=sum(one.joined is not None and one.joined.year == year for one in members),
        left=sum(one.left is not None and one.left.year == year for one in members),
        after=sum(
            (one.joined is None or one.joined <= last) and (one.left is None or one.left > last)
            for one in members
            if not one.draft
        ),
    )


def _dead_links(connection: Connection, now: datetime) -> int | None:
    found = last_round(connection)
    return None if found is None else len(dead_links(connection, now))
