"""What follows from an outcome: another try, a bounce on record, a lane or an issue at rest."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select

from newsroom.database.tables import bounce, delivery, issue, rate
from newsroom.delivery.breaker import Tally, why_stop_issue, why_stop_lane
from newsroom.delivery.course import pause
from newsroom.delivery.lanes import GLOBAL, UNTIL_RESUMED, lane_key, pause_lane
from newsroom.delivery.ledger import Claim, record
from newsroom.delivery.retry import jittered, next_try
from newsroom.model import Sending
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome, Recipient

Suppress = Callable[[Connection, str, datetime], None]  # an address that does not exist

_POLICY_WAIT = timedelta(hours=4)  # a sender's fault is not mended in minutes


@dataclass(frozen=True, slots=True)
class Policy:
    """What the newsroom wants done about outcomes."""

    sending: Sending
    suppress: Suppress


@dataclass(frozen=True, slots=True)
class Handed:
    """A message that was handed over, or not: what the books must say next."""

    held: Claim
    outcome: Outcome
    same_in_a_row: int = 0  # refusals with this very reply, one after the other


def write_outcome(connection: Connection, handed: Handed, policy: Policy, now: datetime) -> None:
    """Record an outcome and everything that follows from it, in the caller's transaction."""
    held, outcome = handed.held, handed.outcome
    next_at = _next_try(connection, held, outcome, policy.sending, now)
    if outcome.state is DeliveryState.DEFERRED and next_at is None:
        outcome = replace(outcome, state=DeliveryState.REFUSED, reason=f"expired: {outcome.reason}")
    if not record(connection, held, outcome, now, next_at):
        return
    _rest(connection, held.recipient, outcome, policy.sending, now)
    if outcome.state is DeliveryState.REFUSED and outcome.code is not None:
        _write_bounce(connection, held, outcome, policy.suppress, now)
    if outcome.state is DeliveryState.REFUSED or _is_policy(outcome):
        _watch(connection, held.recipient, handed.same_in_a_row, now)


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
    reason = f"{outcome.code or 'no answer'}: {outcome.reason}"
    if outcome.whole_relay:
        pause_lane(connection, GLOBAL, until, reason, now)
    elif outcome.code is not None and outcome.code.startswith("421"):
        pause_lane(connection, lane_key(recipient.lane), until, reason, now)


def _is_policy(outcome: Outcome) -> bool:
    """Whether we were refused, not the reader; such a copy waits, with its 5xx code kept."""
    return (
        outcome.state is DeliveryState.DEFERRED
        and outcome.severity is BounceSeverity.POLICY
        and outcome.code is not None
        and outcome.code.startswith("5")
    )


def _write_bounce(
    connection: Connection, held: Claim, outcome: Outcome, suppress: Suppress, now: datetime
) -> None:
    hard = outcome.severity is BounceSeverity.HARD
    recipient = held.recipient
    connection.execute(
        insert(bounce).values(
            digest=hashlib.sha256(f"{recipient.message_id}:{held.token}".encode()).hexdigest(),
            issue=recipient.issue,
            email=recipient.email,
            severity=outcome.severity or BounceSeverity.UNKNOWN,
            status=outcome.code,
            diagnostic=outcome.reason,
            suppressed=hard,
            at=now,
        )
    )
    if hard:
        suppress(connection, recipient.email, now)


def _watch(connection: Connection, recipient: Recipient, same_in_a_row: int, now: datetime) -> None:
    """Count refusals, and stop the lane or the issue when they are too many."""
    key = lane_key(recipient.lane)
    lane_since = connection.scalar(select(rate.c.changed).where(rate.c.key == key))
    its_lane = [delivery.c.lane == recipient.lane]
    if lane_since is not None:
        its_lane.append(delivery.c.updated >= lane_since)
    why = why_stop_lane(_tally(connection, recipient.issue, and_(*its_lane)))
    if why is not None:
        pause_lane(connection, key, UNTIL_RESUMED, why, now)
    begun = connection.execute(
        select(issue.c.updated).where(issue.c.name == recipient.issue)
    ).scalar_one()
    tally = _tally(connection, recipient.issue, delivery.c.updated >= begun)
    why = why_stop_issue(tally, same_in_a_row)
    if why is not None:
        pause(connection, recipient.issue, why, now)


def _tally(connection: Connection, name: str, condition: ColumnElement[bool]) -> Tally:
    def number(state: DeliveryState, *more: ColumnElement[bool]) -> int:
        return connection.execute(
            select(func.count()).where(
                delivery.c.issue == name, delivery.c.state == state, condition, *more
            )
        ).scalar_one()

    return Tally(
        accepted=number(DeliveryState.ACCEPTED),
        refused=number(DeliveryState.REFUSED),
        policy=number(DeliveryState.DEFERRED, delivery.c.code.startswith("5")),
    )
