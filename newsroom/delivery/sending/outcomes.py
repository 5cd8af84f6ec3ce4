"""What follows from an outcome: another try, a bounce on record, a lane or an issue at rest."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from newsroom.database.nameless import is_nameless
from newsroom.database.returns import ReturnedRow, hold_against, is_worn_out, put_on_record
from newsroom.database.tables import delivery, issue
from newsroom.delivery.ledger.claims import Claim, record
from newsroom.delivery.pace.breaker import SAME_IN_A_ROW
from newsroom.delivery.pace.lanes import GLOBAL, lane_key, pause_row
from newsroom.delivery.pace.retry import jittered, next_try
from newsroom.delivery.pace.watch import Suppress, forgive_alike, watch_issue, watch_lane
from newsroom.delivery.sending.course import locked
from newsroom.model import Sending
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome, Recipient
from newsroom.model.masked import masked
from newsroom.model.saying import joined, say

_POLICY_WAIT = timedelta(hours=4)  # a sender's fault is not mended in minutes


@dataclass(frozen=True, slots=True)
class Policy:
    """What the newsroom wants done about outcomes."""

    sending: Sending
    suppress: Suppress  # what becomes of an address that does not exist
    forgive: Suppress  # and when that turns out to be the receiver's slip


@dataclass(frozen=True, slots=True)
class Handed:
    """A message that was handed over, or not: what the books must say next."""

    held: Claim
    outcome: Outcome
    same_in_a_row: int = 0  # failures with this very reply, one after the other


def write_outcome(connection: Connection, handed: Handed, policy: Policy, now: datetime) -> None:
    """Record an outcome and everything that follows from it, in the caller's transaction."""
    held, outcome = handed.held, handed.outcome
    next_at = _next_try(connection, held, outcome, policy.sending, now)
    if outcome.state is DeliveryState.DEFERRED and next_at is None:
        expired = say("expired: {reason}", reason=outcome.reason or "")
        outcome = replace(outcome, state=DeliveryState.REFUSED, reason=expired)
    if failure_of(outcome) is not None:
        locked(connection, held.recipient.issue)  # before any lane, as whoever resumes does
    if outcome.state is not DeliveryState.ACCEPTED:
        held, outcome = _unless_erased(connection, held, outcome)
    if not record(connection, held, outcome, now, next_at):
        return
    _rest(connection, held.recipient, outcome, policy.sending, now)
    if outcome.state is DeliveryState.REFUSED and outcome.code is not None:
        _write_bounce(connection, held, outcome, policy.suppress, now)
    if failure_of(outcome) is not None:
        name, lane = held.recipient.issue, held.recipient.lane
        watch_lane(connection, name, lane, policy.forgive, now)
        watch_issue(connection, name, now, handed.same_in_a_row)
        if outcome.code is not None and handed.same_in_a_row >= SAME_IN_A_ROW:
            forgive_alike(connection, name, outcome.code, policy.forgive, now)


def _unless_erased(connection: Connection, held: Claim, outcome: Outcome) -> tuple[Claim, Outcome]:
    """Both without the address of somebody who was erased while the message was handed over.

    The row is held from here on, so that an erasure comes either before or after.
    """
    recipient = held.recipient
    email = connection.execute(
        select(delivery.c.email)
        .where(
            delivery.c.issue == recipient.issue,
            delivery.c.subscriber_id == recipient.subscriber_id,
        )
        .with_for_update()
    ).scalar_one()
    if not is_nameless(email):
        return held, outcome
    nameless = replace(held, recipient=replace(recipient, email=email, name=None))
    return nameless, replace(outcome, reason=None)


def _next_try(
    connection: Connection, held: Claim, outcome: Outcome, sending: Sending, now: datetime
) -> datetime | None:
    if outcome.state is not DeliveryState.DEFERRED:
        return None
    recipient = held.recipient
    deadline = connection.execute(
        select(issue.c.deadline).where(issue.c.name == recipient.issue)
    ).scalar_one()
    attempts = recipient.attempts + 1
    then = next_try(sending, attempts, now, deadline, recipient.message_id)
    if then is None or not _is_policy(outcome):
        return then
    return max(then, now + jittered(_POLICY_WAIT, f"{recipient.message_id}:{attempts}"))


def _rest(
    connection: Connection, recipient: Recipient, outcome: Outcome, sending: Sending, now: datetime
) -> None:
    """A relay or a host that asked for patience gets it, from everybody."""
    if outcome.state is not DeliveryState.DEFERRED or not sending.retry:
        return
    until = now + (outcome.wait or jittered(sending.retry[0], recipient.message_id))
    code = outcome.code or say("no answer")
    reason = joined(": ", (code, masked(outcome.reason or "")))  # everybody waits for it
    if outcome.whole_relay:
        pause_row(connection, GLOBAL, until, reason, now)
    elif outcome.code is not None and outcome.code.startswith("421"):
        pause_row(connection, lane_key(recipient.lane), until, reason, now)


def _is_policy(outcome: Outcome) -> bool:
    """Whether we were refused, not the reader; such a copy waits, with its 5xx code kept."""
    return (
        outcome.state is DeliveryState.DEFERRED
        and outcome.severity is BounceSeverity.POLICY
        and outcome.code is not None
        and outcome.code.startswith("5")
    )


def failure_of(outcome: Outcome) -> str | None:
    """What went wrong, the same for equal failures; None for what says nothing about us.

    A receiver that asks for time does not, however many do.
    """
    match outcome.state:
        case DeliveryState.ACCEPTED:
            return None
        case DeliveryState.DEFERRED if not _is_policy(outcome):
            return None
    return f"{outcome.state} {outcome.code or outcome.reason}"


def _write_bounce(
    connection: Connection, held: Claim, outcome: Outcome, suppress: Suppress, now: datetime
) -> None:
    recipient, severity = held.recipient, outcome.severity or BounceSeverity.UNKNOWN
    if outcome.whole_relay:
        severity = BounceSeverity.UNKNOWN  # nothing was said of this reader
    came = ReturnedRow(
        digest=hashlib.sha256(f"{recipient.message_id}:{held.token}".encode()).hexdigest(),
        kind="bounce",
        issue=recipient.issue,
        email=recipient.email,
        severity=severity,
        status=outcome.code,
        diagnostic=outcome.reason,
    )
    put_on_record(connection, came, now)
    if is_nameless(recipient.email):
        return  # they are kept out already
    is_soft = severity is BounceSeverity.SOFT
    if severity is BounceSeverity.HARD or (is_soft and is_worn_out(connection, recipient.email)):
        suppress(connection, recipient.email, now)
        hold_against(connection, came.digest)
