"""Approving an issue: somebody says yes to exactly this text."""

from datetime import datetime

from sqlalchemy import Engine

from newsroom.database import transaction
from newsroom.delivery.approvals import Approval, keep_approval, latest_approval, void_approval
from newsroom.errors import StateError

__all__ = ["Approval", "approve", "require_approval"]


def approve(database: Engine, given: Approval, approvers: tuple[str, ...]) -> None:
    """Keep an approval; it holds for this text only, and replaces one of an earlier text.

    Raises StateError when the contact is not an approver, or the issue is past approving.
    """
    if approvers and given.approved_by not in approvers:
        raise StateError(
            f'{given.issue}: "{given.approved_by}" does not approve issues; '
            f"posts/site.yaml names {', '.join(approvers)}"
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
        raise StateError(f"{name} is not approved; get it approved first: {way_on}")
    if given.content_hash != content_hash:
        raise StateError(
            f"{name} was changed after {given.approved_by} approved it on {given.at:%Y-%m-%d}; "
            f"have it approved as it is now: {way_on}"
        )
