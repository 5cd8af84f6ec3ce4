"""The causes of bounces, and how severe each is for the reader's address."""

from enum import StrEnum

from newsroom.model.delivery import BounceSeverity
from newsroom.model.saying import Saying, say


class Cause(StrEnum):
    """Why a message came back."""

    GONE = "gone"  # no such address, no such domain, or it takes no mail at all
    FULL = "full"  # there is an address, and no room in it
    CLOSED = "closed"  # the mailbox exists and takes nothing (RFC 3463: x.2.1); that may change
    BUSY = "busy"  # too much at once, or too soon
    BROKEN = "broken"  # their machines, or the way to them
    DISTRUST = "distrust"  # what we are: our address, our host, our signature
    CONTENT = "content"  # what we wrote: its size, its form, a rule against it
    FILTERED = "filtered"  # the reader, or the reader's own list, takes no mail from us
    UNKNOWN = "unknown"

    @property
    def severity(self) -> BounceSeverity:
        """How the reader's address is to be taken."""
        return _SEVERITIES.get(self, BounceSeverity.UNKNOWN)

    @property
    def is_ours(self) -> bool:
        """Whether something has to be mended here, since it would happen to others too."""
        return self in {Cause.DISTRUST, Cause.CONTENT}

    @property
    def words(self) -> Saying:
        """What to tell a person."""
        return _WORDS[self]


_SEVERITIES = {
    Cause.GONE: BounceSeverity.HARD,
    Cause.FULL: BounceSeverity.SOFT,
    Cause.CLOSED: BounceSeverity.SOFT,
    Cause.BUSY: BounceSeverity.SOFT,
    Cause.BROKEN: BounceSeverity.SOFT,
    Cause.DISTRUST: BounceSeverity.POLICY,
    Cause.CONTENT: BounceSeverity.POLICY,
    Cause.FILTERED: BounceSeverity.POLICY,
}
_WORDS = {
    Cause.GONE: say("no such address"),
    Cause.FULL: say("the mailbox is full"),
    Cause.CLOSED: say("the mailbox is shut"),
    Cause.BUSY: say("too much at once, or too soon"),
    Cause.BROKEN: say("something failed there, or on the way"),
    Cause.DISTRUST: say("refused for what we are"),
    Cause.CONTENT: say("refused for what we wrote"),
    Cause.FILTERED: say("refused by the reader's own filter or list"),
    Cause.UNKNOWN: say("it does not say why"),
}
