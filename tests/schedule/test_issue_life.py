"""An issue's life: the steps there are, and what is said of those there are not."""

import pytest

from newsroom.errors import StateError
from newsroom.model.issue_state import IssueState as State
from newsroom.schedule import advance, states_before

# A row is where an issue stands, a column where it is to go: x is a step, . is none.
TABLE = """
           planned drafted approved frozen sending done paused cancelled skipped
planned    .       x       .        .      .       .    .      x         x
drafted    .       .       x        .      .       .    .      x         x
approved   .       x       .        x      .       .    .      x         x
frozen     .       x       x        .      x       .    x      x         .
sending    .       .       .        .      .       x    x      x         .
done       .       .       .        .      .       .    .      .         .
paused     .       x       x        .      x       .    .      x         .
cancelled  .       .       .        .      .       .    .      .         .
skipped    .       x       .        .      .       .    .      x         .
"""
HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
STEPS = {
    (State(row[0]), State(target)): mark == "x"
    for row in ROWS
    for target, mark in zip(HEAD, row[1:], strict=True)
}


def test_the_table_has_every_pair_of_states() -> None:
    """No state is forgotten, in either direction."""
    assert STEPS.keys() == {(state, target) for state in State for target in State}


@pytest.mark.parametrize(("state", "target"), [step for step, there in STEPS.items() if there])
def test_step(state: State, target: State) -> None:
    """Each step of the table can be taken, and gives the state it leads to."""
    assert advance("2026-var", state, target) is target
    assert state in states_before(target)


@pytest.mark.parametrize(("state", "target"), [step for step, there in STEPS.items() if not there])
def test_no_such_step(state: State, target: State) -> None:
    """Any other is refused: nothing is sent unapproved, nothing sent is unsent."""
    with pytest.raises(StateError, match=r"^2026-var is .*; .*: newsroom "):
        advance("2026-var", state, target)
    assert state not in states_before(target)


@pytest.mark.parametrize(
    ("state", "target", "message"),
    [
        (
            State.DRAFTED,
            State.FROZEN,
            "2026-var is drafted and cannot be sent; "
            "get it approved first: newsroom issue approve 2026-var --by NAME",
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
