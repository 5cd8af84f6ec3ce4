"""What a worker writes down when a commit has to be tried again."""

from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine, select

from newsroom.database import reading, transaction
from newsroom.database.shared_commit import Work
from newsroom.database.tables import batch
from newsroom.delivery.ledger.claims import Claim, waiting
from newsroom.delivery.sending.batches import BATCH_LEASE, Turn, hand_out
from newsroom.delivery.sending.books import RENEW_EVERY, Books
from newsroom.delivery.sending.outcomes import Handed, Policy
from newsroom.delivery.sending.queue import Queue
from newsroom.model.delivery import Recipient
from tests.delivery.fakes import FakeTime, Suppressed
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, sending_now

T = TypeVar("T")


class UnluckyPen:
    """Loses each first commit, and tries again, as when the database was locked."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def write(self, work: Work[T]) -> T:
        """What `work` gives the second time."""
        with self._database.connect() as connection, connection.begin() as lost:
            work(connection)
            lost.rollback()
        with transaction(self._database) as connection:
            return work(connection)

    def stroke(self, accepted: Handed | None, recipient: Recipient, now: datetime) -> Claim | None:
        """Not what is looked at here."""
        raise NotImplementedError


def test_lease_is_renewed_when_its_commit_is_tried_again(either_database: Engine) -> None:
    """A batch whose renewal was lost with its commit is renewed by the next try."""
    sending_now(either_database, addresses(3))
    with transaction(either_database) as connection:
        (hold,) = hand_out(connection, "2026-var", Turn("host-0", 1), NOW)
        copies = waiting(connection, "2026-var", hold.number, NOW)
    policy = Policy(AT_ONCE, Suppressed(), Suppressed())
    time = FakeTime(NOW + RENEW_EVERY)
    books = Books(
        UnluckyPen(either_database),
        hold,
        Queue(copies),
        lambda email: (email,),
        policy,
        time,
        renew_at=time.now,
    )

    held = books.take_turn(copies[0])

    with reading(either_database) as connection:
        lease = connection.scalar(select(batch.c.lease_until))
    assert held is not None
    assert lease == time.now + BATCH_LEASE.length
    assert books.renew_at - time.now == RENEW_EVERY > timedelta(0)
