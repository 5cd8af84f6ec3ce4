"""When refusals mean that something is wrong with us: stop, and call for a person.

No reader is ever suppressed for what stops a lane or an issue here.
"""

from dataclasses import dataclass

_POLICY_STRIKES = 3  # different readers of one lane refused for policy (RFC 3463: 5.7.x)
_LANE_REFUSALS = 5  # fewer say nothing about a lane
_LANE_SHARE = 0.2
_FIRST = 100  # readers that the list's health is judged by
_HARD_SHARE = 0.05
_SAME_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many readers were answered how, since the lane was opened or the issue begun."""

    accepted: int
    refused: int  # for good
    policy: int  # put off because the receiver refuses us, not them

    @property
    def answered(self) -> int:
        """Everybody the tally covers."""
        return self.accepted + self.refused + self.policy


def why_stop_lane(tally: Tally) -> str | None:
    """Why a lane must rest until somebody has looked, or None."""
    if tally.policy >= _POLICY_STRIKES:
        return (
            f"{tally.policy} messages refused for policy; mend what the replies name, "
            "then: newsroom issue resume"
        )
    refusals = tally.refused + tally.policy
    if refusals >= _LANE_REFUSALS and refusals >= tally.answered * _LANE_SHARE:
        return (
            f"{refusals} of {tally.answered} messages refused; see that the addresses are right, "
            "then: newsroom issue resume"
        )
    return None


def why_stop_issue(tally: Tally, same_in_a_row: int) -> str | None:
    """Why the whole issue must rest until somebody has looked, or None."""
    if same_in_a_row >= _SAME_IN_A_ROW:
        return f"{same_in_a_row} refusals with the same reply one after the other"
    if tally.answered <= _FIRST and tally.refused > _FIRST * _HARD_SHARE:
        return (
            f"{tally.refused} of the first {tally.answered} addresses refused: is this an old list?"
        )
    return None
