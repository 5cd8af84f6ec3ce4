"""Where an issue of the newsletter stands."""

from enum import StrEnum


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
