"""When refusals mean that something is wrong with us."""

import pytest

from newsroom.delivery.pace.breaker import Tally, why_stop_issue, why_stop_lane


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
    assert (why_stop_lane("2026-var", Tally(accepted, refused, policy)) is not None) is stops


@pytest.mark.parametrize(
    ("tally", "in_a_row", "reason"),
    [
        (Tally(90, 5), 1, None),
        (Tally(90, 6), 1, "6 of the first 96 addresses refused"),
        (Tally(200, 9), 1, None),  # fewer than one in twenty
        (Tally(200, 11), 1, "11 of the first 211 addresses refused"),
        (Tally(200, 5), 5, "5 messages failed with the same answer"),
        (Tally(200, 5), 4, None),
        (Tally(200, policy=9, policy_lanes=2), 1, None),  # two hosts' opinion
        (Tally(200, policy=3, policy_lanes=3), 1, "3 mail hosts refuse us"),
        (Tally(200, complaints=2), 0, None),
        (Tally(200, complaints=3), 0, "3 readers have reported it as spam"),
        (Tally(90, lost=5), 1, None),
        (Tally(90, lost=6), 1, "the mail server did not answer for 6 of the first 96 copies"),
        (Tally(200, lost=10), 1, None),
    ],
)
def test_issue(tally: Tally, in_a_row: int, reason: str | None) -> None:
    """Dead addresses, equal failures, hosts that refuse us, complaints and lost answers stop it."""
    why = why_stop_issue(tally, in_a_row)

    assert (why is None) is (reason is None)
    assert why is None or why.startswith(reason or "")


def test_a_stopped_lane_names_its_way_on() -> None:
    """What is to be typed is told whole, with the issue's name."""
    for tally in (Tally(0, refused=9), Tally(0, policy=9)):
        assert "newsroom issue resume 2026-var" in (why_stop_lane("2026-var", tally) or "")
