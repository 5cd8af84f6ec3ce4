"""One issue to one reader: where it stands, and how an attempt to hand it over went."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from newsroom.model.matter import Held, Matter


class DeliveryState(StrEnum):
    """Where one reader's copy of an issue stands. Each copy is in exactly one of these."""

    PENDING = "pending"  # waits for its turn
    CLAIMED = "claimed"  # somebody is handing it over right now
    DEFERRED = "deferred"  # put off by the receiver; tried again at `next_at`
    ACCEPTED = "accepted"  # the relay took it; whether it was read nobody knows
    REFUSED = "refused"  # the relay or the receiver said no for good
    EXCLUDED = "excluded"  # left, or was suppressed, before their turn came
    UNKNOWN = "unknown"  # nobody can say whether it was taken: a person decides
    CANCELLED = "cancelled"  # the issue was called off


WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.DEFERRED)
"""Copies that nobody has settled yet; of the unknown a person decides."""


class BounceSeverity(StrEnum):
    """What a refusal says about the reader's address."""

    HARD = "hard"  # there is no such mailbox: never write there again
    SOFT = "soft"  # full, too large, not now
    POLICY = "policy"  # the sender's fault: the reader is never punished for it
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How handing over one message went."""

    state: DeliveryState  # ACCEPTED, DEFERRED, REFUSED or UNKNOWN
    code: str | None = None  # the reply and its enhanced status: "550 5.1.1"
    reason: str | None = None  # in words, for a person
    severity: BounceSeverity | None = None  # of a refusal or a deferral
    whole_relay: bool = False  # it would have gone the same for everybody: let the relay rest
    wait: timedelta | None = None  # for how long, where we were told


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands outside one message: whom it is for, and where it comes back to."""

    sender: str  # bounces go there (RFC 5321 section 4.4)
    recipient: str
    envelope_id: str | None = None  # comes back in a bounce (RFC 3461 section 4.4)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reader's copy of an issue: everything a message needs to know of them."""

    issue: str
    subscriber_id: int
    email: str
    name: str | None
    lang: str
    lane: str  # the receiving host group
    message_id: str  # with its angle brackets; the same on every attempt
    attempts: int  # how often handing it over was begun


@dataclass(frozen=True, slots=True)
class LaneStatus:
    """Whether mail flows to one group of receiving hosts."""

    lane: str
    state: str  # open, paused (opens by itself), stopped (until somebody resumes)
    reason: str | None
    until: datetime | None = None  # when a paused one opens


@dataclass(frozen=True, slots=True)
class Answer:
    """The last word of a group of receiving hosts to those whose copy it put off."""

    lane: str
    code: str | None
    reason: str  # a saying, where it is ours and not a server's
    copies: int  # how many are put off there


@dataclass(frozen=True, slots=True)
class Unreached:
    """A reader who does not have the issue for certain, and why."""

    email: str
    state: DeliveryState
    code: str | None
    reason: str | None  # a saying, where it is ours and not a server's


@dataclass(frozen=True, slots=True)
class Silent:
    """Copies that were in hand when their sender fell silent."""

    copies: int
    until: datetime | None  # when the last is given up; None: that is past, and nobody did it


@dataclass(frozen=True, slots=True)
class Counts:
    """An issue's ledger added up. At every commit `frozen` is the sum of the eight states."""

    issue: str
    state: str  # IssueState
    frozen: int
    pending: int
    claimed: int
    deferred: int
    accepted: int
    refused: int
    excluded: int
    unknown: int
    cancelled: int
    unknown_recipients: tuple[str, ...]
    lanes: tuple[LaneStatus, ...]
    note: str | None = None  # why it is paused or cancelled, or what it waits for
    matter: Matter | None = None  # what that is about, where more hangs on it
    held: Held | None = None  # when it should have left, of one that was held
    next_at: datetime | None = None  # when the next deferred copy is due
    send_after: datetime | None = None  # the undo window ends here
    released: datetime | None = None  # its page was on the web, and mail could leave
    deadline: datetime | None = None  # who is put off after it is not tried again
    is_late: bool = False  # that is past: who is put off has their last tries
    silent: Silent | None = None  # copies that wait for the word of their sender
    silent_since: datetime | None = None  # nobody has sent it since then, though mail may leave
    resends: bool = False  # and are sent again by themselves without it
    bounced: int = 0  # accepted, and come back since
    causes: tuple[tuple[str, int], ...] = ()  # why those came back, the commonest first
    complained: int = 0  # accepted, and called spam
    waits_for: str | None = None  # what the next mail waits for
    oldest_pending: datetime | None = None  # since when who waits longest does
    rate: float = 0.0  # copies accepted a minute, of late
    eta: datetime | None = None  # when everybody may have been tried, as things stand
    unreached: tuple[Unreached, ...] = ()
    answers: tuple[Answer, ...] = ()  # why copies are put off, by lane
    without_doctor: str | None = None  # why it was sent without a good verdict

    def may_be_undone(self, now: datetime) -> bool:
        """Whether its first mail waits for the end of the undo window."""
        return self.released is None and self.send_after is not None and self.send_after > now

    @property
    def waiting(self) -> int:
        """How many copies nobody has settled yet, the unknown ones apart."""
        return self.pending + self.claimed + self.deferred

    @property
    def adds_up(self) -> bool:
        """Whether every frozen recipient is in exactly one state."""
        settled = self.accepted + self.refused + self.excluded + self.unknown + self.cancelled
        return self.frozen == self.waiting + settled
