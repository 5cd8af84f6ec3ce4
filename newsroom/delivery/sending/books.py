"""The claims and outcomes of one worker while it works through a batch.

An accepted message's record and the next one's claim share a commit, so a message costs one.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from newsroom.delivery.ledger.claims import Claim, Hashes, claim, exclude, give_back
from newsroom.delivery.pace.lanes import GLOBAL, limits, resting_until, take_slot
from newsroom.delivery.sending.batches import BATCH_LEASE, Hold, renew
from newsroom.delivery.sending.clock import Clock
from newsroom.delivery.sending.course import pause, state_of
from newsroom.delivery.sending.outcomes import Handed, Policy, write_outcome
from newsroom.delivery.sending.pen import Pen
from newsroom.delivery.sending.queue import Queue
from newsroom.model.delivery import DeliveryState, Recipient
from newsroom.model.issue_state import IssueState

RENEW_EVERY = BATCH_LEASE.renew_every


@dataclass(slots=True)
class Books:
    """The claims and outcomes of one batch, in the hands of one worker."""

    pen: Pen
    hold: Hold
    queue: Queue
    hashes: Hashes
    policy: Policy
    clock: Clock
    renew_at: datetime
    unwritten: Handed | None = None  # handed over, not yet in the ledger
    over: bool = False  # nothing more may be claimed

    def take_turn(self, recipient: Recipient) -> Claim | None:
        """Write what is unwritten and claim the next copy, in one commit."""
        now = self.clock()
        if self._is_plain(recipient, now):
            return self._at_a_stroke(recipient, now)
        held, kept = self.pen.write(lambda connection: self._write_and_claim(connection, recipient))
        self._is_written(kept)
        return held

    def settle(self) -> None:
        """Write what is unwritten, in a commit of its own."""
        self._is_written(self.pen.write(lambda connection: self._keep(connection, self.clock())))

    def keep(self, handed: Handed) -> None:
        """Keep an outcome until the next commit; what is no acceptance is written at once.

        It may stop lanes, and a claim in one commit with that could deadlock.
        """
        self.unwritten = handed
        if handed.outcome.state is not DeliveryState.ACCEPTED:
            self.settle()

    def stop_issue(self, held: Claim, reason: str) -> None:
        """Nobody's mail can leave this way: pause the issue until a person has looked."""
        self.over = True

        def write(connection: Connection) -> None:
            now = self.clock()
            give_back(connection, held, now)
            pause(connection, self.hold.issue, reason, now)

        self.pen.write(write)

    def _is_plain(self, recipient: Recipient, now: datetime) -> bool:
        """Whether there is nothing to do but to claim, and to record an acceptance at most."""
        last = self.unwritten
        accepted = last is None or last.outcome.state is DeliveryState.ACCEPTED
        return accepted and now < self.renew_at and not limits(self.policy.sending, recipient.lane)

    def _at_a_stroke(self, recipient: Recipient, now: datetime) -> Claim | None:
        held = self.pen.stroke(self.unwritten, recipient, now)
        self.unwritten = None
        self.queue.take(recipient)
        if held is None:
            self.pen.write(lambda connection: self._drop(connection, recipient, now))
        return held

    def _write_and_claim(
        self, connection: Connection, recipient: Recipient
    ) -> tuple[Claim | None, datetime | None]:
        now = self.clock()  # once the database may be written: waiting for it uses up no slot
        kept = self._keep(connection, now)
        return (None if self.over else self._claim(connection, recipient, now)), kept

    def _keep(self, connection: Connection, now: datetime) -> datetime | None:
        """Write the last outcome, and keep the batch while it is ours; when that was, if it was."""
        if self.unwritten is not None:
            write_outcome(connection, self.unwritten, self.policy, now)
        if now < self.renew_at:
            return None
        self.over = self.over or not renew(connection, self.hold, now)
        return now

    def _is_written(self, kept: datetime | None) -> None:
        """Forget what is committed now, and not before: a commit may have to be tried again."""
        self.unwritten = None
        if kept is not None:
            self.renew_at = kept + RENEW_EVERY

    def _claim(self, connection: Connection, recipient: Recipient, now: datetime) -> Claim | None:
        """Claim the copy, with the slots that its pace asks for; unused ones go back."""
        with connection.begin_nested() as slots:
            if not self._take_slots(connection, recipient, now):
                slots.rollback()  # the lane's too, when all lanes together have none
                return None
            self.queue.take(recipient)
            held = claim(connection, recipient, self.hashes, self.hold.worker, now)
            if held is not None:
                return held
            slots.rollback()
        self._drop(connection, recipient, now)
        return None

    def _take_slots(self, connection: Connection, recipient: Recipient, now: datetime) -> bool:
        """Ask the lane's row, then those that all lanes share."""
        for key, pace in limits(self.policy.sending, recipient.lane):
            slot = take_slot(connection, key, pace, now)
            self.queue.note(key, slot.free_at)
            if not slot.taken:
                return False
        return True

    def _drop(self, connection: Connection, recipient: Recipient, now: datetime) -> None:
        """See why a copy may not be claimed: its lane rests, its reader left, the issue stopped."""
        resting = resting_until(connection, recipient.lane, now)
        if resting:
            self.queue.leave_out(resting)
            self.over = self.over or GLOBAL in resting
        elif exclude(connection, recipient, self.hashes, now) is None:
            self.over = state_of(connection, self.hold.issue) is not IssueState.SENDING
