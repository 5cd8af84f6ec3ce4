"""Working through one batch: claim, hand over, record, and on to the next.

While there is no slot free, nothing is claimed: a reader who leaves during the wait is not written
to.
"""

import logging
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from newsroom.database import reading, transaction
from newsroom.database.patience import insist
from newsroom.database.shared_commit import SharedCommits, Work
from newsroom.delivery.ledger.claims import LEASE, Claim, Hashes, waiting
from newsroom.delivery.pace.hours import within_hours
from newsroom.delivery.pace.watch import Suppress
from newsroom.delivery.sending.batches import Hold, put_back, renew
from newsroom.delivery.sending.books import RENEW_EVERY, Books
from newsroom.delivery.sending.clock import Clock
from newsroom.delivery.sending.course import pause
from newsroom.delivery.sending.marks import Mark, SendingMarks
from newsroom.delivery.sending.outcomes import Handed, Policy, failure_of
from newsroom.delivery.sending.pen import Writer, pen_for
from newsroom.delivery.sending.queue import Queue
from newsroom.delivery.transports.transport import Transport
from newsroom.errors import DeliveryError, NewsroomError, StateError
from newsroom.model import Sending
from newsroom.model.delivery import DeliveryState, Envelope, Outcome, Recipient
from newsroom.model.saying import say

log = logging.getLogger(__name__)

T = TypeVar("T")

_LONGEST_WAIT = 15.0  # seconds asleep at a time: a pause or a stop is noticed by then

Fill = Callable[[Recipient], bytes]  # one reader's message, in its final bytes


class Stop(Protocol):
    """A wish to stop, as `threading.Event` carries it."""

    def is_set(self) -> bool:
        """Whether somebody asked to stop."""
        ...

    def wait(self, timeout: float) -> bool:
        """Sleep so many seconds, or less when somebody asks to stop."""
        ...


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What it takes to work through batches, in as many threads as there are connections."""

    database: Engine
    transports: Callable[[], Transport]
    letters: Callable[[str], Fill]  # of an issue; raises NewsroomError when it has none to use
    hashes: Hashes
    suppress: Suppress  # what becomes of an address that does not exist
    forgive: Suppress  # takes that back: it was the receiver's slip
    envelope: Callable[[Recipient], Envelope]  # of one reader's copy
    sending: Sending
    zone: ZoneInfo
    worker: str  # the seat of this process
    clock: Clock
    stop: Stop
    marks: SendingMarks | None = None  # what is known outside the database; None: nothing
    # With a database that refuses: locked, full, away.
    patience: float = LEASE.length.total_seconds()
    _commits: SharedCommits = field(default_factory=SharedCommits, init=False)

    def run_batch(self, name: str, number: int, attempt: int) -> None:
        """Send what is due in one batch, until none is left, time is up or somebody stops it.

        Running a batch twice, or twice at once, mails nobody twice.
        """
        hold = Hold(name, number, attempt, self.worker)
        if not self._write(lambda connection: renew(connection, hold, self.clock())):
            return  # handed out again since: somebody else has it
        try:
            self._work_through(hold)
        except OperationalError as error:
            log.warning(
                say(
                    "batch {batch} of {issue} waits: the database refuses ({fault})",
                    batch=number,
                    issue=name,
                    fault=error.orig,
                )
            )
        finally:
            self._write(lambda connection: put_back(connection, hold))

    def keep_batch(self, name: str, number: int, attempt: int) -> bool:
        """Keep a batch that waits for a connection; false when somebody else has it by now."""
        hold = Hold(name, number, attempt, self.worker)
        return self._write(lambda connection: renew(connection, hold, self.clock()))

    def _write(self, work: Work[T]) -> T:
        """What `work` gives, once it is committed."""

        def once() -> T:
            with transaction(self.database) as connection:
                return work(connection)

        return insist(once, self.patience)

    def _work_through(self, hold: Hold) -> None:
        """Read the letters first: without them nothing is claimed."""
        now = self.clock()
        try:
            fill = self.letters(hold.issue)
        except NewsroomError as error:
            sentence = error.sentence
            self._write(lambda connection: pause(connection, hold.issue, sentence, now))
            return
        with reading(self.database) as connection:
            queue = Queue(waiting(connection, hold.issue, hold.number, now))
        with (
            closing(self.transports()) as transport,
            self.marks.opened(hold.issue) if self.marks else nullcontext() as mark,
            pen_for(
                Writer(self.worker, self.hashes), self.database, self._commits, self.patience
            ) as pen,
        ):
            policy = Policy(self.sending, self.suppress, self.forgive)
            renew_at = now + RENEW_EVERY
            books = Books(pen, hold, queue, self.hashes, policy, self.clock, renew_at)
            try:
                _Run(self, books, queue, fill, transport, mark).work()
            finally:
                books.settle()


@dataclass(slots=True)
class _Run:
    """One worker's pass over a batch."""

    room: Mailroom
    books: Books
    queue: Queue
    fill: Fill
    transport: Transport
    mark: Mark | None
    same_in_a_row: int = 0
    last_failure: str | None = None
    looked: datetime | None = None

    def work(self) -> None:
        """Take turns until there is nobody left to write to now."""
        while self.queue and not self.books.over and not self.room.stop.is_set():
            now = self.look_at_the_clock()
            if not within_hours(self.room.sending.hours, now, self.room.zone):
                return
            recipient = self.queue.first_free(now)
            if recipient is None:
                self.wait(now)
            elif held := self.books.take_turn(recipient):
                self.hand_over(held)

    def look_at_the_clock(self) -> datetime:
        """The time; when it was set back, what was noted by it before says nothing."""
        now, before = self.room.clock(), self.looked
        if before is not None and now < before:
            self.queue.forget_times()
            self.books.renew_at = now
        self.looked = now
        return now

    def wait(self, now: datetime) -> None:
        """Sleep until the next slot, with everything written down and nothing claimed."""
        self.books.settle()
        self.room.stop.wait(min(self.queue.seconds_to_wait(now), _LONGEST_WAIT))

    def hand_over(self, held: Claim) -> None:
        """Make the message and give it to the transport; what happens is kept for the books."""
        if self.mark is not None:
            self.mark.set(held.at)
        try:
            outcome = self.attempt_at(held.recipient)
        except NewsroomError as error:
            self.books.stop_issue(held, error.sentence)
            return
        self.count(outcome)
        self.books.keep(Handed(held, outcome, self.same_in_a_row))

    def attempt_at(self, recipient: Recipient) -> Outcome:
        """One try. Raises NewsroomError, with nothing handed over, for a fault that is ours."""
        try:
            envelope, message = self.room.envelope(recipient), self.fill(recipient)
        except ValueError as error:  # a name or an address that would break the message
            reader = recipient.subscriber_id
            log.warning(say("reader {reader}: no message: {fault}", reader=reader, fault=error))
            reason = say("no message could be made: {error}", error=error)
            return Outcome(DeliveryState.REFUSED, reason=reason)
        except Exception as error:
            reader = recipient.subscriber_id
            log.exception(say("reader {reader}: no message could be made", reader=reader))
            fault = type(error).__name__  # its own words may hold a reader's name or address
            raise StateError(say("no message could be made: {error}", error=fault)) from error
        try:
            return self.transport.send(envelope, message)
        except DeliveryError:
            raise
        except Exception as error:
            reader = recipient.subscriber_id
            log.exception(say("reader {reader}: handing over broke off", reader=reader))
            return Outcome(DeliveryState.UNKNOWN, reason=say("broke off: {error}", error=error))

    def count(self, outcome: Outcome) -> None:
        """Keep the length of the run of equal failures."""
        answer = failure_of(outcome)
        if answer is None:
            self.same_in_a_row, self.last_failure = 0, None
            return
        self.same_in_a_row = self.same_in_a_row + 1 if answer == self.last_failure else 1
        self.last_failure = answer
