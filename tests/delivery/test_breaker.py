"""When refusals mean that something is wrong with us."""

import pytest

from newsroom.delivery.breaker import Tally, why_stop_issue, why_stop_lane


@pytest.mark.parametrize(
    ("accepted", "refused", "policy", "stops"),
    [
        (0, 0, 2, False),
        (500, 0, 3, True),  # three readers refused for our fault
        (3, 4, 0, False),  # too few to say anything
        (20, 5, 0, True),  # a fifth
        (21, 5, 0, False),
        (0, 3, 2, True),
    ],
)
def test_lane(accepted: int, refused: int, policy: int, stops: bool) -> None:  # noqa: FBT001 (the expected answer)
    """Three policy refusals, or a fifth of the lane refused, stop a lane."""
    assert (why_stop_lane(Tally(accepted, refused, policy)) is not None) is stops


@pytest.mark.parametrize(
    ("accepted", "refused", "in_a_row", "stops"),
    [
        (90, 5, 1, False),
        (90, 6, 1, True),  # more than five of the first hundred
        (200, 9, 1, False),  # the first hundred were well
        (200, 5, 5, True),  # the same answer five times running
        (200, 5, 4, False),
    ],
)
def test_issue(accepted: int, refused: int, in_a_row: int, stops: bool) -> None:  # noqa: FBT001 (the expected answer)
    """Many dead addresses at the start, or the same refusal again and again, stop the issue."""
    assert (why_stop_issue(Tally(accepted, refused, 0), in_a_row) is not None) is stops
