"""Settling unknown copies: by a person's word, a bounce that came, or another try."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select, true, update

from newsroom.database.tables import bounce, delivery, issue
from newsroom.delivery.ledger.chronicle import Step, note_step
from newsroom.delivery.pace.retry import next_try
from newsroom.delivery.sending.course import locked
from newsroom.errors import StateError
from newsroom.model import Sending
from newsroom.model.delivery import BounceSeverity, DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import say


def resolve(
    connection: Connection, name: str, emails: Sequence[str], target: DeliveryState, now: datetime
) -> int:
    """Settle unknown copies by a person's word: `accepted`, or `pending` to send them again.

    Without an address all of them are settled. Returns how many were. A copy sent again keeps its
    Message-ID, so that a receiver which has it already may recognise it. Raises StateError, and
    settles none, when one of the addresses is not among the unknown.
    """
    if target not in {DeliveryState.ACCEPTED, DeliveryState.PENDING}:
        raise StateError(
            say('an unknown copy becomes accepted or pending, not "{target}"', target=target)
        )
    state = locked(connection, name).state
    if target is DeliveryState.PENDING and state not in {IssueState.SENDING, IssueState.PAUSED}:
        raise StateError(
            say("{name} is {state}, so nothing of it can be sent again", name=name, state=state)
        )
    _require_unknown(connection, name, emails)
    settled = connection.execute(
        update(delivery)
        .where(
            delivery.c.issue == name,
            delivery.c.state == DeliveryState.UNKNOWN,
            *([delivery.c.email.in_(emails)] if emails else []),
        )
        .values(state=target, token=None, reason=say("settled by hand"))
    )
    if settled.rowcount:
        what = say("{number} {state}", number=settled.rowcount, state=target.value)
        note_step(connection, name, Step.SETTLED, now, what)
    return settled.rowcount


def _require_unknown(connection: Connection, name: str, emails: Sequence[str]) -> None:
    """Pass when each of these addresses has an unknown copy. Raises StateError for the others."""
    found = select(delivery.c.email).where(
        delivery.c.issue == name,
        delivery.c.state == DeliveryState.UNKNOWN,
        delivery.c.email.in_(emails),
    )
    if others := sorted(set(emails) - set(connection.scalars(found))):
        raise StateError(
            say(
                "{name}: not among the unknown: {emails}; those that are: {command}",
                name=name,
                emails=", ".join(others),
                command=f"newsroom issue resolve {name}",
            )
        )


def settle_returned(connection: Connection, name: str, subscriber_id: int) -> bool:
    """Settle an unknown copy that came back: a server had accepted it. False when none was open."""
    settled = connection.execute(
        update(delivery)
        .where(
            delivery.c.issue == name,
            delivery.c.subscriber_id == subscriber_id,
            delivery.c.state == DeliveryState.UNKNOWN,
        )
        .values(state=DeliveryState.ACCEPTED, reason=None)
    )
    return settled.rowcount == 1


def retry_unknown(
    connection: Connection, name: str, sending: Sending, now: datetime, *, most: int | None = None
) -> int:
    """Put unknown copies off, to be sent again after the waits that any other try has.

    A person settles the others: those handed over `most` times already, those whose time is up,
    and those that a person called unknown, which nobody here had in hand. `most` None is right
    where the transport never delivers one twice.
    """
    deadline = select(issue.c.deadline).where(issue.c.name == name).scalar_subquery()
    theirs = (delivery.c.issue == name, delivery.c.state == DeliveryState.UNKNOWN)
    rows = connection.execute(
        select(delivery.c.subscriber_id, delivery.c.attempts, delivery.c.message_id, deadline)
        .where(*theirs, delivery.c.token.is_not(None))
        .where(true() if most is None else delivery.c.attempts < most)
    ).all()
    tries = [
        (row.subscriber_id, next_try(sending, row.attempts, now, row[3], row.message_id))
        for row in rows
    ]
    again = [{"reader": reader, "then": then} for reader, then in tries if then is not None]
    if again:
        connection.execute(
            update(delivery)
            .where(*theirs, delivery.c.subscriber_id == bindparam("reader"))
            .values(state=DeliveryState.DEFERRED, token=None, next_at=bindparam("then")),
            again,
        )
    return len(again)


def send_to_rest(connection: Connection, name: str, deadline: datetime, now: datetime) -> int:
    """Try again those who were not reached when an issue ended; how many they are.

    They are the refused whose address may be right: put off until the time was up, full, too
    large. Nobody else is touched: not who has it, who left, or whose address does not exist.
    Raises StateError for an issue that has not ended.
    """
    row = locked(connection, name)
    if row.state != IssueState.DONE:
        command = f"newsroom issue status {name}"
        raise StateError(say("{name} has not ended; see: {command}", name=name, command=command))
    dead = exists().where(
        bounce.c.issue == delivery.c.issue,
        bounce.c.email == delivery.c.email,
        bounce.c.severity == BounceSeverity.HARD,
        bounce.c.undone.is_(None),
    )
    again = connection.execute(
        update(delivery)
        .where(delivery.c.issue == name, delivery.c.state == DeliveryState.REFUSED, ~dead)
        .values(state=DeliveryState.PENDING, token=None, code=None, reason=None)
    ).rowcount
    if again:  # the one way back from the end, and only for whom it was not one
        connection.execute(
            update(issue)
            .where(issue.c.name == name)
            .values(state=IssueState.SENDING, deadline=deadline, begun=now, updated=now)
        )
        note_step(connection, name, Step.TRIED_AGAIN, now, say("{number} readers", number=again))
    return again
