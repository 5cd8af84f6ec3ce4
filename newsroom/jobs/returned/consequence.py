"""What follows for a reader when their copy came back, whoever told us of it.

Only an address that does not exist and a complaint end a subscription at once; what passes ends it
when it happened in three issues. What the receiver holds against us is never the reader's fault: it
stops the issue that is being sent, when it happens to several.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from newsroom.bounces.classify import MailKind, Returned
from newsroom.database import returns
from newsroom.database.tables import delivery
from newsroom.delivery.ledger.settling import settle_returned
from newsroom.delivery.pace.watch import watch_issue, watch_lane
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.returned.trace import Copy
from newsroom.model.delivery import BounceSeverity
from newsroom.model.issue_state import IssueState
from newsroom.readers.standing import keep_out, let_in_again
from newsroom.readers.suppression import Reason


@dataclass(frozen=True, slots=True)
class CameBack:
    """A copy that came back, and what was said of it."""

    digest: str  # SHA-256 of what told us
    copy: Copy
    kind: MailKind  # BOUNCE or COMPLAINT
    told: Returned


def follow(connection: Connection, keys: Sequence[bytes], came: CameBack, now: datetime) -> None:
    """Put on record that a copy came back, and do what follows, in the caller's transaction."""
    copy, told = came.copy, came.told
    row = returns.ReturnedRow(
        digest=came.digest,
        kind=came.kind,
        issue=copy.issue,
        email=copy.email,
        severity=told.severity,
        cause=told.cause,
        status=told.status,
        diagnostic=None if copy.is_erased else told.diagnostic,
    )
    undone = returns.taken_back(connection, row)
    returns.put_on_record(connection, row, now, undone)
    # It cannot have come back without having been taken.
    settle_returned(connection, copy.issue, copy.subscriber_id)
    if undone is not None:
        return
    reason = _why_out(connection, came)
    if reason is not None:
        keep_out(connection, keys, copy.email, reason, now)
        returns.hold_against(connection, came.digest)
    _stop_if_it_is_us(connection, keys, copy, now)


def _why_out(connection: Connection, came: CameBack) -> Reason | None:
    """Why the reader gets no more mail, or None."""
    if came.copy.is_erased:
        return None  # they are kept out already
    if came.kind is MailKind.COMPLAINT:
        return Reason.COMPLAINED
    if came.told.severity is BounceSeverity.HARD:
        return Reason.BOUNCED
    if came.told.severity is not BounceSeverity.SOFT:
        return None
    return Reason.BOUNCED if returns.is_worn_out(connection, came.copy.email) else None


def _stop_if_it_is_us(
    connection: Connection, keys: Sequence[bytes], copy: Copy, now: datetime
) -> None:
    """Let the breaker look at the lane and at the issue; it counts what came back as well.

    Only while the issue is being sent: afterwards there is nothing to stop, and a lane that rests
    would keep the next issue waiting for somebody to resume this one.
    """
    if state_of(connection, copy.issue) is not IssueState.SENDING:
        return
    lane = connection.scalar(
        select(delivery.c.lane).where(
            delivery.c.issue == copy.issue, delivery.c.subscriber_id == copy.subscriber_id
        )
    )

    def forgive(connection: Connection, email: str, now: datetime) -> None:
        let_in_again(connection, keys, email, now)

    if lane is not None:
        watch_lane(connection, copy.issue, lane, forgive, now)
    watch_issue(connection, copy.issue, now)
