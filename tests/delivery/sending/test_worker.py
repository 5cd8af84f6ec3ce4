"""Working through a batch."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import OperationalError

from newsroom.database.tables import batch, bounce, delivery, issue, subscriber, suppression
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.sending.batches import Turn, hand_out
from newsroom.delivery.sending.course import pause, resume
from newsroom.delivery.sending.worker import Fill, Mailroom
from newsroom.errors import StateError
from newsroom.model import Hours, Pace, Sending
from newsroom.model.delivery import BounceSeverity, Counts, DeliveryState, Outcome, Recipient
from tests.delivery.fakes import (
    ACCEPTED,
    LOGIN_REFUSED,
    FakeTime,
    FakeTransport,
    Suppressed,
    a_mailroom,
)
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, sending_now

LATER = Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted", BounceSeverity.SOFT)
NO_SUCH = Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user", BounceSeverity.HARD)
FULL = Outcome(DeliveryState.REFUSED, "552 5.2.2", "mailbox full", BounceSeverity.SOFT)
POLICY = Outcome(DeliveryState.DEFERRED, "550 5.7.1", "blocked", BounceSeverity.POLICY)
BUSY = Outcome(DeliveryState.DEFERRED, "421 4.3.2", "too many", BounceSeverity.SOFT)
NO_RELAY = Outcome(DeliveryState.DEFERRED, reason="cannot be reached", whole_relay=True)
LOST = Outcome(DeliveryState.UNKNOWN, reason="the connection was lost after DATA")


def run(database: Engine, transport: FakeTransport, sending: Sending = AT_ONCE) -> Counts:
    """Hand out batch 1 and work through it; the ledger afterwards."""
    return run_in(a_mailroom(database, transport, sending))


def run_in(mailroom: Mailroom) -> Counts:
    """The same in a mailroom that a test has furnished."""
    turn = Turn("host-0", 1)
    with mailroom.database.begin() as connection:
        holds = hand_out(connection, "2026-var", turn, mailroom.clock())
    for hold in holds:
        mailroom.run_batch(hold.issue, hold.number, hold.attempt)
    return tally(mailroom.database, mailroom.clock())


def tally(database: Engine, now: datetime = NOW) -> Counts:
    """The ledger."""
    with database.begin() as connection:
        found = counts(connection, "2026-var", now)
    assert found.adds_up
    return found


@pytest.fixture
def transport() -> FakeTransport:
    """A transport that accepts everything, at a fake time."""
    return FakeTransport(FakeTime())


def test_batch_reaches_everybody_once(either_database: Engine, transport: FakeTransport) -> None:
    """Each reader in a batch is written to once, and the batch is laid down."""
    sending_now(either_database, addresses(40))

    after = run(either_database, transport)

    assert sorted(transport.recipients()) == sorted(addresses(40))
    assert after.accepted == 40
    with either_database.begin() as connection:
        row = connection.execute(select(batch)).one()
    assert (row.lease_until, row.worker) == (None, None)


def test_batch_run_again_sends_nothing(database: Engine, transport: FakeTransport) -> None:
    """A batch that is run a second time, with the old attempt or a new one, writes to nobody."""
    sending_now(database, addresses(5))
    run(database, transport)

    run(database, transport)
    a_mailroom(database, transport).run_batch("2026-var", 1, 1)
    a_mailroom(database, transport).run_batch("2026-var", 1, 99)

    assert len(transport.sent) == 5


def test_outcomes_are_recorded(database: Engine, transport: FakeTransport) -> None:
    """Each answer puts its copy in its state, with the server's code and words."""
    sending_now(database, ["a@a.example", "b@b.example", "c@c.example", "d@d.example"])
    transport.script = {"b@b.example": [LATER], "c@c.example": [FULL], "d@d.example": [LOST]}

    after = run(database, transport)

    assert (after.accepted, after.deferred, after.refused, after.unknown) == (1, 1, 1, 1)
    assert after.unknown_recipients == ("d@d.example",)
    with database.begin() as connection:
        refused = connection.execute(
            select(delivery.c.code, delivery.c.reason).where(delivery.c.state == "refused")
        ).one()
        bounced = connection.execute(select(bounce)).one()
    assert tuple(refused) == ("552 5.2.2", "mailbox full")
    assert (bounced.email, bounced.severity, bounced.suppressed) == ("c@c.example", "soft", False)


def test_only_a_dead_address_is_suppressed(database: Engine, transport: FakeTransport) -> None:
    """A hard refusal suppresses its address; full mailboxes and refusals of us do not."""
    sending_now(database, ["a@a.example", "b@b.example", "c@c.example"])
    transport.script = {"a@a.example": [NO_SUCH], "b@b.example": [FULL], "c@c.example": [POLICY]}
    suppressed = Suppressed()
    with database.begin() as connection:
        hand_out(connection, "2026-var", Turn("host-0", 1), NOW)

    a_mailroom(database, transport, suppress=suppressed).run_batch("2026-var", 1, 1)

    assert suppressed.emails == ["a@a.example"]


def test_put_off_copy_is_tried_again_until_accepted(
    either_database: Engine, transport: FakeTransport
) -> None:
    """A copy that is put off is tried again after the first wait, give or take a fifth."""
    sending_now(either_database, ["a@a.example"])
    transport.script = {"a@a.example": [LATER, LATER, ACCEPTED]}

    waits = []
    for _ in range(3):
        after = run(either_database, transport)
        if after.next_at is not None:
            waits.append((after.next_at - transport.time.now).total_seconds() / 60)
            transport.time.now = after.next_at

    assert after.accepted == 1
    assert len(transport.sent) == 3
    assert 4 <= waits[0] <= 6
    assert 12 <= waits[1] <= 18


def test_throttle_flood_loses_nobody(database: Engine, transport: FakeTransport) -> None:
    """When a relay answers everybody with 454 for a while, everybody is reached in the end."""
    flood = Outcome(DeliveryState.DEFERRED, "454 4.7.0", "throttled", BounceSeverity.SOFT)
    readers = addresses(30)
    sending_now(database, readers)
    transport.script = {reader: [flood, flood, ACCEPTED] for reader in readers}

    after = tally(database)
    while after.accepted < 30:
        after = run(database, transport)
        transport.time.now += timedelta(minutes=5)

    assert after.state == "sending"
    assert Counter(transport.recipients()) == dict.fromkeys(readers, 3)


def test_time_is_up_after_the_deadline(database: Engine, transport: FakeTransport) -> None:
    """A copy that is still put off after the deadline is refused as expired."""
    sending_now(database, ["a@a.example"])
    transport.script = {"a@a.example": [LATER]}

    after = run(database, transport)
    while after.next_at is not None:
        transport.time.now = after.next_at
        after = run(database, transport)

    assert after.refused == 1
    assert transport.time.now - NOW >= AT_ONCE.deadline
    with database.begin() as connection:
        assert connection.scalar(select(delivery.c.reason)) == "expired: greylisted"


def test_resting_relay_is_left_alone(database: Engine, transport: FakeTransport) -> None:
    """When the relay cannot be reached, one copy notices and the others wait untried."""
    sending_now(database, addresses(10))
    transport.script = {reader: [NO_RELAY, ACCEPTED] for reader in addresses(10)}

    after = run(database, transport)
    still = run(database, transport)
    transport.time.now += timedelta(minutes=7)
    transport.script.clear()
    later = run(database, transport)

    assert (after.pending, after.deferred) == (9, 1)
    assert (after.lanes[0].lane, after.lanes[0].state) == ("global", "paused")
    assert still.pending == 9
    assert later.accepted == 10


def test_relay_that_says_for_how_long(database: Engine, transport: FakeTransport) -> None:
    """A relay that names a time is left alone for just that."""
    sending_now(database, addresses(3))
    told = replace(NO_RELAY, wait=timedelta(seconds=40))
    transport.script = {reader: [told] for reader in addresses(3)}

    run(database, transport)
    transport.script.clear()
    transport.time.now += timedelta(seconds=39)
    too_soon = run(database, transport)
    transport.time.now += timedelta(seconds=2)
    in_time = run(database, transport)

    assert (too_soon.accepted, in_time.accepted) == (0, 2)


def test_busy_lane_rests_alone(database: Engine, transport: FakeTransport) -> None:
    """A host that answers 421 is left alone for a while; mail to others goes on."""
    busy, others = addresses(5, "busy.example"), addresses(5, "other.example")
    sending_now(database, [*busy, *others])
    told = replace(BUSY, reason="too many, reader0@busy.example waits")
    transport.script = {reader: [told, ACCEPTED] for reader in busy}

    after = run(database, transport)

    assert (after.accepted, after.deferred, after.pending) == (5, 1, 4)
    assert [lane.state for lane in after.lanes] == ["paused"]
    assert after.lanes[0].reason == "421 4.3.2: too many, […] waits", "a lane names no reader"


def test_policy_refusals_stop_the_lane(database: Engine, transport: FakeTransport) -> None:
    """Three readers of a lane refused for our fault stop it for a person; nobody is suppressed."""
    strict, others = addresses(10, "strict.example"), addresses(5, "other.example")
    sending_now(database, [*strict, *others])
    transport.script = {reader: [POLICY, ACCEPTED] for reader in strict}

    stopped = run(database, transport)
    transport.time.now += timedelta(days=2)
    still = run(database, transport)
    with database.begin() as connection:
        resume(connection, "2026-var", transport.time.now)
    transport.script.clear()
    mended = run(database, transport)

    assert (stopped.accepted, stopped.deferred, stopped.pending, stopped.refused) == (5, 3, 7, 0)
    assert [(lane.lane, lane.state) for lane in stopped.lanes] == [("strict.example", "stopped")]
    assert still.accepted == 5
    assert mended.accepted == 15


def test_many_dead_addresses_pause_the_issue(database: Engine, transport: FakeTransport) -> None:
    """More than five dead addresses among the first hundred pause the issue; resuming goes on."""
    readers = [f"reader@host{n}.example" for n in range(60)]
    sending_now(database, readers)
    dead = set(readers[::4])
    transport.script = {reader: [NO_SUCH] for reader in dead}

    paused = run(database, transport)
    with database.begin() as connection:
        resume(connection, "2026-var", NOW + timedelta(seconds=1))
    transport.time.now += timedelta(seconds=1)
    transport.script.clear()
    resumed = run(database, transport)

    assert paused.state == "paused"
    assert "of the first" in (paused.note or "")
    assert paused.refused <= 6
    assert resumed.waiting == 0
    assert Counter(transport.recipients()) == dict.fromkeys(readers, 1)


def test_refused_login_pauses_the_issue(database: Engine, transport: FakeTransport) -> None:
    """When the relay would take nobody's mail, the issue is paused and nobody counts as tried."""
    sending_now(database, addresses(3))
    transport.script = {reader: [LOGIN_REFUSED] for reader in addresses(3)}

    after = run(database, transport)

    assert (after.state, after.pending) == ("paused", 3)
    assert after.note == "relay.example:587: the login is refused (535)"
    assert len(transport.sent) == 1
    with database.begin() as connection:
        assert set(connection.scalars(select(delivery.c.attempts))) == {0}


def test_message_that_cannot_be_made(database: Engine, transport: FakeTransport) -> None:
    """One reader's broken message is that reader's trouble only."""
    sending_now(database, ["a@a.example", "broken@b.example", "c@c.example"])

    after = run(database, transport)

    assert (after.accepted, after.refused) == (2, 1)


def test_fault_of_ours_refuses_nobody(database: Engine, transport: FakeTransport) -> None:
    """When making a message fails for another reason than its reader, the issue rests for all.

    What is kept and mailed of it is the kind of fault: its words may hold somebody's address.
    """
    sending_now(database, addresses(3))

    def locked(_recipient: Recipient) -> bytes:
        raise OperationalError("SELECT 1", {}, Exception("asa@a.example is locked"))

    after = run_in(replace(a_mailroom(database, transport), letters=lambda _: locked))

    assert (after.state, after.pending) == ("paused", 3)
    assert after.note == "no message could be made: OperationalError"
    assert transport.sent == []
    with database.begin() as connection:
        assert set(connection.scalars(select(delivery.c.attempts))) == {0}


def test_no_letter_no_claim(database: Engine, transport: FakeTransport) -> None:
    """An issue whose letter cannot be read is paused with the reason before anything is claimed."""
    sending_now(database, addresses(3))

    def gone(issue: str) -> Fill:
        raise StateError(f"{issue}: the ledger has no letter of it")

    after = run_in(replace(a_mailroom(database, transport), letters=gone))

    assert (after.state, after.pending) == ("paused", 3)
    assert after.note == "2026-var: the ledger has no letter of it"
    with database.begin() as connection:
        assert connection.scalar(select(batch.c.lease_until)) is None


def test_transport_that_breaks_leaves_unknown(database: Engine, transport: FakeTransport) -> None:
    """What a transport did not foresee may have happened after the message left: unknown."""
    sending_now(database, ["a@a.example", "b@b.example"])
    transport.script = {"a@a.example": [RuntimeError("?")]}

    after = run(database, transport)

    assert (after.accepted, after.unknown) == (1, 1)


@pytest.mark.parametrize("how", ["left", "suppressed", "erased"])
def test_leaving_while_it_is_sent(database: Engine, transport: FakeTransport, how: str) -> None:
    """Whoever leaves before their message is claimed does not get it."""
    sending_now(database, addresses(6))
    last: list[str] = []

    def leave(recipient: str) -> None:
        if last:
            return
        with database.begin() as connection:
            waiting = select(delivery.c.email).where(delivery.c.state == "pending")
            last.append(connection.scalars(waiting.order_by(delivery.c.place.desc())).first() or "")
            row = subscriber.c.email == last[0]
            if how == "suppressed":
                values = {"address_hash": last[0], "reason": "bounced", "at": NOW}
                connection.execute(insert(suppression).values(values))
            elif how == "left":
                connection.execute(update(subscriber).where(row).values(state="unsubscribed"))
            else:
                connection.execute(subscriber.delete().where(row))
        assert recipient != last[0]

    transport.on_send = leave
    after = run(database, transport)

    assert (after.accepted, after.excluded) == (5, 1)
    assert last[0] not in transport.recipients()


def test_pause_holds_from_the_next_message(
    either_database: Engine, transport: FakeTransport
) -> None:
    """A pause lets the message in hand go, and not one more."""
    sending_now(either_database, addresses(10))

    def pause_after_three(_: str) -> None:
        if len(transport.sent) == 3:
            with either_database.begin() as connection:
                pause(connection, "2026-var", "by hand", NOW)

    transport.on_send = pause_after_three
    after = run(either_database, transport)

    assert (after.accepted, after.pending, after.state) == (3, 7, "paused")


def test_stop_finishes_the_message_in_hand(database: Engine, transport: FakeTransport) -> None:
    """Asked to stop, a worker writes down what it has in hand and claims no more."""
    sending_now(database, addresses(10))

    def stop_after_three(_: str) -> None:
        transport.time.stopped = len(transport.sent) == 3

    transport.on_send = stop_after_three
    after = run(database, transport)

    assert (after.accepted, after.claimed, after.pending) == (3, 0, 7)


def test_never_faster_than_the_pace(either_database: Engine, transport: FakeTransport) -> None:
    """No window of a minute holds more than the pace, over all lanes and in each."""
    sending = replace(
        AT_ONCE, pace=Pace(20, timedelta(minutes=1)), lane_pace=Pace(5, timedelta(minutes=1))
    )
    large, small = addresses(20, "large.example"), addresses(20, "small.example")
    sending_now(either_database, [*large, *small, *addresses(20, "third.example")], sending)

    run(either_database, transport, sending)

    assert len(transport.sent) == 60
    assert busiest(transport, "") <= 20
    for lane in ("large.example", "small.example", "third.example"):
        assert 4 <= busiest(transport, lane) <= 5


def test_a_clock_that_is_set_back_stops_nothing(
    either_database: Engine, transport: FakeTransport
) -> None:
    """What was noted by the wrong clock is forgotten: nobody waits an hour for a free slot.

    Where another sender was given the batch meanwhile, this one stops at once.
    """
    sending = replace(AT_ONCE, pace=Pace(20, timedelta(minutes=1)))
    readers = addresses(30)
    sending_now(either_database, readers, sending)

    def set_back(reader: str) -> None:
        if reader == transport.recipients()[0] and len(transport.sent) == 1:
            transport.time.now -= timedelta(hours=1)

    transport.on_send = set_back
    after = run(either_database, transport, sending)

    assert sorted(transport.recipients()) == sorted(readers)
    assert after.accepted == 30
    assert transport.time.now < NOW - timedelta(minutes=45)


def busiest(transport: FakeTransport, lane: str) -> int:
    """The most messages to a lane in any window of a minute."""
    moments = [moment for email, moment in transport.sent if email.endswith(lane)]
    minute = timedelta(minutes=1)
    return max(sum(start <= m < start + minute for m in moments) for start in moments)


def test_leaving_during_the_wait_for_a_slot(database: Engine, transport: FakeTransport) -> None:
    """While a worker waits for a slot it has nothing claimed, so leaving then still counts."""
    sending = replace(AT_ONCE, pace=Pace(1, timedelta(minutes=1)))
    sending_now(database, ["a@a.example", "b@b.example"], sending)

    def everybody_leaves() -> None:
        with database.begin() as connection:
            connection.execute(update(subscriber).values(state="unsubscribed"))

    transport.time.on_wait = everybody_leaves
    after = run(database, transport, sending)

    assert (after.accepted, after.excluded) == (1, 1)


def test_closing_time(database: Engine, transport: FakeTransport) -> None:
    """A worker stops when the sending hours end."""
    hours = Hours(frozenset({1}), time(9), time(9, 10))  # Tuesday, ten minutes
    sending = replace(AT_ONCE, pace=Pace(1, timedelta(minutes=1)), hours=hours)
    sending_now(database, addresses(30), sending)

    after = run(database, transport, sending)

    assert after.accepted == 10
    assert after.pending == 20


def test_worker_that_lost_its_batch_stops(database: Engine, transport: FakeTransport) -> None:
    """A worker whose batch was handed to another notices at its next look and stops."""
    sending = replace(AT_ONCE, pace=Pace(6, timedelta(minutes=1)))
    sending_now(database, addresses(30), sending)

    def hand_on(_: str) -> None:
        if len(transport.sent) == 2:
            with database.begin() as connection:
                connection.execute(update(batch).values(attempt=7, worker="other-0"))

    transport.on_send = hand_on
    after = run(database, transport, sending)

    assert after.accepted < 8
    with database.begin() as connection:
        assert connection.scalar(select(batch.c.worker)) == "other-0"
        assert connection.scalar(select(issue.c.state)) == "sending"
