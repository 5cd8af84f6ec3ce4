"""Working through one batch: claim, hand over, record, and on to the next.

An accepted message's record and the next one's claim share a commit, so a message costs one. While
there is no slot free, nothing is claimed: a reader who leaves during the wait is not written to.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from newsroom.database import reading, transaction
from newsroom.delivery.batches import BATCH_LEASE, Hold, put_back, renew
from newsroom.delivery.clock import Clock
from newsroom.delivery.course import pause, state_of
from newsroom.delivery.hours import within_hours
from newsroom.delivery.lanes import GLOBAL, SHARED, lane_key, limits, resting_until, take_slot
from newsroom.delivery.ledger import Claim, Hashes, claim, exclude, give_back, waiting
from newsroom.delivery.marks import Mark, Marks
from newsroom.delivery.outcomes import Handed, Policy, failure_of, write_outcome
from newsroom.delivery.transports.transport import Transport
from newsroom.delivery.watch import Suppress
from newsroom.errors import DeliveryError, NewsroomError, StateError
from newsroom.model import Sending
from newsroom.model.delivery import DeliveryState, Envelope, Outcome, Recipient
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import say

log = logging.getLogger(__name__)

_LONGEST_WAIT = 15.0  # seconds asleep at a time: a pause or a stop is noticed by then
_RENEW_EVERY = BATCH_LEASE / 4
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Fill = Callable[[Recipient], bytes]  # one reader's message, in its final bytes


class Stop(Protocol):
    """A wish to stop, as `threading.Event` carries it."""

    def is_set(self) -> bool:
        """Whether somebody asked to stop."""
        ...

    def wait(self, timeout: float) -> bool:
        """Sleep so many seconds, or less when somebody asks to stop."""
        ...


def shuts_nobody_out(_connection: Connection, _email: str, _now: datetime) -> None:
    """Nothing to take back where `suppress` does nothing."""


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What it takes to work through batches."""

    database: Engine
    transports: Callable[[], Transport]
    letters: Callable[[str], Fill]  # of an issue; raises NewsroomError when it has none to use
    hashes: Hashes
    suppress: Suppress  # what becomes of an address that does not exist
    sender: str  # the envelope's
    sending: Sending
    zone: ZoneInfo
    worker: str  # the seat of this process
    clock: Clock
    stop: Stop
    forgive: Suppress = shuts_nobody_out  # takes `suppress` back: it was the receiver's slip
    marks: Marks | None = None  # what is known outside the database; None: nothing

    def run_batch(self, name: str, number: int, attempt: int) -> None:
        """Send what is due in one batch, until none is left, time is up or somebody stops it.

        Running a batch twice, or twice at once, mails nobody twice.
        """
        hold = Hold(name, number, attempt, self.worker)
        with transaction(self.database) as connection:
            if not renew(connection, hold, self.clock()):
                return  # handed out again since: somebody else has it
        try:
            self._work_through(hold)
        finally:
            with transaction(self.database) as connection:
                put_back(connection, hold)

    def _work_through(self, hold: Hold) -> None:
        """Read the letters first: without them nothing is claimed."""
        now = self.clock()
        try:
            fill = self.letters(hold.issue)
        except NewsroomError as error:
            with transaction(self.database) as connection:
                pause(connection, hold.issue, error.sentence, now)
            return
        with reading(self.database) as connection:
            queue = deque(waiting(connection, hold.issue, hold.number, now))
        transport = self.transports()
        with self.marks.opened(hold.issue) if self.marks else nullcontext() as mark:
            run = _Run(self, hold, fill, transport, queue, now + _RENEW_EVERY, mark)
            try:
                run.work()
            finally:
                transport.close()
                run.settle()


@dataclass(slots=True)
class _Run:
    """One worker's pass over a batch."""

    room: Mailroom
    hold: Hold
    fill: Fill
    transport: Transport
    queue: deque[Recipient]
    renew_at: datetime
    mark: Mark | None
    unwritten: Handed | None = None  # handed over, not yet in the ledger
    free_at: dict[str, datetime] = field(default_factory=dict)  # by rate key
    same_in_a_row: int = 0
    last_failure: str | None = None
    over: bool = False

    def work(self) -> None:
        """Take turns until there is nobody left to write to now."""
        while self.queue and not self.over and not self.room.stop.is_set():
            now = self.room.clock()
            if not within_hours(self.room.sending.hours, now, self.room.zone):
                return
            recipient = self.first_free(now)
            if recipient is None:
                self.wait(now)
                continue
            held = self.take_turn(recipient)
            if held is not None:
                self.hand_over(held)

    def first_free(self, now: datetime) -> Recipient | None:
        """The first in the queue whose lane has a slot free, as far as we know."""
        if any(self.free_at.get(key, now) > now for key in SHARED):
            return None
        for recipient in self.queue:
            if self.free_at.get(lane_key(recipient.lane), now) <= now:
                return recipient
        return None

    def wait(self, now: datetime) -> None:
        """Sleep until the next slot, with everything written down and nothing claimed."""
        self.settle()
        lanes = {lane_key(recipient.lane) for recipient in self.queue}
        soonest = min(self.free_at.get(lane, _LONG_AGO) for lane in lanes)
        shared = (self.free_at.get(key, _LONG_AGO) for key in SHARED)
        seconds = (max(soonest, *shared) - now).total_seconds()
        self.room.stop.wait(min(max(seconds, 0.0), _LONGEST_WAIT))

    def take_turn(self, recipient: Recipient) -> Claim | None:
        """Write what is unwritten and claim the next copy, in one commit."""
        with transaction(self.room.database) as connection:
            now = self.room.clock()
            self.keep_books(connection, now)
            held = None if self.over else self.claim(connection, recipient, now)
        self.unwritten = None
        if held is not None and self.mark is not None:
            self.mark.set(now)
        return held

    def settle(self) -> None:
        """Write what is unwritten, in a commit of its own."""
        with transaction(self.room.database) as connection:
            self.keep_books(connection, self.room.clock())
        self.unwritten = None

    def keep_books(self, connection: Connection, now: datetime) -> None:
        """Write the last outcome, and keep the batch while it is still ours."""
        if self.unwritten is not None:
            policy = Policy(self.room.sending, self.room.suppress, self.room.forgive)
            write_outcome(connection, self.unwritten, policy, now)
        if now >= self.renew_at:
            self.renew_at = now + _RENEW_EVERY
            self.over = self.over or not renew(connection, self.hold, now)

    def claim(self, connection: Connection, recipient: Recipient, now: datetime) -> Claim | None:
        """Take a slot and claim the copy; a slot that is not used goes back."""
        resting = resting_until(connection, recipient.lane, now)
        if resting:
            self.leave_out(resting)
            return None
        with connection.begin_nested() as slots:
            if not self.take_slots(connection, recipient, now):
                slots.rollback()  # the lane's too, when all lanes together have none
                return None
            self.queue.remove(recipient)
            held = claim(connection, recipient, self.room.hashes, self.room.worker, now)
            if held is not None:
                return held
            slots.rollback()
        if exclude(connection, recipient, self.room.hashes, now) is None:
            self.over = state_of(connection, self.hold.issue) is not IssueState.SENDING
        return None

    def take_slots(self, connection: Connection, recipient: Recipient, now: datetime) -> bool:
        """Ask the lane's row, then those that all lanes share."""
        for key, pace in limits(self.room.sending, recipient.lane):
            slot = take_slot(connection, key, pace, now)
            self.free_at[key] = slot.free_at
            if not slot.taken:
                return False
        return True

    def leave_out(self, resting: Collection[str]) -> None:
        """Forget whom a pause keeps waiting: the batch is handed out again when it is over."""
        self.over = self.over or GLOBAL in resting
        self.queue = deque(r for r in self.queue if lane_key(r.lane) not in resting)

    def hand_over(self, held: Claim) -> None:
        """Make the message and give it to the transport; what happens is kept for the books."""
        try:
            outcome = self.attempt_at(held.recipient)
        except NewsroomError as error:
            self.stop_issue(held, error.sentence)
            return
        self.count(outcome)
        self.unwritten = Handed(held, outcome, self.same_in_a_row)
        if outcome.state is not DeliveryState.ACCEPTED:
            self.settle()  # by itself: it may stop lanes, and a claim in one commit could deadlock

    def attempt_at(self, recipient: Recipient) -> Outcome:
        """One try. Raises NewsroomError, with nothing handed over, for a fault that is ours."""
        try:
            message = self.fill(recipient)
        except ValueError as error:  # a name or an address that would break the message
            log.warning("subscriber %d: no message: %s", recipient.subscriber_id, error)
            reason = say("no message could be made: {error}", error=error)
            return Outcome(DeliveryState.REFUSED, reason=reason)
        except Exception as error:
            log.exception("no message could be made for subscriber %d", recipient.subscriber_id)
            raise StateError(say("no message could be made: {error!r}", error=error)) from error
        try:
            return self.transport.send(Envelope(self.room.sender, recipient.email), message)
        except DeliveryError:
            raise
        except Exception as error:
            log.exception("handing over to subscriber %d broke off", recipient.subscriber_id)
            return Outcome(DeliveryState.UNKNOWN, reason=say("broke off: {error}", error=error))

    def stop_issue(self, held: Claim, reason: str) -> None:
        """Nobody's mail can leave this way: pause the issue until a person has looked."""
        self.over = True
        with transaction(self.room.database) as connection:
            now = self.room.clock()
            give_back(connection, held, now)
            pause(connection, self.hold.issue, reason, now)

    def count(self, outcome: Outcome) -> None:
        """Keep the length of the run of equal failures."""
        answer = failure_of(outcome)
        if answer is None:
            self.same_in_a_row, self.last_failure = 0, None
            return
        self.same_in_a_row = self.same_in_a_row + 1 if answer == self.last_failure else 1
        self.last_failure = answer
