"""A database that is older than the mails that left."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select, text, update

from newsroom.database import open_database
from newsroom.database.restorations import Restoration, note_restoration
from newsroom.database.returns import ReturnedRow, put_on_record
from newsroom.database.tables import delivery
from newsroom.delivery.approval.thaw import postpone, take_back
from newsroom.delivery.ledger.freeze import freeze
from newsroom.delivery.ledger.settling import resolve
from newsroom.delivery.pace.watch import watch_lane
from newsroom.delivery.sending.batches import Hold, Turn, hand_out
from newsroom.delivery.sending.course import pause, release, resume
from newsroom.delivery.sending.guard import BEHIND, stop_restored
from newsroom.delivery.sending.marks import SendingMarks
from newsroom.errors import StateError
from newsroom.jobs.issue.confirm_restore import confirm_restore
from newsroom.model import Canary, Sending
from newsroom.model.delivery import BounceSeverity, Counts, DeliveryState, Outcome
from tests.delivery.fakes import FakeTime, FakeTransport, a_mailroom
from tests.delivery.sample_ledger import (
    AT_ONCE,
    NOW,
    add_readers,
    addresses,
    an_edition,
    approve_row,
    freeze_now,
    sending_now,
)
from tests.delivery.sending.test_dispatch import Desk

NO_SUCH = Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user", BounceSeverity.HARD)
LATER = Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted", BounceSeverity.SOFT)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(slots=True)
class House:
    """A newsroom on one machine, whose database may be copied away and back."""

    file: Path
    engine: Engine
    transport: FakeTransport = field(default_factory=lambda: FakeTransport(FakeTime()))
    sending: Sending = AT_ONCE

    @property
    def marks(self) -> SendingMarks:
        """What is known outside the database."""
        return SendingMarks(self.file.parent / "marks")

    def back_up(self) -> None:
        """Keep a copy of the database as it is now."""
        copy = self.file.with_suffix(".backup")
        with closing(sqlite3.connect(self.file)) as now, closing(sqlite3.connect(copy)) as kept:
            now.backup(kept)

    def restore(self) -> None:
        """Bring the copy back, as somebody would who lost the file."""
        self.engine.dispose()
        for path in self.file.parent.glob(f"{self.file.name}*"):
            path.unlink()
        shutil.copy(self.file.with_suffix(".backup"), self.file)
        self.engine = open_database(f"sqlite:///{self.file}")

    def work(self, now: datetime = NOW + MINUTE) -> Counts:
        """Look at what is due, and work through what was handed out."""
        self.transport.time.now = now
        desk = Desk(self.engine, self.sending, transport=self.transport)
        handed: list[Hold] = []
        dispatch = replace(desk.dispatch(), marks=self.marks, enqueue=handed.append)
        dispatch.look(now)
        mailroom = a_mailroom(self.engine, self.transport, self.sending)
        for hold in handed:
            replace(mailroom, marks=self.marks).run_batch(hold.issue, hold.number, hold.attempt)
        return desk.tally(now)


@pytest.fixture
def house(database: Engine, tmp_path: Path) -> Iterator[House]:
    """A house with a migrated database."""
    house = House(tmp_path / "newsroom.db", database)
    yield house
    house.engine.dispose()


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("hold", ["postponed", "taken back"])
def test_nothing_is_held_back_that_an_older_database_takes_for_frozen(
    house: House,
    alone: bool,  # noqa: FBT001
    hold: str,
) -> None:
    """Copied in the undo window, sent, and brought back on a new machine: nobody gets two mails.

    Before a person has said to go on nothing can be held back, and then it is too late for it:
    each copy may have left, also where the issue was paused afterwards.
    """
    freeze_now(house.engine, addresses(10))
    house.back_up()
    house.work()
    house.restore()
    shutil.rmtree(house.marks.folder)
    brought_back = NOW + HOUR
    with house.engine.begin() as connection:
        note_restoration(connection, Restoration("t", NOW, brought_back, alone))
        stop_restored(connection, brought_back)

    with pytest.raises(StateError, match="newsroom restore --confirm"):
        hold_back(house, hold, brought_back)
    said = confirm_restore(house.engine, house.marks, brought_back + HOUR)
    with house.engine.begin() as connection:
        pause(connection, "2026-var", "by hand", brought_back + HOUR)
    with pytest.raises(StateError, match="may have left"):
        hold_back(house, hold, brought_back + HOUR)

    assert said.doubted == (("2026-var", 10),)
    assert house.work(brought_back + 2 * HOUR).unknown == 10
    assert len(house.transport.sent) == 10


def test_older_database_sends_nothing(house: House) -> None:
    """Mails left after the backup: with it brought back, nothing more leaves, and it says why."""
    sending_now(house.engine, addresses(10))
    house.back_up()
    house.work()
    house.restore()

    after = house.work(NOW + HOUR)
    with house.engine.begin() as connection:
        resume(connection, "2026-var", NOW + HOUR)
    resumed = house.work(NOW + HOUR)

    assert (after.state, after.note, after.pending) == ("paused", BEHIND, 10)
    assert resumed.state == "paused"
    assert len(house.transport.sent) == 10


def test_person_confirms_and_settles(house: House) -> None:
    """Confirmed, what may have left is unknown, the issue goes on, and a person settles each."""
    sending_now(house.engine, addresses(10))
    house.back_up()
    house.work()
    house.restore()
    house.work(NOW + HOUR)

    said = confirm_restore(house.engine, house.marks, NOW + HOUR)
    again = confirm_restore(house.engine, house.marks, NOW + HOUR)
    confirmed = house.work(NOW + HOUR)
    with house.engine.begin() as connection:
        resolve(connection, "2026-var", addresses(9), DeliveryState.ACCEPTED, NOW + HOUR)
        resolve(connection, "2026-var", addresses(10)[9:], DeliveryState.PENDING, NOW + HOUR)
    house.work(NOW + HOUR)
    done = house.work(NOW + HOUR)

    assert said.doubted == (("2026-var", 10),)
    assert again.is_nothing
    assert (confirmed.state, confirmed.unknown, confirmed.note) == ("sending", 10, None)
    assert (done.state, done.accepted) == ("done", 10)
    assert len(house.transport.sent) == 11


def test_what_the_backup_knows_is_believed(house: House) -> None:
    """Copies that were settled when the backup was taken stay so."""
    sending_now(house.engine, addresses(10))
    stop_after(house, 4)
    house.back_up()
    house.transport.time.stopped = False
    house.work(NOW + HOUR)
    house.restore()
    house.work(NOW + 2 * HOUR)

    confirm_restore(house.engine, house.marks, NOW + 2 * HOUR)
    after = house.work(NOW + 2 * HOUR)

    assert (after.accepted, after.unknown) == (4, 6)


def test_backup_from_before_the_freeze(house: House) -> None:
    """An issue that is frozen a second time, since the backup did not know the first, stops too."""
    with house.engine.begin() as connection:
        add_readers(connection, addresses(10))
        approve_row(connection)
    house.back_up()
    freeze_and_release(house, NOW)
    house.work()
    house.restore()
    unknown_yet = confirm_restore(house.engine, house.marks, NOW + HOUR)
    freeze_and_release(house, NOW + HOUR)

    stopped = house.work(NOW + HOUR)
    confirm_restore(house.engine, house.marks, NOW + HOUR)
    confirmed = house.work(NOW + HOUR)

    assert unknown_yet.is_nothing
    assert (stopped.state, stopped.note) == ("paused", BEHIND)
    assert (confirmed.state, confirmed.unknown) == ("sending", 10)
    assert len(house.transport.sent) == 10


def test_what_is_done_before_the_first_look_hides_nothing(house: House) -> None:
    """Sitting down, resuming and settling write no newer time that would hide an old database."""
    sending_now(house.engine, addresses(10))
    house.transport.script = {addresses(1)[0]: [LATER]}
    stop_after(house, 4)
    with house.engine.begin() as connection:
        one, other = connection.scalars(
            select(delivery.c.email).where(delivery.c.state == "accepted").limit(2)
        )
        for email, state in ((one, "claimed"), (other, "unknown")):
            row = update(delivery).where(delivery.c.email == email)
            connection.execute(row.values(state=state, worker="host-0"))
    house.back_up()
    house.transport.time.stopped = False
    house.work(NOW + HOUR)
    house.restore()

    Desk(house.engine).dispatch().sit_down()
    with house.engine.begin() as connection:
        resume(connection, "2026-var", NOW + 2 * HOUR)
        resolve(connection, "2026-var", [other], DeliveryState.ACCEPTED, NOW + 2 * HOUR)
    after = house.work(NOW + 2 * HOUR)

    assert (after.state, after.note) == ("paused", BEHIND)


def test_bounce_before_the_first_look_hides_nothing(house: House) -> None:
    """A bounce that tips a lane of an older database, and resuming it, write to nobody again."""
    sending_now(house.engine, addresses(40))
    with house.engine.begin() as connection:
        first = list(connection.scalars(select(delivery.c.email).order_by(delivery.c.place)))
    house.transport.script = {email: [NO_SUCH] for email in first[:4]}
    stop_after(house, 16)
    house.back_up()
    house.transport.time.stopped = False
    house.work(NOW + 2 * MINUTE)
    house.restore()

    with house.engine.begin() as connection:
        back = ReturnedRow("x", "bounce", "2026-var", first[10], BounceSeverity.HARD)
        put_on_record(connection, back, NOW + HOUR)
        tipped = watch_lane(connection, "2026-var", "kommun.example", nobody, NOW + HOUR)
    house.work(NOW + HOUR)
    with house.engine.begin() as connection:
        resume(connection, "2026-var", NOW + 2 * HOUR)
    after = house.work(NOW + 2 * HOUR)

    assert tipped
    assert (after.state, after.note) == ("paused", BEHIND)
    assert len(house.transport.sent) == len(set(house.transport.recipients())) == 40


def test_doubted_canaries_are_no_failures(house: House) -> None:
    """After a restore was confirmed the rest goes on: doubts of ours stop no issue."""
    house.sending = replace(AT_ONCE, canary=Canary(20, 15 * MINUTE))
    with house.engine.begin() as connection:
        add_readers(connection, addresses(100))
        approve_row(connection)
        assert freeze(connection, an_edition(), house.sending, NOW)
    house.back_up()
    house.work()
    house.restore()
    stopped = house.work(NOW + HOUR)

    confirm_restore(house.engine, house.marks, NOW + HOUR)
    after = house.work(NOW + HOUR)

    assert (stopped.state, stopped.note) == ("paused", BEHIND)
    assert (after.state, after.note, after.unknown) == ("sending", None, 100)


def test_nothing_left_to_doubt(house: House) -> None:
    """Confirmed when nobody waits any more, an issue ends, and is not stopped a second time."""
    sending_now(house.engine, addresses(3))
    house.work()
    with house.marks.opened("2026-var") as mark:
        mark.set(NOW + HOUR)

    stopped = house.work(NOW + 2 * HOUR)
    confirm_restore(house.engine, house.marks, NOW + 2 * HOUR)
    after = house.work(NOW + 2 * HOUR)

    assert (stopped.state, stopped.note) == ("paused", BEHIND)
    assert (after.state, after.accepted) == ("done", 3)


@pytest.mark.parametrize("spoilt", [b"\0" * 26, b"2026-06-0", b"\xff\xfe"])
def test_mark_that_a_power_cut_spoilt(house: House, spoilt: bytes) -> None:
    """A mark that nobody can read pauses its issue, by the file's name, and no other issue."""
    sending_now(house.engine, addresses(10))
    stop_after(house, 4)
    house.transport.time.stopped = False
    (house.marks.folder / "2026-var").write_bytes(spoilt)

    stopped = house.work(NOW + HOUR)
    said = confirm_restore(house.engine, house.marks, NOW + HOUR)
    after = house.work(NOW + HOUR)

    assert stopped.state == "paused"
    assert "var/marks/2026-var cannot be read" in (stopped.note or "")
    assert said.doubted == (("2026-var", 6),)
    assert (after.state, after.accepted, after.unknown) == ("sending", 4, 6)
    assert len(house.transport.sent) == 4


def test_newest_database_is_never_doubted(house: House) -> None:
    """Sending, stopping, resuming and beginning anew with the same database asks nobody."""
    sending_now(house.engine, addresses(10))
    stop_after(house, 3)
    house.transport.time.stopped = False
    house.engine.dispose()

    after = house.work(NOW + HOUR)

    assert (after.accepted, after.note) == (10, None)
    assert confirm_restore(house.engine, house.marks, NOW + HOUR).is_nothing


def test_clock_that_is_set_back_is_no_older_database(house: House) -> None:
    """A machine whose clock was an hour ahead when the issue was frozen knows who has it."""
    freeze_now(house.engine, addresses(10))
    house.transport.on_send = lambda _: setattr(house.transport.time, "now", NOW - HOUR + MINUTE)
    stop_after(house, 3)
    house.transport.time.stopped = False

    after = house.work(NOW - HOUR + 2 * MINUTE)

    assert (after.state, after.note) == ("sending", None)
    assert after.accepted == 10


def test_mark_is_set_before_a_mail_leaves(postgres_database: Engine, tmp_path: Path) -> None:
    """The mark is there when a message is handed over, and says the very time of its claim.

    Both are compared after a restore, however often the clock was asked between them.
    """
    sending_now(postgres_database, addresses(3))
    transport, marks = FakeTransport(RestlessTime()), SendingMarks(tmp_path / "marks")
    seen: list[bool] = []

    def compare(_reader: str) -> None:
        last = marks.last("2026-var")
        with postgres_database.begin() as connection:
            claimed = connection.scalar(text("SELECT max(claimed_at) FROM delivery"))
        seen.append(last == claimed)

    transport.on_send = compare
    with postgres_database.begin() as connection:
        (hold,) = hand_out(connection, "2026-var", Turn("host-0", 1), NOW)
    mailroom = replace(a_mailroom(postgres_database, transport), marks=marks)
    mailroom.run_batch(hold.issue, hold.number, hold.attempt)

    assert seen == [True] * 3
    assert marks.issues() == ("2026-var",)


def test_issue_without_a_mark(tmp_path: Path) -> None:
    """Of an issue that no mail has left of nothing is known outside."""
    marks = SendingMarks(tmp_path / "marks")

    assert marks.last("2026-var") is None
    with marks.opened("2026-var"):
        assert marks.last("2026-var") is None
    assert SendingMarks(tmp_path / "nowhere").issues() == ()


class RestlessTime(FakeTime):
    """A clock that never says the same twice, as a real one."""

    def __call__(self) -> datetime:
        """Later than the last time it was asked."""
        self.now += timedelta(microseconds=7)
        return self.now


def hold_back(house: House, how: str, now: datetime) -> None:
    """Take the yes back, or let the issue leave now."""
    with house.engine.begin() as connection:
        if how == "postponed":
            postpone(connection, "2026-var", now, now)
        else:
            take_back(connection, "2026-var", now)


def stop_after(house: House, number: int) -> None:
    """Send so many, and be asked to stop."""

    def stop(_reader: str) -> None:
        house.transport.time.stopped = len(house.transport.sent) >= number

    house.transport.on_send = stop
    house.work()
    house.transport.on_send = lambda _: None


def freeze_and_release(house: House, now: datetime) -> None:
    """Freeze the issue that was approved."""
    with house.engine.begin() as connection:
        assert freeze(connection, an_edition(), AT_ONCE, now)
        release(connection, "2026-var", now)


def nobody(_connection: Connection, _email: str, _now: datetime) -> None:
    """Nobody was shut out here."""
