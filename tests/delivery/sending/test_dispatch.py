"""Keeping issues moving."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update

from newsroom.database.tables import batch, delivery, issue
from newsroom.delivery.ledger.claims import LEASE
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.ledger.report import Plan, report
from newsroom.delivery.sending.batches import BATCH_LEASE, Hold
from newsroom.delivery.sending.course import cancel, pause, resume
from newsroom.delivery.sending.dispatch import Dispatch
from newsroom.errors import ChangedError, OutsideError
from newsroom.model import Canary, Hours, Sending
from newsroom.model.delivery import Counts, DeliveryState, Outcome
from tests.delivery.fakes import FakeTime, FakeTransport, a_mailroom
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, freeze_now, sending_now

LOST = Outcome(DeliveryState.UNKNOWN, reason="the connection was lost after DATA")


@dataclass(slots=True)
class Desk:
    """A dispatch that remembers what it handed out and published, and a worker at its side."""

    database: Engine
    sending: Sending = AT_ONCE
    idempotent: bool = False
    worker: str = "host-0"
    transport: FakeTransport = field(default_factory=lambda: FakeTransport(FakeTime()))
    handed: list[Hold] = field(default_factory=list)
    published: list[str] = field(default_factory=list)

    def dispatch(self) -> Dispatch:
        """This desk's dispatch."""
        return Dispatch(
            database=self.database,
            sending=self.sending,
            zone=ZoneInfo("Europe/Stockholm"),
            worker=self.worker,
            idempotent=self.idempotent,
            publish=self.published.append,
            enqueue=self.handed.append,
        )

    def look(self, now: datetime = NOW) -> list[Hold]:
        """What one look hands out."""
        self.handed.clear()
        self.dispatch().look(now)
        return list(self.handed)

    def work(self, now: datetime = NOW) -> Counts:
        """Look, and work through what was handed out; the ledger afterwards."""
        self.transport.time.now = now
        mailroom = a_mailroom(self.database, self.transport, self.sending)
        for hold in self.look(now):
            mailroom.run_batch(hold.issue, hold.number, hold.attempt)
        return self.tally(now)

    def tally(self, now: datetime = NOW) -> Counts:
        """The ledger."""
        with self.database.begin() as connection:
            found = counts(connection, "2026-var", now)
        assert found.adds_up
        return found


@pytest.fixture
def desk(either_database: Engine) -> Desk:
    """A desk on each database."""
    return Desk(either_database)


def test_issue_goes_from_frozen_to_done(desk: Desk) -> None:
    """A frozen issue is published, sent in batches and done, one look after the other."""
    freeze_now(desk.database, addresses(600))

    looks = 0
    while desk.tally().state != "done":
        desk.work()
        looks += 1

    assert desk.published == ["2026-var"]
    assert desk.tally().accepted == 600
    assert looks == 3  # two batches, one batch, and the look that finds all settled


def test_page_comes_before_the_first_mail(database: Engine) -> None:
    """When publishing fails, no batch is handed out, and the next look tries again."""
    freeze_now(database, addresses(3))
    desk = Desk(database)

    def fail(_: str) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace(desk.dispatch(), publish=fail).look(NOW)
    with database.begin() as connection:
        assert connection.scalar(select(issue.c.state)) == "frozen"

    assert len(desk.look()) == 1


def test_undo_window(desk: Desk) -> None:
    """Before the undo window is over nothing is published and nothing leaves."""
    freeze_now(desk.database, addresses(3), replace(AT_ONCE, undo=timedelta(minutes=15)))

    early = desk.look(NOW + timedelta(minutes=14))
    early_pages = list(desk.published)
    on_time = desk.look(NOW + timedelta(minutes=15))

    assert (early, early_pages) == ([], [])
    assert len(on_time) == 1


def test_undone_in_time(desk: Desk) -> None:
    """An issue that is cancelled within the undo window reaches nobody."""
    freeze_now(desk.database, addresses(3), replace(AT_ONCE, undo=timedelta(minutes=15)))
    with desk.database.begin() as connection:
        cancel(connection, "2026-var", "wrong picture", NOW + timedelta(minutes=5))

    desk.work(NOW + timedelta(hours=1))

    assert desk.transport.sent == []
    assert desk.published == []
    assert desk.tally().cancelled == 3


def test_paused_in_the_undo_window(desk: Desk) -> None:
    """An issue paused before its first mail is published when it is resumed, then sent."""
    freeze_now(desk.database, addresses(3))
    with desk.database.begin() as connection:
        pause(connection, "2026-var", "wait", NOW)
    desk.work()
    with desk.database.begin() as connection:
        resume(connection, "2026-var", NOW)

    after = desk.work()

    assert desk.published == ["2026-var"]
    assert after.accepted == 3


def test_outside_its_hours(database: Engine) -> None:
    """Outside the sending hours nothing is published and nothing leaves."""
    freeze_now(database, addresses(3))
    desk = Desk(database, replace(AT_ONCE, hours=Hours(frozenset({0}), time(8), time(16))))

    assert desk.look() == []  # a Tuesday
    assert desk.published == []
    assert len(desk.look(NOW + timedelta(days=6))) == 1


def test_canary_goes_ahead(database: Engine) -> None:
    """The first few are sent alone; the rest only after the wait, counted from the last of them."""
    sending = replace(AT_ONCE, canary=Canary(5, timedelta(minutes=15)))
    freeze_now(database, addresses(50), sending)
    desk = Desk(database, sending)

    first = desk.work()
    early = desk.work(NOW + timedelta(minutes=14))
    late = desk.work(NOW + timedelta(minutes=15))

    assert (first.accepted, early.accepted, late.accepted) == (5, 5, 50)


def test_sender_that_dies_with_the_last_canary(desk: Desk) -> None:
    """Canaries that nobody can vouch for stop the issue, until somebody has looked and resumes."""
    desk.sending = replace(AT_ONCE, canary=Canary(5, timedelta(minutes=15)))
    freeze_now(desk.database, addresses(50), desk.sending)
    desk.look()
    with desk.database.begin() as connection:
        canaries = delivery.c.batch == CANARY
        claimed = {"state": "claimed", "attempts": 1, "worker": "host-0", "token": "t"}
        connection.execute(update(delivery).where(canaries).values(**claimed, updated=NOW))
    desk.dispatch().sit_down()

    stopped = desk.work(NOW + timedelta(minutes=1))
    with desk.database.begin() as connection:
        resume(connection, "2026-var", NOW + timedelta(minutes=20))
    resumed = desk.work(NOW + timedelta(minutes=20))

    assert (stopped.state, stopped.note) == ("paused", "5 of the first 5 copies failed")
    assert (resumed.accepted, resumed.unknown) == (45, 5)


def test_canaries_count_after_the_clock_was_set_back(desk: Desk) -> None:
    """What they were answered is no older than the issue for it: the rest does not follow."""
    desk.sending = replace(AT_ONCE, canary=Canary(5, timedelta(0)))
    refused = Outcome(DeliveryState.REFUSED, "554 5.0.0", "no")
    desk.transport.script = {reader: [refused] for reader in addresses(20)}
    freeze_now(desk.database, addresses(20), desk.sending)
    desk.look()
    hour_before = NOW - timedelta(hours=1)

    desk.work(hour_before)
    desk.work(hour_before + timedelta(minutes=1))

    assert desk.tally().state == "paused"
    assert len(desk.transport.sent) == 5


def test_canary_that_is_put_off_does_not_hold_the_rest(database: Engine) -> None:
    """The wait counts from each canary's first try, not from the later ones of one put off."""
    sending = replace(AT_ONCE, canary=Canary(2, timedelta(minutes=15)))
    freeze_now(database, addresses(10), sending)
    desk = Desk(database, sending)
    with database.begin() as connection:
        put_off = connection.scalars(
            select(delivery.c.email).where(delivery.c.batch == CANARY)
        ).first()
    greylisted = Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted")
    desk.transport.script = {str(put_off): [greylisted]}

    desk.work()
    desk.work(NOW + timedelta(minutes=7))
    after = desk.work(NOW + timedelta(minutes=15))

    assert (after.accepted, after.deferred) == (9, 1)


def test_batch_is_handed_out_once(desk: Desk) -> None:
    """Two who look at the same time never hand out the same batch."""
    sending_now(desk.database, addresses(10))
    other = Desk(desk.database, worker="host-1")

    assert len(desk.look()) == 1
    assert other.look() == []


def test_lost_batch_is_handed_out_again(desk: Desk) -> None:
    """A batch that nobody renews is handed out again under the next attempt, by anybody."""
    sending_now(desk.database, addresses(10))
    other = Desk(desk.database, worker="other-0")
    desk.look()

    early = other.look(NOW + BATCH_LEASE.length - timedelta(seconds=1))
    late = other.look(NOW + BATCH_LEASE.length)

    assert early == []
    assert late == [Hold("2026-var", 1, 2, "other-0")]


def test_successor_on_the_seat_does_not_wait(desk: Desk) -> None:
    """Whoever sits down on a dead process's seat frees its batches and gives up its claims."""
    sending_now(desk.database, addresses(10))
    desk.look()
    with desk.database.begin() as connection:
        first = select(delivery.c.subscriber_id).limit(1).scalar_subquery()
        connection.execute(
            update(delivery)
            .where(delivery.c.subscriber_id == first)
            .values(state="claimed", worker="host-0", token="t", updated=NOW)
        )

    unknown = desk.dispatch().sit_down()
    after = desk.work()

    assert unknown == 1
    assert (after.accepted, after.unknown, after.state) == (9, 1, "sending")


def test_silent_machine(desk: Desk) -> None:
    """What a machine held that never came back is unknown after its lease, whatever the state."""
    sending_now(desk.database, addresses(2))
    with desk.database.begin() as connection:
        connection.execute(update(delivery).values(state="claimed", worker="gone-0", updated=NOW))
        cancel(connection, "2026-var", "never mind", NOW)

    desk.look(NOW + LEASE.length + timedelta(seconds=1))

    assert desk.tally().unknown == 2


def test_not_done_while_one_is_unknown(database: Engine) -> None:
    """An issue with an unknown copy is not done."""
    sending_now(database, ["a@a.example", "b@b.example"])
    desk = Desk(database)
    desk.transport.script = {"a@a.example": [LOST]}

    desk.work()
    after = desk.work(NOW + timedelta(days=9))

    assert (after.state, after.unknown) == ("sending", 1)
    assert desk.transport.recipients().count("a@a.example") == 1


@pytest.mark.parametrize("idempotent", [False, True])
def test_unknown_is_sent_again_where_that_is_right(
    either_database: Engine, *, idempotent: bool
) -> None:
    """Where the newsroom says so, or the transport takes nothing twice, unknown copies go again.

    They wait as any other copy that is tried again.
    """
    sending_now(either_database, ["a@a.example", "b@b.example"])
    sending = replace(AT_ONCE, resend_unknown=not idempotent)
    desk = Desk(either_database, sending, idempotent=idempotent)
    desk.transport.script = {"a@a.example": [LOST, Outcome(DeliveryState.ACCEPTED)]}

    desk.work()
    at_once = desk.work()
    desk.work(NOW + timedelta(minutes=7))
    after = desk.work(NOW + timedelta(minutes=7))

    assert (at_once.accepted, at_once.deferred) == (1, 1)
    assert (after.state, after.accepted) == ("done", 2)


@pytest.mark.parametrize(("idempotent", "copies"), [(False, 3), (True, 20)])
def test_unknown_time_and_again(either_database: Engine, *, idempotent: bool, copies: int) -> None:
    """With `on_unknown: resend` a reader whose line always drops is handed three copies at most.

    A transport that delivers none twice is asked until the time is up. Then a person settles it.
    """
    sending_now(either_database, ["a@a.example", "b@b.example"])
    sending = replace(AT_ONCE, resend_unknown=True)
    desk = Desk(either_database, sending, idempotent=idempotent)
    desk.transport.script = {"a@a.example": [LOST]}

    for half_hour in range(2 * 24 * 3):
        desk.work(NOW + timedelta(minutes=30 * half_hour))
    after = desk.work(NOW + timedelta(days=30))

    tried = [at for email, at in desk.transport.sent if email == "a@a.example"]
    waits = [later - earlier for earlier, later in pairwise(tried)]
    assert (after.state, after.unknown, after.accepted) == ("sending", 1, 1)
    assert len(tried) <= copies
    assert len(tried) == copies or idempotent
    assert min(waits) >= timedelta(minutes=4)
    assert tried[-1] <= NOW + sending.deadline + timedelta(hours=5)


def test_machine_doubts_are_no_persons_doubts(database: Engine) -> None:
    """A copy that a person called unknown after a restore is not sent again by itself."""
    sending_now(database, ["a@a.example"])
    desk = Desk(database, idempotent=True)
    with database.begin() as connection:
        connection.execute(update(delivery).values(state="unknown", token=None))

    after = desk.work(NOW + timedelta(hours=1))

    assert (after.unknown, desk.transport.sent) == (1, [])


def test_issue_without_readers_is_done(database: Engine) -> None:
    """An issue for nobody is done at the first look."""
    freeze_now(database, [])
    with database.begin() as connection:
        connection.execute(update(issue).values(state="sending", released=NOW))

    assert Desk(database).work().state == "done"


def test_at_most_two_batches_a_connection(database: Engine) -> None:
    """A process takes a few batches at a time, however many there are."""
    sending_now(database, addresses(3_000))
    desk = Desk(database, replace(AT_ONCE, connections=2))

    assert len(desk.look()) == 4
    assert desk.look() == []
    with database.begin() as connection:
        assert len(connection.scalars(select(batch.c.number)).all()) == 6


def test_page_that_cannot_be_published_yet(database: Engine) -> None:
    """No mail leaves that would lead to a page that is not there; what passes is waited for."""
    freeze_now(database, addresses(3))
    desk = Desk(database)

    replace(desk.dispatch(), publish=no_space).look(NOW)
    replace(desk.dispatch(), publish=no_space).look(NOW + timedelta(minutes=9))
    waiting, handed = desk.tally(), list(desk.handed)
    after = desk.work(NOW + timedelta(minutes=11))

    assert (waiting.state, handed) == ("frozen", [])
    assert waiting.note == "its page could not be published: public: no space left"
    assert (after.accepted, after.note) == (3, None)


@pytest.mark.parametrize("before", ["frozen", "resumed"])
def test_page_that_cannot_be_published_at_all(database: Engine, before: str) -> None:
    """When it lasts for ten minutes, over whatever processes, the issue pauses and says why."""
    freeze_now(database, addresses(3))
    began = NOW
    if before == "resumed":
        began += timedelta(days=1)
        with database.begin() as connection:
            pause(connection, "2026-var", "by hand", NOW)
            resume(connection, "2026-var", began)
    one, other = (
        replace(Desk(database, worker=worker).dispatch(), publish=no_space)
        for worker in ("host-0", "other-0")
    )

    one.look(began)
    states = []
    for minutes in (9, 10):
        other.look(began + timedelta(minutes=minutes))
        states.append(Desk(database).tally().state)

    assert states[0] != "paused"
    assert states[1] == "paused"
    assert Desk(database).tally().note == "its page could not be published: public: no space left"


def test_text_that_is_another_is_told_within_minutes(database: Engine) -> None:
    """A file may be being saved; after a minute only a person can help, and is asked to."""
    freeze_now(database, addresses(3))

    def changed(name: str) -> None:
        raise ChangedError(f"{name} no longer says what was frozen")

    dispatch = replace(Desk(database).dispatch(), publish=changed)
    dispatch.look(NOW)
    with database.begin() as connection:
        waits = report(connection, "2026-var", Plan(AT_ONCE, ZoneInfo("Europe/Stockholm")), NOW)
    dispatch.look(NOW + timedelta(seconds=59))
    before = Desk(database).tally().state
    dispatch.look(NOW + timedelta(minutes=1))

    assert (waits.note, waits.eta) == (
        "its page could not be published: 2026-var no longer says what was frozen",
        None,
    )
    assert (before, Desk(database).tally().state) == ("frozen", "paused")


def no_space(_name: str) -> None:
    """A publish that fails."""
    raise OutsideError("public: no space left")
