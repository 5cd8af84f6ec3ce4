"""The course of an issue that is being sent: begin, pause, resume, go on, cancel, finish.

Each step is one conditional UPDATE of the issue's row, and every claim reads that row: a pause
holds from the next claim on, in every process, and through a restart.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, select, update

from newsroom.database.tables import delivery, issue, rate
from newsroom.delivery.ledger.chronicle import Step, note_step
from newsroom.delivery.ledger.noted import noted
from newsroom.delivery.ledger.statements import REFUSED_FOR_POLICY
from newsroom.delivery.pace.canary import look_at_canaries
from newsroom.delivery.pace.lanes import open_lanes
from newsroom.errors import StateError
from newsroom.model.delivery import WAITING, DeliveryState
from newsroom.model.issue_state import ON_ITS_WAY, OPEN, IssueState
from newsroom.model.matter import Matter
from newsroom.model.saying import say
from newsroom.schedule.issue_life import advance, states_before

_UNSETTLED = (*WAITING, DeliveryState.UNKNOWN)


def state_of(connection: Connection, name: str) -> IssueState | None:
    """Where an issue stands, or None when the ledger does not know it."""
    state = connection.scalar(select(issue.c.state).where(issue.c.name == name))
    return None if state is None else IssueState(state)


def open_issues(connection: Connection) -> tuple[str, ...]:
    """The issues that are not frozen yet, by name."""
    names = select(issue.c.name).where(issue.c.state.in_(OPEN)).order_by(issue.c.name)
    return tuple(connection.scalars(names))


def approved_issues(connection: Connection) -> tuple[str, ...]:
    """The issues that have their yes, by name."""
    approved = issue.c.state == IssueState.APPROVED
    return tuple(connection.scalars(select(issue.c.name).where(approved).order_by(issue.c.name)))


def frozen_hash(connection: Connection, name: str) -> str | None:
    """The hash of the text that was frozen, or of the approved one before."""
    found: str | None = connection.scalar(select(issue.c.content_hash).where(issue.c.name == name))
    return found


def waits_for_its_page(connection: Connection, name: str) -> bool:
    """Whether an issue is fixed, and no mail of it may leave before its page is on the web."""
    states = (*ON_ITS_WAY, IssueState.PAUSED)
    waits = issue.c.name == name, issue.c.state.in_(states), issue.c.released.is_(None)
    return connection.execute(select(issue.c.name).where(*waits)).first() is not None


def release(connection: Connection, name: str, now: datetime) -> bool:
    """Let the first mail leave, now that the issue's page is published; true once.

    An issue that was paused and resumed before its first mail is released as well.
    """
    begun = connection.execute(
        update(issue)
        .where(
            issue.c.name == name,
            issue.c.state.in_([IssueState.FROZEN, IssueState.SENDING]),
            issue.c.released.is_(None),
        )
        .values(state=IssueState.SENDING, released=now, begun=now, updated=now, **noted(None))
    )
    if begun.rowcount != 1:
        return False
    note_step(connection, name, Step.RELEASED, now)
    return True


def count_from_now(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Count the answers to an issue from now on, where a clock that was ahead said from later on.

    Else nothing that goes wrong would stop it, or one of its lanes, until that time is there.
    """
    if row.begun is None or row.begun <= now:
        return
    connection.execute(update(issue).where(issue.c.name == row.name).values(begun=now))
    connection.execute(update(rate).where(rate.c.changed > now).values(changed=now))


def put_up_with(
    connection: Connection, name: str, reason: str, patience: timedelta, now: datetime
) -> bool:
    """Note what keeps an issue from its first mail; pause it when that lasts. True at either.

    The note and its time stand in the issue's row, so that all processes share one patience.
    """
    written = connection.execute(
        update(issue)
        .where(
            issue.c.name == name,
            issue.c.state.in_([IssueState.FROZEN, IssueState.SENDING]),
            issue.c.released.is_(None),
            issue.c.note.is_(None),
        )
        .values(noted(reason, now))
    )
    if written.rowcount == 1:
        return True
    since = connection.scalar(select(issue.c.noted_at).where(issue.c.name == name))
    return since is not None and since + patience <= now and pause(connection, name, reason, now)


def pause(
    connection: Connection, name: str, reason: str, now: datetime, matter: Matter | None = None
) -> bool:
    """Stop after the messages in hand; false when nothing was being sent."""
    paused = connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state.in_(states_before(IssueState.PAUSED)))
        .values(state=IssueState.PAUSED, updated=now, **noted(reason, now, matter))
    )
    if paused.rowcount != 1:
        return False
    note_step(connection, name, Step.PAUSED, now, reason)
    return True


def resume(connection: Connection, name: str, now: datetime) -> None:
    """Go on with a paused issue, and let mail into its stopped lanes again.

    The deadline moves by as long as the pause was. An issue that is being sent may be resumed
    too: that opens its lanes. Raises StateError from any other state.
    """
    row = locked(connection, name)
    if row.state != IssueState.SENDING:
        advance(name, IssueState(row.state), IssueState.SENDING)
        stood = now - row.noted_at if row.state == IssueState.PAUSED else timedelta(0)
        connection.execute(
            update(issue)
            .where(issue.c.name == name)
            .values(
                state=IssueState.SENDING,
                deadline=row.deadline + max(stood, timedelta(0)),
                begun=now,
                updated=now,
                **noted(None),
            )
        )
        note_step(connection, name, Step.RESUMED, now)
    open_lanes(connection, now)
    _retry_policy_refusals(connection, name, now)


def give_go(connection: Connection, name: str, by: str, now: datetime) -> None:
    """Let the rest of an issue follow its canaries, on the word of somebody who has looked.

    Raises StateError when there is nothing to have looked at yet.
    """
    row = locked(connection, name)
    if row.state != IssueState.SENDING:
        advance(name, IssueState(row.state), IssueState.SENDING)
        command = f"newsroom issue resume {name}"
        raise StateError(
            say("{name} is not being sent; go on with: {command}", name=name, command=command)
        )
    if look_at_canaries(connection, name).waiting:
        raise StateError(
            say("{name}: the first few have not been written to; wait for them", name=name)
        )
    connection.execute(update(issue).where(issue.c.name == name).values(go_at=now, go_by=by))


def need_no_go(connection: Connection, name: str, by: str) -> None:
    """Let the rest follow by itself, when its canaries fare well: said before anybody can look."""
    connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.go_at.is_(None))
        .values(asks_nobody=True, go_by=by)
    )


def cancel(connection: Connection, name: str, reason: str, now: datetime) -> int:
    """Call an issue off for everybody who has not been reached yet; how many that were.

    What is in somebody's hands is settled by whoever holds it. Raises StateError from a state
    that cannot be called off.
    """
    row = locked(connection, name)
    advance(name, IssueState(row.state), IssueState.CANCELLED)
    connection.execute(
        update(issue)
        .where(issue.c.name == name)
        .values(state=IssueState.CANCELLED, updated=now, **noted(reason))
    )
    note_step(connection, name, Step.CANCELLED, now, reason)
    called_off = connection.execute(
        update(delivery)
        .where(
            delivery.c.issue == name,
            delivery.c.state.in_([DeliveryState.PENDING, DeliveryState.DEFERRED]),
        )
        .values(state=DeliveryState.CANCELLED, next_at=None, updated=now)
    )
    return called_off.rowcount


def finish(connection: Connection, name: str, now: datetime) -> bool:
    """From sending to done when every copy is settled; never while one of them is unknown."""
    unsettled = exists().where(delivery.c.issue == name, delivery.c.state.in_(_UNSETTLED))
    done = connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.state == IssueState.SENDING, ~unsettled)
        .values(state=IssueState.DONE, updated=now, **noted(None))
    )
    if done.rowcount != 1:
        return False
    note_step(connection, name, Step.DONE, now)
    return True


def locked(connection: Connection, name: str) -> Row[Any]:
    """The issue's row, held until the transaction ends so that no claim slips past the step."""
    row = connection.execute(
        select(issue).where(issue.c.name == name).with_for_update()
    ).one_or_none()
    if row is None:
        raise StateError(
            say("{name}: no such issue in the ledger; see: newsroom issue list", name=name)
        )
    return row


def _retry_policy_refusals(connection: Connection, name: str, now: datetime) -> None:
    """Those put off for the sender's fault are tried at once: the fault is said to be mended."""
    connection.execute(
        update(delivery)
        .where(delivery.c.issue == name, REFUSED_FOR_POLICY)
        .values(next_at=now, code=None)
    )
