"""Where an issue of the newsletter stands."""

from enum import StrEnum

from newsroom.model.saying import Saying, say


class IssueState(StrEnum):
    """The stations of an issue's life, in the order of a life without trouble."""

    PLANNED = "planned"  # the schedule has a slot for it
    DRAFTED = "drafted"  # its file is written and waits for an approval
    APPROVED = "approved"  # somebody has said yes to exactly this text
    FROZEN = "frozen"  # text and recipients are fixed; no mail has left yet
    SENDING = "sending"
    DONE = "done"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"  # there was nothing new to tell


UNAPPROVED = frozenset({IssueState.PLANNED, IssueState.DRAFTED, IssueState.SKIPPED})
"""Where an issue waits for a yes: with a text to approve, whatever the schedule had noted of it."""

OPEN = UNAPPROVED | {IssueState.APPROVED}
"""Where its text and recipients are not fixed yet."""


ON_ITS_WAY = (IssueState.FROZEN, IssueState.SENDING)
"""Where an issue moves by itself, without a person's word."""


def in_words(state: str) -> Saying:
    """Where an issue stands, for people."""
    return _WORDS[IssueState(state)]


_WORDS = {
    IssueState.PLANNED: say("planned"),
    IssueState.DRAFTED: say("drafted"),
    IssueState.APPROVED: say("approved"),
    IssueState.FROZEN: say("frozen"),
    IssueState.SENDING: say("sending"),
    IssueState.DONE: say("done"),
    IssueState.PAUSED: say("paused"),
    IssueState.CANCELLED: say("cancelled"),
    IssueState.SKIPPED: say("skipped"),
}
