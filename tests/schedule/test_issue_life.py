"""An issue's life: the steps there are, and what is said of those there are not."""

from itertools import pairwise

import pytest

from newsroom.errors import StateError
from newsroom.model.issue_state import IssueState as State
from newsroom.schedule import advance, states_before


def test_a_life_without_trouble() -> None:
    """From planned to done, one step at a time."""
    life = [
        State.PLANNED,
        State.DRAFTED,
        State.APPROVED,
        State.FROZEN,
        State.SENDING,
        State.DONE,
    ]

    assert [advance("2026-var", now, then) for now, then in pairwise(life)] == life[1:]


@pytest.mark.parametrize(
    ("state", "target"),
    [
        (State.APPROVED, State.DRAFTED),  # an edit voids the approval
        (State.DRAFTED, State.SKIPPED),  # nothing new to tell
        (State.SKIPPED, State.DRAFTED),  # written by hand after all
        (State.FROZEN, State.PAUSED),
        (State.SENDING, State.PAUSED),
        (State.PAUSED, State.SENDING),
        *((state, State.CANCELLED) for state in State if state not in {
            State.DONE, State.CANCELLED, State.SKIPPED
        }),
    ],
)  # fmt: skip
def test_side_step(state: State, target: State) -> None:
    """Pausing, cancelling, skipping and coming back are steps where they make sense."""
    assert advance("2026-var", state, target) is target


@pytest.mark.parametrize(
    ("state", "target"),
    [
        (State.PLANNED, State.APPROVED),
        (State.DRAFTED, State.FROZEN),  # never without an approval
        (State.DRAFTED, State.SENDING),
        (State.APPROVED, State.SENDING),
        (State.FROZEN, State.DRAFTED),  # the text is fixed
        (State.SENDING, State.SKIPPED),
        (State.PAUSED, State.DONE),
        *((State.DONE, target) for target in State),
        *((State.CANCELLED, target) for target in State),
        *((state, state) for state in State),
    ],
)
def test_no_such_step(state: State, target: State) -> None:
    """Nothing is sent unapproved, nothing sent is unsent, and no state follows itself."""
    with pytest.raises(StateError, match=rf"^2026-var is .*{target}; .*: newsroom "):
        advance("2026-var", state, target)


@pytest.mark.parametrize(
    ("state", "target", "message"),
    [
        (
            State.DRAFTED,
            State.FROZEN,
            "2026-var is drafted and cannot become frozen; "
            "get it approved first: newsroom issue approve 2026-var --by CONTACT",
        ),
        (
            State.PAUSED,
            State.PAUSED,
            "2026-var is already paused; go on: newsroom issue resume 2026-var, "
            "or end it: newsroom issue cancel 2026-var",
        ),
    ],
)
def test_message(state: State, target: State, message: str) -> None:
    """A refusal names the issue, its state, what was asked, and the command that goes on."""
    with pytest.raises(StateError) as refusal:
        advance("2026-var", state, target)

    assert str(refusal.value) == message


def test_states_before() -> None:
    """The ledger may ask which states a step can start from."""
    assert states_before(State.SENDING) == {State.FROZEN, State.PAUSED}
    assert states_before(State.PLANNED) == frozenset()
