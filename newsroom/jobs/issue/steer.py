"""Steering an issue that is under way: pause, resume, cancel, settle what is unknown."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.database.patience import insist
from newsroom.delivery.approval.approvals import enter
from newsroom.delivery.ledger.settling import resolve, send_to_rest
from newsroom.delivery.sending.course import cancel, give_go, need_no_go, pause, resume, state_of
from newsroom.delivery.sending.guard import require_known
from newsroom.errors import StateError
from newsroom.model import Sending
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState
from newsroom.model.matter import Matter
from newsroom.model.saying import say
from newsroom.readers.addresses import canonical
from newsroom.schedule.issue_life import advance

T = TypeVar("T")

_BY_HAND = say("paused by hand")  # the reason where a person gives none
_PATIENCE = 60.0  # seconds: a person waits, and a pause must not be lost to a lock


def pause_issue(database: Engine, name: str, reason: str | None, now: datetime) -> None:
    """Stop an issue after the messages in hand. Raises StateError when it is not under way."""
    matter = None if reason else Matter.BY_HAND

    def step(connection: Connection) -> None:
        if not pause(connection, name, reason or _BY_HAND, now, matter):
            state = state_of(connection, name)
            if state is None:
                raise StateError(
                    say("{name}: no such issue in the ledger; see: newsroom issue list", name=name)
                )
            advance(name, state, IssueState.PAUSED)

    _take(database, step)


def resume_issue(database: Engine, name: str, now: datetime) -> None:
    """Go on with a paused issue and with its stopped lanes.

    Raises StateError when it is not paused, or waits for `restore --confirm`.
    """

    def step(connection: Connection) -> None:
        require_known(connection, name)
        resume(connection, name, now)

    _take(database, step)


def let_the_rest_follow(database: Engine, name: str, by: str, now: datetime) -> None:
    """Say that the rest of an issue may follow the first few, after a look at how they fared.

    Raises StateError when there is nothing to have looked at yet, or it waits for
    `restore --confirm`.
    """

    def step(connection: Connection) -> None:
        require_known(connection, name)
        give_go(connection, name, by, now)

    _take(database, step)


def ask_for_no_go(database: Engine, name: str) -> None:
    """Let the rest follow unasked; what goes wrong with the first few still stops it."""
    _take(database, partial(need_no_go, name=name, by="--auto"))


def send_again_to_the_rest(database: Engine, name: str, sending: Sending, now: datetime) -> int:
    """Try those again who were not reached when an issue was done; how many they are."""

    def step(connection: Connection) -> int:
        require_known(connection, name)
        return send_to_rest(connection, name=name, deadline=now + sending.deadline, now=now)

    return _take(database, step)


def require_cancellable(database: Engine, name: str) -> None:
    """Raise StateError for an issue that cannot be called off."""
    with reading(database) as connection:
        state = state_of(connection, name)
    if state is not None:
        advance(name, state, IssueState.CANCELLED)


def cancel_issue(
    database: Engine, name: str, reason: str, now: datetime, *, is_planned: bool = False
) -> int:
    """Call an issue off; how many readers will not get it.

    `is_planned`: the schedule or the folder has it, so that it may be called off although the
    ledger has not heard of it yet.
    """

    def step(connection: Connection) -> int:
        if is_planned:
            enter(connection, name, now, IssueState.PLANNED)
        return cancel(connection, name, reason, now)

    return _take(database, step)


def resolve_issue(
    database: Engine, name: str, emails: Sequence[str], *, arrived: bool, now: datetime
) -> int:
    """Settle unknown copies by a person's word: they arrived, or they are to be sent again.

    Without an address it is said of all of them. Raises AddressError for what is no address, and
    StateError for one that is not among the unknown.
    """
    emails = tuple(canonical(email) for email in emails)
    target = DeliveryState.ACCEPTED if arrived else DeliveryState.PENDING
    return _take(database, partial(resolve, name=name, emails=emails, target=target, now=now))


def _take(database: Engine, step: Callable[[Connection], T]) -> T:
    """What a step gives, in a transaction that is tried again while the database refuses."""

    def work() -> T:
        with transaction(database) as connection:
            return step(connection)

    return insist(work, _PATIENCE)
