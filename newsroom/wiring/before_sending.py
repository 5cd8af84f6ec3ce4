"""What a person is told before an issue is sent: whether it may be, and to how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.model.saying import say
from newsroom.wiring import newsletter
from newsroom.wiring.doctor import require_doctor

if TYPE_CHECKING:
    from newsroom.model.saying import Saying
    from newsroom.wiring.desk import Desk


def question(desk: Desk, name: str, without_doctor: str | None = None) -> Saying:
    """What is asked before an issue is sent, once it is known that it may be.

    Raises what speaks against sending it: a fault, a text that nobody has said yes to, its state.
    """
    from newsroom.database import reading
    from newsroom.delivery.sending.course import state_of
    from newsroom.model.issue_state import OPEN

    with reading(desk.database) as connection:
        state = state_of(connection, name)
    if state is not None and state not in OPEN:
        return say("Send {name} to {number} readers?", name=name, number=_waiting(desk, name))
    number, leaves = _recipients(desk, name), newsletter.leaves_at(desk, name)
    require_doctor(desk, name, without_doctor, by_itself=False)
    if leaves <= desk.clock():
        return say("Send {name} to {number} readers?", name=name, number=number)
    return say(
        "{name} is to leave {day:%Y-%m-%d %H:%M}. Send it now all the same, to {number} readers?",
        name=name,
        day=leaves.astimezone(desk.site.timezone),
        number=number,
    )


def _waiting(desk: Desk, name: str) -> int:
    """Who still waits for a frozen issue. Raises StateError for one that sending does not move."""
    from newsroom.jobs.issue.issue_status import issue_status
    from newsroom.model.issue_state import IssueState
    from newsroom.schedule.issue_life import advance

    tally = issue_status(desk.database, name, desk.clock())
    if tally.state not in {IssueState.FROZEN, IssueState.SENDING, IssueState.DONE}:
        advance(name, IssueState(tally.state), IssueState.FROZEN)
    return tally.waiting


def _recipients(desk: Desk, name: str) -> int:
    """For how many an issue would be frozen now. Raises what freezing it would."""
    from newsroom.database import reading
    from newsroom.delivery.ledger.audience import readers_of
    from newsroom.jobs.approval.approve import require_approval
    from newsroom.jobs.issue.preflight import require_ready

    made, problems = newsletter.looked_over(desk, name, desk.clock())
    if not desk.is_adjusted:  # a demo sends the sample, whatever day it is
        require_ready(problems)
    edition = made.edition(desk.clock(), None)
    require_approval(desk.database, name, edition.content_hash, desk.clock())
    with reading(desk.database) as connection:
        return sum(1 for _ in readers_of(connection, edition.audience))
