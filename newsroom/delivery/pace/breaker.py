"""The circuit breaker: how many refusals stop a lane or an issue until a person has looked.

No reader is ever suppressed for what stops a lane or an issue here.
"""

from dataclasses import dataclass

from newsroom.model.saying import Saying, say

_POLICY_STRIKES = 3  # different readers of one lane refused for policy (RFC 3463: 5.7.x)
_POLICY_LANES = 3  # different lanes that refuse us: then it is not one host's opinion
_LANE_REFUSALS = 5  # fewer say nothing about a lane
_LANE_SHARE = 0.2
_REFUSALS = 5  # fewer say nothing about a list
_SHARE = 0.05  # of the answered, refused or lost
_LOST = 5  # fewer lines that broke off after a whole text are an accident
SAME_IN_A_ROW = 5  # failures with one answer: it speaks of us, or of the relay
_COMPLAINTS = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """How many readers were answered how, since the lane was opened or the issue begun."""

    accepted: int
    refused: int = 0  # for good: at the door, or by a mail that came back
    policy: int = 0  # because the receiver refuses us, not them
    policy_lanes: int = 0  # by how many lanes
    complaints: int = 0
    lost: int = 0  # handed over whole, and no answer came

    @property
    def answered(self) -> int:
        """Everybody the tally covers."""
        return self.accepted + self.refused + self.policy + self.lost


def why_stop_lane(name: str, tally: Tally) -> Saying | None:
    """Why a lane must rest until somebody has looked at the issue `name`, or None."""
    if tally.policy >= _POLICY_STRIKES:
        return say(
            "{number} messages refused for policy; mend what the replies name, "
            "then: newsroom issue resume {name}",
            number=tally.policy,
            name=name,
        )
    refusals = tally.refused + tally.policy
    if refusals >= _LANE_REFUSALS and refusals >= tally.answered * _LANE_SHARE:
        return say(
            "{number} of {answered} messages refused; see that the addresses are right, "
            "then: newsroom issue resume {name}",
            number=refusals,
            answered=tally.answered,
            name=name,
        )
    return None


def why_stop_issue(tally: Tally, same_in_a_row: int = 0) -> Saying | None:
    """Why the whole issue must rest until somebody has looked, or None."""
    if same_in_a_row >= SAME_IN_A_ROW:
        return say(
            "{number} messages failed with the same answer, one after the other",
            number=same_in_a_row,
        )
    if tally.policy_lanes >= _POLICY_LANES:
        return say("{number} mail hosts refuse us for policy", number=tally.policy_lanes)
    if tally.complaints >= _COMPLAINTS:
        return say("{number} readers have reported it as spam", number=tally.complaints)
    if tally.refused > max(_REFUSALS, tally.answered * _SHARE):
        return say(
            "{number} of the first {answered} addresses refused: is this an old list?",
            number=tally.refused,
            answered=tally.answered,
        )
    if tally.lost > max(_LOST, tally.answered * _SHARE):
        return say(
            "the mail server did not answer for {number} of the first {answered} copies: "
            "nobody knows whether it took them",
            number=tally.lost,
            answered=tally.answered,
        )
    return None
