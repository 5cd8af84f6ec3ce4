"""Approving an issue: somebody says yes to exactly this text."""

from datetime import datetime

from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.delivery.approval.approvals import (
    Approval,
    EndedBy,
    end_other_approvals,
    keep_approval,
    last_ended,
    latest_approval,
)
from newsroom.delivery.approval.reviewed import keep_text
from newsroom.delivery.approval.thaw import postpone
from newsroom.delivery.sending.course import state_of
from newsroom.delivery.sending.guard import require_known
from newsroom.errors import StateError
from newsroom.jobs.approval.approvers import require_approver
from newsroom.jobs.issue.departure import departure
from newsroom.jobs.issue.edition import Proof
from newsroom.jobs.issue.shown_text import texts_of
from newsroom.model import Newsroom, Schedule, Site
from newsroom.model.issue_state import OPEN, IssueState
from newsroom.model.saying import Saying, say

__all__ = [
    "Approval",
    "approve",
    "let_go",
    "require_approval",
    "require_confirmed",
    "require_shown",
]


def approve(database: Engine, newsroom: Newsroom, proof: Proof, by: str, now: datetime) -> int:
    """Keep somebody's yes to the text of a proof, and give how many yeses it still needs.

    It holds for this text only, and ends one of an earlier text. Saying it twice changes nothing.
    Raises StateError when the contact is not an approver now, or the issue is past approving.
    """
    name = proof.issue.slug
    require_approver(newsroom, by, name, now)
    given = Approval(name, proof.content_hash, by, now)
    with transaction(database) as connection:
        missing = keep_approval(connection, given, newsroom.site.review.yeses)
        keep_text(connection, name, proof.content_hash, texts_of(proof), now)
    return missing


def require_shown(proof: Proof, shown: str | None) -> None:
    """Pass when an approver saw this very text. Raises StateError when it was changed since."""
    if shown is not None and shown != proof.content_hash:
        raise StateError(
            say(
                "{name} was changed after the page was opened; look at it as it is now",
                name=proof.issue.slug,
            )
        )


def require_confirmed(database: Engine, name: str) -> None:
    """Pass when a yes may let an issue go. Raises StateError before `restore --confirm`."""
    with reading(database) as connection:
        require_known(connection, name)


def let_go(
    database: Engine, name: str, schedule: Schedule | None, site: Site, now: datetime
) -> bool:
    """Let an approved issue whose time has passed leave now; false when its time is to come."""
    with transaction(database) as connection:
        leaves = departure(connection, schedule, name, site.sending, site.timezone)
        if leaves is None or leaves.at > now:
            return False
        postpone(connection, name, now, now)
    return True


def require_approval(database: Engine, name: str, content_hash: str, now: datetime) -> None:
    """Pass when the text was approved as it is; an edit since voids the approval.

    An issue that was frozen before, or is over, passes too: its state says what can be done with
    it. Raises StateError that says what to do.
    """
    with transaction(database) as connection:
        if state_of(connection, name) not in {None, *OPEN}:
            return
        end_other_approvals(connection, name, content_hash, now)
        if state_of(connection, name) is IssueState.APPROVED:
            return
        why = _why_not(connection, name)
    raise StateError(why)


def _why_not(connection: Connection, name: str) -> Saying:
    """What an issue lacks: another yes, one to the text as it is now, or any at all."""
    way_on = say("newsroom issue approve {name} --by NAME", name=name)
    if given := latest_approval(connection, name):
        return say(
            "{name} was approved by {approved_by} and needs one more yes: {way_on}",
            name=name,
            approved_by=given.approved_by,
            way_on=way_on,
        )
    ended = last_ended(connection, name)
    if ended is None or ended.by is EndedBy.HAND:
        return say(
            "{name} is not approved; get it approved first: {way_on}", name=name, way_on=way_on
        )
    if ended.by is EndedBy.RESTORE:
        return say(
            "{name} was approved before the database was brought back from a backup; if it has "
            "not been sent since, approve it again: {way_on}",
            name=name,
            way_on=way_on,
        )
    return say(
        "{name} was changed after {approved_by} approved it; have it approved as it is now: "
        "{way_on}",
        name=name,
        approved_by=ended.approval.approved_by,
        way_on=f"newsroom issue approve {name} --by {ended.approval.approved_by}",
    )
