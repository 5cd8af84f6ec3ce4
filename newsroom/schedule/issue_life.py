"""An issue's life: which state may follow which, and what to do when one may not."""

from newsroom.errors import StateError
from newsroom.model.issue_state import IssueState as State
from newsroom.model.issue_state import in_words
from newsroom.model.saying import Saying, say

_NEXT = {
    State.PLANNED: {State.DRAFTED, State.CANCELLED, State.SKIPPED},
    State.DRAFTED: {State.APPROVED, State.CANCELLED, State.SKIPPED},
    # An edit voids the approval. The recipients are counted only at the slot.
    State.APPROVED: {State.DRAFTED, State.FROZEN, State.CANCELLED, State.SKIPPED},
    # Until the first mail the yes may be taken back, or another day set: what was frozen is then
    # let go.
    State.FROZEN: {State.DRAFTED, State.APPROVED, State.SENDING, State.PAUSED, State.CANCELLED},
    State.SENDING: {State.DONE, State.PAUSED, State.CANCELLED},
    State.PAUSED: {State.DRAFTED, State.APPROVED, State.SENDING, State.CANCELLED},
    State.DONE: set[State](),
    State.CANCELLED: set[State](),
    State.SKIPPED: {State.DRAFTED, State.CANCELLED},  # somebody may still write one by hand
}
_NEW = say("newsroom new issue TITLE")


def advance(issue: str, state: State, target: State) -> State:
    """The state that an issue is in after a step from `state` to `target`.

    Raises StateError, which says what can be done instead, when no such step exists; staying
    where one is counts as none.
    """
    if target in _NEXT[state]:
        return target
    raise refusal(issue, state, target)


def refusal(issue: str, state: State, target: State) -> StateError:
    """What is said when an issue may not go from one state to another."""
    way_on = _way_on(issue, state)
    if state is target:
        return StateError(
            say("{issue} is already {state}; {fix}", issue=issue, state=in_words(state), fix=way_on)
        )
    message = say(
        "{issue} is {state} and {cannot}; {fix}",
        issue=issue,
        state=in_words(state),
        cannot=_CANNOT[target],
        fix=way_on,
    )
    return StateError(message)


def _way_on(issue: str, state: State) -> Saying:
    """What can be done with an issue in that state."""
    match state:
        case State.PLANNED:
            return say("draft it first: {command}", command=f"newsroom issue draft {issue}")
        case State.DRAFTED:
            command = say("newsroom issue approve {name} --by NAME", name=issue)
            return say("get it approved first: {command}", command=command)
        case State.APPROVED:
            return say("send it: {command}", command=f"newsroom issue send {issue}")
        case State.FROZEN | State.SENDING:
            return say(
                "stop it: {pause}, or {cancel}",
                pause=f"newsroom issue pause {issue}",
                cancel=f"newsroom issue cancel {issue}",
            )
        case State.PAUSED:
            return say(
                "go on: {resume}, or end it: {cancel}",
                resume=f"newsroom issue resume {issue}",
                cancel=f"newsroom issue cancel {issue}",
            )
        case State.SKIPPED:
            return say("draft it after all: {command}", command=f"newsroom issue draft {issue}")
        case State.CANCELLED:
            return say(
                "whoever got it has it, and no others will; a new one goes to all: {command}",
                command=_NEW,
            )
        case State.DONE:
            return say("write another one: {command}", command=_NEW)


_CANNOT = {
    State.PLANNED: say("cannot be planned"),
    State.DRAFTED: say("cannot be a draft again"),
    State.APPROVED: say("cannot be approved"),
    State.FROZEN: say("cannot be sent"),
    State.SENDING: say("cannot be sent"),
    State.DONE: say("cannot be finished"),
    State.PAUSED: say("cannot be paused"),
    State.CANCELLED: say("cannot be called off"),
    State.SKIPPED: say("cannot be skipped"),
}


def states_before(target: State) -> frozenset[State]:
    """The states from which an issue may step to `target`, for the ledger's WHERE clause."""
    return frozenset(state for state in State if target in _NEXT[state])
