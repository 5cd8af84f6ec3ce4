"""Why a message came back, and what each reason says about the address."""

import pytest

from newsroom.bounces.cause import Cause


def test_only_what_we_can_mend_is_ours() -> None:
    """A refusal by the reader's own list stops no issue; distrust and content do."""
    assert {one for one in Cause if one.is_ours} == {Cause.DISTRUST, Cause.CONTENT}


@pytest.mark.parametrize(
    ("severity", "causes"),
    [
        ("hard", {Cause.GONE}),
        ("soft", {Cause.FULL, Cause.CLOSED, Cause.BUSY, Cause.BROKEN}),
        ("policy", {Cause.DISTRUST, Cause.CONTENT, Cause.FILTERED}),
        ("unknown", {Cause.UNKNOWN}),
    ],
)
def test_only_a_missing_address_is_hard(severity: str, causes: set[Cause]) -> None:
    """What passes is soft, what the receiver decides is policy, and nobody is struck unheard."""
    assert {one for one in Cause if one.severity == severity} == causes


@pytest.mark.parametrize("cause", Cause)
def test_each_has_words_for_a_person(cause: Cause) -> None:
    """No code is shown where somebody reads."""
    assert " " in cause.words
