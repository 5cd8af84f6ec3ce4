"""What has come of an issue that was let go: frozen, tried, paused, done; told once for each."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, select

from newsroom.database import reading
from newsroom.database.tables import consent_event, delivery, subscriber
from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.ledger.counts import counts, last_stopped_lane
from newsroom.delivery.pace.canary import asks_for_a_go
from newsroom.delivery.pace.hours import next_opening
from newsroom.jobs.approval.ask import ReviewDesk, facts
from newsroom.jobs.approval.tell import tell, untold
from newsroom.jobs.issue.departure import Departure
from newsroom.model import Site, SubscriberState
from newsroom.model.delivery import WAITING, DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import joined
from newsroom.readers.consent import Act

REPORT_AFTER = timedelta(days=7)  # servers give up after five days at most (RFC 5321 4.5.4.1)
_EACH_TIME = {News.PAUSED, News.CANCELLED, News.DONE}  # it may come there again
_OCCASION = 64  # characters that an occasion may have


def tell_where_it_stands(desk: ReviewDesk, row: Row[Any], now: datetime) -> None:
    """Tell where an issue has come to, once for each time that it comes there."""
    with reading(desk.post.database) as connection:
        news = _news_of(connection, row, desk.post.site, now)
        if news is None:
            return
        tally = counts(connection, row.name, now)
    told = facts(desk, news, row.name, _when(news, row).isoformat())
    told = replace(told, counts=tally, readers=tally.frozen, reason=row.note or "")
    if news is News.LEAVING:
        told = replace(told, departure=_first_mail(row, desk.post.site))
    tell(desk.post, told, desk.people(now), now)


def _when(news: News, row: Row[Any]) -> datetime:
    """Which time of several some news is about."""
    if news in _EACH_TIME:
        moment: datetime = row.updated
    elif news is News.UNSURE:  # what was sent again may be in doubt again
        moment = row.begun or row.frozen_at
    else:
        moment = row.frozen_at
    return moment


def tell_of_a_lane(desk: ReviewDesk, row: Row[Any], now: datetime) -> None:
    """Tell that a mail host refuses us while an issue is being sent, once for each time."""
    if row.state != IssueState.SENDING:
        return
    with reading(desk.post.database) as connection:
        stopped = last_stopped_lane(connection, row.name)
    if stopped is None:
        return
    occasion = f"{stopped.since.isoformat()} {stopped.lane}"[:_OCCASION]
    told = facts(desk, News.LANE, row.name, occasion)
    reason = joined(": ", (stopped.lane, stopped.reason))
    tell(desk.post, replace(told, reason=reason), desk.people(now), now)


def tell_how_it_went(desk: ReviewDesk, row: Row[Any], now: datetime) -> None:
    """Tell once, a week or more after an issue was done, what came back since and who has left."""
    told = facts(desk, News.REPORTED, row.name, row.frozen_at.isoformat())
    people = untold(desk.post, told.issue, told.news, told.occasion, desk.people(now))
    if not people:
        return
    with reading(desk.post.database) as connection:
        tally = counts(connection, row.name, now)
        left = _left_since(connection, row.name, row.frozen_at)
    told = replace(told, counts=tally, since=row.updated, left=left, hears=desk.hears)
    tell(desk.post, told, people, now)


def _left_since(connection: Connection, name: str, since: datetime) -> int:
    """How many of those who got an issue have left the list since, and have not come back."""
    leaving = exists().where(
        consent_event.c.subscriber_id == delivery.c.subscriber_id,
        consent_event.c.event == Act.LEFT,
        consent_event.c.at >= since,
    )
    theirs = and_(
        subscriber.c.id == delivery.c.subscriber_id,
        subscriber.c.state == SubscriberState.UNSUBSCRIBED,
    )
    got_it = (delivery.c.issue == name, delivery.c.state == DeliveryState.ACCEPTED, leaving)
    number = select(func.count()).select_from(delivery).join(subscriber, theirs).where(*got_it)
    return connection.scalar(number) or 0


def _is_unsure(connection: Connection, name: str) -> bool:
    """Whether nothing is left of an issue but what a person has to settle."""

    def is_any(*states: DeliveryState) -> bool:
        some = select(delivery.c.issue).where(
            delivery.c.issue == name, delivery.c.state.in_(states)
        )
        return connection.execute(some.limit(1)).first() is not None

    return not is_any(*WAITING) and is_any(DeliveryState.UNKNOWN)


def _news_of(connection: Connection, row: Row[Any], site: Site, now: datetime) -> News | None:
    """What there is to tell of where an issue stands."""
    match IssueState(row.state):
        case IssueState.FROZEN:  # without an undo window there is nothing to stop
            return News.LEAVING if _first_mail(row, site).first_mail > now else None
        case IssueState.SENDING:
            if asks_for_a_go(connection, row.name, site.sending.canary):
                return News.CANARIES
            return News.UNSURE if _is_unsure(connection, row.name) else None
        case IssueState.PAUSED:
            return News.PAUSED
        case IssueState.DONE:
            return News.DONE
        case IssueState.CANCELLED:
            return News.CANCELLED
        case _:
            return None


def _first_mail(row: Row[Any], site: Site) -> Departure:
    """When the first mail of a frozen issue goes: its undo window was fixed with it."""
    leaves = next_opening(site.sending.hours, row.send_after, site.timezone)
    return Departure(row.frozen_at, by_hand=False, first_mail=leaves)
