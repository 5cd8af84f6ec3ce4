"""System mail: ahead of every issue, with a limit of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine

from newsroom.delivery.mailer import Mailer
from newsroom.delivery.pace.lanes import SENDER, take_slot
from newsroom.delivery.pace.system_turn import SystemTurn
from newsroom.errors import DeliveryError
from newsroom.model import Pace, Sending
from tests.delivery.fakes import FakeTime, FakeTransport, a_mailroom
from tests.delivery.pace.test_lanes import busiest
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, sending_now

MINUTE = timedelta(minutes=1)
PACE = Pace(10, MINUTE)


@dataclass(slots=True)
class Mails:
    """System mails of one process after another, and when each left."""

    database: Engine
    sending: Sending = field(default_factory=lambda: replace(AT_ONCE, system_pace=PACE))
    time: FakeTime = field(default_factory=FakeTime)
    left: list[datetime] = field(default_factory=list)

    def send(self, number: int, apart: timedelta = timedelta(0)) -> None:
        """So many mails, asked for so far apart."""
        for _ in range(number):
            SystemTurn(self.database, self.sending, self.time, self.time.wait)()
            self.left.append(self.time.now)
            self.time.now += apart


def most_in_a_minute(left: Sequence[datetime]) -> int:
    """The most that left in any minute."""
    return busiest(left, MINUTE)


def test_no_minute_holds_more_than_the_limit(either_database: Engine) -> None:
    """However they are asked for, no window has more system mails than the limit says."""
    mails = Mails(either_database)

    mails.send(15)
    mails.send(20, apart=timedelta(seconds=2))
    mails.time.now += timedelta(minutes=10)
    mails.send(12, apart=timedelta(seconds=11))

    assert 5 <= most_in_a_minute(mails.left) <= PACE.count


def test_a_few_at_once_need_not_wait(database: Engine) -> None:
    """Half of what a minute may hold leaves at once."""
    mails = Mails(database)

    mails.send(5)

    assert mails.left == [NOW] * 5


def test_too_many_are_told_to_come_back(database: Engine) -> None:
    """Who would have to wait long is told so; that costs nobody else a turn."""
    sending = replace(AT_ONCE, system_pace=Pace(2, timedelta(minutes=5)))
    mails = Mails(database, sending)
    mails.send(1)

    with pytest.raises(DeliveryError, match="too many mails of this kind at once"):
        mails.send(1)
    mails.time.now += timedelta(minutes=6)
    mails.send(1)

    assert len(mails.left) == 2


def test_without_a_limit(database: Engine) -> None:
    """With `unlimited` nobody waits."""
    mails = Mails(database, replace(AT_ONCE, system_pace=None))

    mails.send(50)

    assert mails.left == [NOW] * 50


def test_clock_that_was_years_ahead(database: Engine) -> None:
    """A clock that was wrong and is right again keeps nobody waiting for the day it told."""
    mails = Mails(database)
    mails.time.now += timedelta(days=4_000)
    mails.send(5)
    mails.time.now = NOW

    mails.send(1)

    assert mails.left[-1] == NOW


def test_an_issue_makes_room_for_system_mail(either_database: Engine) -> None:
    """A confirmation leaves at once while an issue is being sent, and the issue waits for it.

    Together they keep to the sender's limit.
    """
    limit = Pace(6, MINUTE)
    sending = replace(AT_ONCE, sender_pace=limit, system_pace=PACE)
    readers = addresses(30)
    sending_now(either_database, readers, sending)
    transport = FakeTransport(FakeTime())
    asked: list[datetime] = []

    def confirm(_reader: str) -> None:
        if len(transport.sent) % 5 == 0:
            SystemTurn(either_database, sending, transport.time, transport.time.wait)()
            asked.append(transport.time.now)

    transport.on_send = confirm
    run_one_batch(either_database, transport, sending)

    bulk = [at for _, at in transport.sent]
    assert len(bulk) == 30
    assert asked == bulk[4::5]
    assert busiest(sorted([*bulk, *asked]), MINUTE) <= limit.count + 1


def test_a_mail_waits_for_its_turn(database: Engine) -> None:
    """Without a turn nothing is handed over."""
    transport = FakeTransport(FakeTime())

    def none() -> None:
        raise DeliveryError("no turn")

    with pytest.raises(DeliveryError, match="no turn"):
        Mailer(lambda: transport, "studs@example.se", none).send(EmailMessage(), "a@a.example")

    assert transport.sent == []
    with database.begin() as connection:
        assert take_slot(connection, SENDER, PACE, NOW).taken


def run_one_batch(database: Engine, transport: FakeTransport, sending: Sending) -> None:
    """Work through the only batch."""
    from newsroom.delivery.sending.batches import Turn, hand_out

    with database.begin() as connection:
        (hold,) = hand_out(connection, "2026-var", Turn("host-0", 1), transport.time())
    a_mailroom(database, transport, sending).run_batch(hold.issue, hold.number, hold.attempt)
