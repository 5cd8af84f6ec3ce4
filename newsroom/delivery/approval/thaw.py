"""Undoing a freeze before the first mail: the approval taken back, or another day set."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from newsroom.database.tables import batch, delivery, issue, letter
from newsroom.delivery.approval.approvals import end_all_approvals, enter
from newsroom.delivery.approval.delays import forget_why_held
from newsroom.delivery.ledger.chronicle import Step, note_step
from newsroom.delivery.ledger.noted import noted
from newsroom.delivery.sending.guard import require_known
from newsroom.errors import StateError
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState, in_words
from newsroom.model.saying import say
from newsroom.schedule.issue_life import advance, refusal

_OVER = {IssueState.DONE, IssueState.CANCELLED}
_IS_FROZEN = {IssueState.FROZEN, IssueState.PAUSED}
_MAY_HAVE_LEFT = (DeliveryState.UNKNOWN, DeliveryState.ACCEPTED)
_FORGOTTEN = ("content_hash", "subject", "frozen_at", "recipients", "send_after", "deadline")
_OF_THE_SENDING = ("doctor_reason", "go_at", "go_by", "begun")


def take_back(connection: Connection, name: str, now: datetime) -> None:
    """An approved issue, or a frozen one of which no mail has left, is a draft again.

    Its yeses end; a day that was set for it stays while it is to come. Raises StateError from any
    other state, when the first mail may have left, and while an older database waits for
    `restore --confirm`.
    """
    state = _held_back(connection, name, IssueState.DRAFTED)
    if state is IssueState.DRAFTED:  # pressed twice, or one of two yeses
        end_all_approvals(connection, name, now)
        return
    advance(name, state, IssueState.DRAFTED)
    end_all_approvals(connection, name, now)
    if state in _IS_FROZEN:
        _let_go(connection, name, now)
    connection.execute(
        update(issue)
        .where(issue.c.name == name)
        .values(state=IssueState.DRAFTED, content_hash=None, updated=now, **noted(None))
    )
    past = (issue.c.name == name, issue.c.leaves_at <= now)
    connection.execute(update(issue).where(*past).values(leaves_at=None))


def postpone(connection: Connection, name: str, leaves_at: datetime, now: datetime) -> None:
    """Set the day that an issue leaves on. An approval stays, also that of a frozen issue.

    Raises StateError when the first mail may have left, for an issue that is over, and while an
    older database waits for `restore --confirm`.
    """
    enter(connection, name, now)
    state = _held_back(connection, name, IssueState.APPROVED)
    if state in _IS_FROZEN:
        approved = connection.scalar(select(issue.c.content_hash).where(issue.c.name == name))
        _let_go(connection, name, now)
        connection.execute(
            update(issue)
            .where(issue.c.name == name)
            .values(state=IssueState.APPROVED, content_hash=approved)
        )
    elif state in {IssueState.CANCELLED, IssueState.DONE}:
        advance(name, state, IssueState.APPROVED)
    forget_why_held(connection, name)
    connection.execute(
        update(issue).where(issue.c.name == name).values(leaves_at=leaves_at, updated=now)
    )


def has_begun(connection: Connection, name: str) -> bool:
    """Whether the first mail of an issue may have left.

    A database from a backup may know of no release, and yet be in doubt of every copy.
    """
    released = select(issue.c.released).where(issue.c.name == name)
    if connection.scalar(released) is not None:
        return True
    left = select(delivery.c.issue).where(
        delivery.c.issue == name, delivery.c.state.in_(_MAY_HAVE_LEFT)
    )
    return connection.execute(left.limit(1)).first() is not None


def chosen_day(connection: Connection, name: str, *, locked: bool = False) -> datetime | None:
    """When an issue leaves whose day a person has set; `locked`, nobody sets another meanwhile."""
    day = select(issue.c.leaves_at).where(issue.c.name == name)
    found: datetime | None = connection.scalar(day.with_for_update() if locked else day)
    return found


def forget_day(connection: Connection, name: str, leaves_at: datetime, now: datetime) -> bool:
    """The day that was set has come and gone; false when another one was set meanwhile."""
    forgotten = connection.execute(
        update(issue)
        .where(issue.c.name == name, issue.c.leaves_at == leaves_at)
        .values(leaves_at=None, updated=now)
    )
    return forgotten.rowcount == 1


def _held_back(connection: Connection, name: str, target: IssueState) -> IssueState:
    """Where an issue stands whose first mail has not left, its row held until we are done.

    A mail leaves only after `released`, and that is written under the same lock. What an older
    database takes for frozen may have left all the same.
    """
    state = connection.scalar(select(issue.c.state).where(issue.c.name == name).with_for_update())
    if state is None:
        raise StateError(
            say("{name}: no such issue in the ledger; see: newsroom issue list", name=name)
        )
    require_known(connection, name)
    state, begun = IssueState(state), has_begun(connection, name)
    if begun and state in _OVER:  # there is nothing left to stop
        raise refusal(name, state, target)
    if begun or state is IssueState.SENDING:
        raise StateError(
            say(
                "{name} is {state}: its first mail may have left; stop the rest with: {pause}",
                name=name,
                state=in_words(state),
                pause=f"newsroom issue pause {name}",
            )
        )
    return state


def _let_go(connection: Connection, name: str, now: datetime) -> None:
    """Forget the frozen words and recipients: nobody has been sent anything of them."""
    for table in (delivery, batch, letter):
        connection.execute(delete(table).where(table.c.issue == name))
    connection.execute(
        update(issue)
        .where(issue.c.name == name)
        .values(
            {**dict.fromkeys((*_FORGOTTEN, *_OF_THE_SENDING)), **noted(None), "asks_nobody": False}
        )
    )
    note_step(connection, name, Step.HELD_BACK, now)
