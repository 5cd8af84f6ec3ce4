"""Freezing an issue: its text and recipients are fixed once, as they were approved."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.delivery.approval.thaw import chosen_day
from newsroom.delivery.ledger.freeze import Edition, freeze
from newsroom.delivery.pace.lanes import lane_of
from newsroom.delivery.sending.clock import Clock
from newsroom.delivery.sending.course import state_of
from newsroom.delivery.sending.guard import require_known
from newsroom.errors import StateError
from newsroom.jobs.approval.approve import require_approval
from newsroom.model import Sending
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import say
from newsroom.schedule.issue_life import advance

_FROZEN_BEFORE = {IssueState.FROZEN, IssueState.SENDING, IssueState.DONE}
Lane = Callable[[str], str]  # gives an address its lane


def freeze_issue(  # noqa: PLR0913 (what is frozen, and on which terms)
    database: Engine,
    name: str,
    compose: Callable[[], Edition],
    sending: Sending,
    clock: Clock,
    *,
    day: datetime | None = None,
    fit: Callable[[], object] = lambda: None,
    lanes: Callable[[], Lane] = lambda: lane_of,
) -> bool:
    """Fix an approved issue's text and recipients; false when that was done before.

    `compose` makes the text up, and is not asked for one that is frozen: such an issue goes on
    whatever became of its file. `fit` raises StateError where mail would not arrive as things are
    set up; `lanes` finds out who takes whose mail. All of them are asked before anything is locked,
    and take their time: the `clock` is asked after them, so that the undo window is a whole one.
    What people decide meanwhile holds: `day` is the one set for it (None: none is) when the caller
    found that it may leave. Raises StateError, and then nothing was changed but an approval that an
    edit voided.
    """
    with reading(database) as connection:
        state = state_of(connection, name)
        if state is IssueState.PAUSED:
            require_known(connection, name)
    if state in _FROZEN_BEFORE:
        return False
    edition = compose()
    require_approval(database, name, edition.content_hash, clock())
    if state is not None:
        advance(name, state, IssueState.FROZEN)
    fit()
    lane = lanes()
    with transaction(database) as connection:
        _require_its_day(connection, name, day)
        if freeze(connection, edition, sending, clock(), lane):
            return True
        _require_frozen(connection, name)
        return False


def _require_its_day(connection: Connection, name: str, day: datetime | None) -> None:
    """Raises StateError when somebody set another day while the issue was made ready."""
    if chosen_day(connection, name, locked=True) != day:
        raise StateError(
            say("{name}: another day was set for it just now; nothing was sent", name=name)
        )


def _require_frozen(connection: Connection, name: str) -> None:
    """Pass when somebody else has frozen an issue. Raises StateError with what came between."""
    state = state_of(connection, name)
    if state is IssueState.APPROVED:
        raise StateError(
            say(
                "{name}: another text of it was approved just now; send that one: {command}",
                name=name,
                command=f"newsroom issue send {name}",
            )
        )
    if state is not None and state not in _FROZEN_BEFORE:
        advance(name, state, IssueState.FROZEN)
