"""Approving an issue: somebody says yes to exactly this text."""

from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.delivery.approvals import Approval, keep_approval, latest_approval, void_approval
from newsroom.errors import StateError
from newsroom.model.saying import say

__all__ = ["Approval", "approve", "require_approval"]


def approve(database: Engine, given: Approval, approvers: tuple[str, ...]) -> None:
    """Keep an approval; it holds for this text only, and replaces one of an earlier text.

    Raises StateError when the contact is not an approver, or the issue is past approving.
    """
    if approvers and given.approved_by not in approvers:
        raise StateError(
            say(
                '{issue}: "{approved_by}" does not approve issues; posts/site.yaml names {names}',
                issue=given.issue,
                approved_by=given.approved_by,
                names=", ".join(approvers),
            )
        )
    with transaction(database) as connection:
        keep_approval(connection, given)


def require_approval(database: Engine, name: str, content_hash: str, now: datetime) -> None:
    """Pass when the text was approved as it is; an edit since voids the approval.

    Raises StateError that says what to do.
    """
    way_on = f"newsroom issue approve {name} --by CONTACT"
    with transaction(database) as connection:
        given = latest_approval(connection, name)
        if given is not None and given.content_hash != content_hash:
            void_approval(connection, name, now)
    if given is None:
        raise StateError(
            say("{name} is not approved; get it approved first: {way_on}", name=name, way_on=way_on)
        )
    if given.content_hash != content_hash:
        raise StateError(
            say(
                "{name} was changed after {approved_by} approved it on {at:%Y-%m-%d}; have it "
                "approved as it is now: {way_on}",
                name=name,
                approved_by=given.approved_by,
                at=given.at,
                way_on=way_on,
            )
        )
