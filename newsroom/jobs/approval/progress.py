"""What has come of an issue that was let go: frozen, tried, paused, done; told once for each."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row

from newsroom.database import reading
from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.ledger.counts import counts, last_stopped_lane
from newsroom.delivery.pace.canary import asks_for_a_go
from newsroom.delivery.pace.hours import next_opening
from newsroom.jobs.approval.ask import ReviewDesk, facts
from newsroom.jobs.approval.tell import tell
from newsroom.jobs.issue.departure import Departure
from newsroom.model import Site
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import joined

LATELY = timedelta(days=7)  # older news is none
_EACH_TIME = {News.PAUSED, News.CANCELLED}  # an issue may be paused again
_OCCASION = 64  # characters that an occasion may have


def tell_where_it_stands(desk: ReviewDesk, row: Row[Any], now: datetime) -> None:
    """Tell where an issue has come to, once for each time that it comes there."""
    with reading(desk.post.database) as connection:
        news = _news_of(connection, row, desk.post.site, now)
        if news is None:
            return
        tally = counts(connection, row.name, now)
    when = row.updated if news in _EACH_TIME else row.frozen_at
    told = facts(desk, news, row.name, when.isoformat())
    told = replace(told, counts=tally, readers=tally.frozen, reason=row.note or "")
    if news is News.LEAVING:
        told = replace(told, departure=_first_mail(row, desk.post.site))
    tell(desk.post, told, desk.people(now), now)


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


def _news_of(connection: Connection, row: Row[Any], site: Site, now: datetime) -> News | None:
    """What there is to tell of where an issue stands."""
    match IssueState(row.state):
        case IssueState.FROZEN:  # without an undo window there is nothing to stop
            return News.LEAVING if _first_mail(row, site).first_mail > now else None
        case IssueState.SENDING:
            asks = asks_for_a_go(connection, row.name, site.sending.canary)
            return News.CANARIES if asks else None
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
