"""An issue's life: which state may follow which, and what to do when one may not."""

from newsroom.errors import StateError
from newsroom.model.issue_state import IssueState as State

_NEXT = {
    State.PLANNED: {State.DRAFTED, State.CANCELLED, State.SKIPPED},
    State.DRAFTED: {State.APPROVED, State.CANCELLED, State.SKIPPED},
    # An edit voids the approval. The recipients are counted only at the slot.
    State.APPROVED: {State.DRAFTED, State.FROZEN, State.CANCELLED, State.SKIPPED},
    State.FROZEN: {State.SENDING, State.PAUSED, State.CANCELLED},
    State.SENDING: {State.DONE, State.PAUSED, State.CANCELLED},
    State.PAUSED: {State.SENDING, State.CANCELLED},
    State.DONE: set[State](),
    State.CANCELLED: set[State](),
    State.SKIPPED: {State.DRAFTED},  # nothing was sent: somebody may still write one by hand
}

_WAY_ON = {
    State.PLANNED: "draft it first: newsroom issue draft {issue}",
    State.DRAFTED: "get it approved first: newsroom issue approve {issue} --by CONTACT",
    State.APPROVED: "send it: newsroom issue send {issue}",
    State.FROZEN: "stop it: newsroom issue pause {issue}, or issue cancel {issue}",
    State.SENDING: "stop it: newsroom issue pause {issue}, or issue cancel {issue}",
    State.PAUSED: "go on: newsroom issue resume {issue}, or end it: newsroom issue cancel {issue}",
    State.DONE: "write another one: newsroom new issue TITLE",
    State.CANCELLED: "write another one: newsroom new issue TITLE",
    State.SKIPPED: "draft it after all: newsroom issue draft {issue}",
}


def advance(issue: str, state: State, target: State) -> State:
    """The state that an issue is in after a step from `state` to `target`.

    Raises StateError, which says what can be done instead, when no such step exists; staying
    where one is counts as none.
    """
    if target in _NEXT[state]:
        return target
    way_on = _WAY_ON[state].format(issue=issue)
    if state is target:
        raise StateError(f"{issue} is already {state}; {way_on}")
    raise StateError(f"{issue} is {state} and cannot become {target}; {way_on}")


def states_before(target: State) -> frozenset[State]:
    """The states from which an issue may step to `target`, for the ledger's WHERE clause."""
    return frozenset(state for state in State if target in _NEXT[state])
