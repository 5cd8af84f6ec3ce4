"""What the ledger's control promises, the same on SQLite and PostgreSQL."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from newsroom.database import open_database
from newsroom.database.tables import bounce, delivery, subscriber
from newsroom.delivery.ledger.claims import LEASE, expire_claims
from newsroom.delivery.ledger.settling import send_to_rest
from newsroom.delivery.pace.watch import watch_issue
from newsroom.delivery.sending.batches import BATCH_LEASE, Turn, hand_out
from newsroom.delivery.sending.course import cancel, finish, pause, resume
from newsroom.errors import StateError
from newsroom.model import Hours, LaneGroup, Pace, Sending
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome
from tests.delivery.fakes import ACCEPTED, FakeTime, FakeTransport, a_mailroom
from tests.delivery.pace.test_lanes import busiest
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, freeze_now, sending_now
from tests.delivery.sending.test_dispatch import Desk

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted", BounceSeverity.SOFT)
THROTTLED = Outcome(DeliveryState.DEFERRED, "454 4.7.0", "throttled", BounceSeverity.SOFT)
BLOCKED = Outcome(DeliveryState.DEFERRED, "550 5.7.1", "blocked", BounceSeverity.POLICY)
NO_SUCH = Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user", BounceSeverity.HARD)
FULL = Outcome(DeliveryState.REFUSED, "552 5.2.2", "mailbox full", BounceSeverity.SOFT)
LOST = Outcome(DeliveryState.UNKNOWN, None, "lost after DATA")


def a_desk(database: Engine, sending: Sending = AT_ONCE) -> Desk:
    """A desk on the database, with a clock of its own."""
    return Desk(database, sending, transport=FakeTransport(FakeTime()))


def tell(database: Engine, step: Callable[[Connection, datetime], object], now: datetime) -> None:
    """A command, in a transaction of its own."""
    with database.begin() as connection:
        step(connection, now)


# Tried again, until it is enough


def test_the_waits_between_tries(either_database: Engine) -> None:
    """A copy put off is tried after 5, 15, 30, 60, 120, 240 minutes, then every four hours.

    Each wait is up to a fifth shorter or longer; after the deadline the copy is refused.
    """
    sending_now(either_database, ["a@a.example"])
    desk = a_desk(either_database)
    desk.transport.script = {"a@a.example": [LATER]}

    tally = desk.work(NOW)
    while tally.next_at is not None:
        tally = desk.work(tally.next_at)

    tries = [at for _, at in desk.transport.sent]
    waits = [(later - at) / MINUTE for at, later in pairwise(tries)]
    planned = [5, 15, 30, 60, 120, 240, *[240] * (len(waits) - 6)]
    assert all(0.8 * p <= wait <= 1.2 * p for p, wait in zip(planned, waits, strict=True))
    assert len(set(waits[6:])) > 1
    assert timedelta(hours=48) <= tries[-1] - NOW <= timedelta(hours=53)
    assert (tally.refused, tally.state) == (1, "sending")


def test_flood_of_throttling_loses_nobody(either_database: Engine) -> None:
    """A relay that throttles everybody for hours has accepted everybody in the end."""
    sending_now(either_database, addresses(12))
    desk = a_desk(either_database)
    desk.transport.script = {
        reader: [*[THROTTLED] * (1 + place % 5), ACCEPTED]
        for place, reader in enumerate(addresses(12))
    }

    tally = desk.work(NOW)
    while tally.next_at is not None:
        tally = desk.work(tally.next_at)

    assert desk.work(desk.transport.time.now).state == "done"
    assert (tally.accepted, tally.refused) == (12, 0)


def test_who_leaves_between_two_tries(either_database: Engine) -> None:
    """Consent is asked for anew at each try, also days later."""
    sending_now(either_database, ["a@a.example"])
    desk = a_desk(either_database)
    desk.transport.script = {"a@a.example": [LATER]}
    tally = desk.work(NOW)
    while tally.next_at is not None and tally.next_at < NOW + timedelta(days=1):
        tally = desk.work(tally.next_at)
    tries = len(desk.transport.sent)
    with either_database.begin() as connection:
        connection.execute(update(subscriber).values(state="unsubscribed"))

    after = desk.work(NOW + timedelta(days=2))

    assert tries > 5
    assert len(desk.transport.sent) == tries
    assert after.excluded == 1
    with either_database.begin() as connection:
        assert connection.scalar(select(delivery.c.reason)) == "unsubscribed"


# Paused, resumed, cancelled


@pytest.mark.parametrize("step", ["pause", "cancel"])
def test_a_word_holds_from_the_next_message(either_database: Engine, step: str) -> None:
    """A pause or a cancellation lets the message in hand go, and not one more, over a restart."""
    sending_now(either_database, addresses(8))
    desk = a_desk(either_database)
    steps = {
        "pause": lambda c, now: pause(c, "2026-var", "wait", now),
        "cancel": lambda c, now: cancel(c, "2026-var", "no", now),
    }

    def stop_at_third(_reader: str) -> None:
        if len(desk.transport.sent) == 3:
            tell(either_database, steps[step], NOW)

    desk.transport.on_send = stop_at_third
    stopped = desk.work(NOW)
    either_database.dispose()
    restarted = a_desk(either_database).work(NOW + HOUR)

    assert len(desk.transport.sent) == 3
    assert stopped.accepted == restarted.accepted == 3
    assert restarted.state == {"pause": "paused", "cancel": "cancelled"}[step]
    assert restarted.pending == {"pause": 5, "cancel": 0}[step]


def test_a_pause_in_any_state_of_the_copies(either_database: Engine) -> None:
    """An issue with copies put off, unknown and waiting is paused and resumed without loss."""
    readers = addresses(6)
    sending_now(either_database, readers)
    desk = a_desk(either_database)
    desk.transport.script = {readers[0]: [LATER, ACCEPTED], readers[1]: [LOST]}
    desk.work(NOW)
    tell(either_database, lambda c, now: pause(c, "2026-var", "wait", now), NOW)

    during = desk.work(NOW + HOUR)
    tell(either_database, lambda c, now: resume(c, "2026-var", now), NOW + 2 * HOUR)
    after = desk.work(NOW + 2 * HOUR)

    assert (during.deferred, during.unknown, during.state) == (1, 1, "paused")
    assert (after.accepted, after.unknown) == (5, 1)


# One sender


def test_holder_that_was_stopped_cannot_go_on(either_database: Engine) -> None:
    """A process that slept past its leases settles the message it had in hand, claims no other.

    Another had taken the batch meanwhile; nobody gets two, and nothing stays unknown.
    """
    sending_now(either_database, addresses(6))
    old, new = a_desk(either_database), a_desk(either_database)
    new.worker = "other-0"

    def sleep(_reader: str) -> None:
        if len(old.transport.sent) == 2:
            awake = NOW + LEASE.length + BATCH_LEASE.length
            new.work(awake)
            old.transport.time.now = awake

    old.transport.on_send = sleep
    old.work(NOW)

    everybody = Counter([*old.transport.recipients(), *new.transport.recipients()])
    after = new.tally()
    assert everybody == dict.fromkeys(addresses(6), 1)
    assert len(old.transport.sent) == 2
    assert (after.accepted, after.unknown) == (6, 0)


def test_clock_that_is_wrong_gives_nothing_away(either_database: Engine) -> None:
    """A holder whose clock is hours behind cannot renew what was handed on."""
    sending_now(either_database, addresses(4))
    with either_database.begin() as connection:
        (behind,) = hand_out(connection, "2026-var", Turn("host-0", 1), NOW)
        (ours,) = hand_out(connection, "2026-var", Turn("other-0", 1), NOW + BATCH_LEASE.length)
    transport = FakeTransport(FakeTime(NOW - 5 * HOUR))

    a_mailroom(either_database, transport).run_batch("2026-var", 1, behind.attempt)

    assert ours.attempt == behind.attempt + 1
    assert transport.sent == []


# Limits


@pytest.mark.parametrize("limit", ["pace", "lane_pace", "sender_pace", "group"])
def test_no_window_holds_more_than_a_limit(either_database: Engine, limit: str) -> None:
    """Over restarts and two processes, no window of send times has more than the limit says."""
    pace = Pace(10, MINUTE)
    sending = {
        "pace": replace(AT_ONCE, pace=pace),
        "lane_pace": replace(AT_ONCE, lane_pace=pace),
        "sender_pace": replace(AT_ONCE, sender_pace=pace),
        "group": replace(AT_ONCE, lanes=(LaneGroup("kommun.example", (), pace),)),
    }[limit]
    sending_now(either_database, addresses(45), sending)
    where = either_database.url.render_as_string(hide_password=False)
    times: list[datetime] = []
    clock = FakeTime()
    for process in range(5):
        engine = open_database(where.replace("+psycopg", ""))
        desk = Desk(engine, sending, worker=f"host-{process}", transport=FakeTransport(clock))

        def end(_reader: str, desk: Desk = desk) -> None:
            clock.stopped = len(desk.transport.sent) >= 9

        desk.transport.on_send = end
        desk.work(clock.now)
        times += [at for _, at in desk.transport.sent]
        clock.stopped = False
        engine.dispose()

    assert len(times) == 45
    assert busiest(times, MINUTE) <= 10
    assert times[-1] - times[0] < 5 * MINUTE


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (datetime(2027, 3, 28, 12, tzinfo=ZoneInfo("UTC")), 6),  # summer time began that night
        (datetime(2027, 10, 31, 12, tzinfo=ZoneInfo("UTC")), 7),  # and ended
    ],
)
def test_hours_are_those_of_the_wall(database: Engine, day: datetime, opens: int) -> None:
    """Mail leaves from eight by the clock in Stockholm, on the Monday after each change too."""
    sending = replace(AT_ONCE, hours=Hours(frozenset(range(5)), time(8), time(16)))
    freeze_now(database, addresses(2), sending)
    desk = a_desk(database, sending)
    monday = day.replace(hour=opens) + timedelta(days=1)

    early = desk.work(monday - timedelta(seconds=1))
    on_time = desk.work(monday)

    assert (early.accepted, on_time.accepted) == (0, 2)


# When it stops by itself


@pytest.mark.parametrize(
    ("answer", "left", "note"),
    [
        (BLOCKED, 3, "3 mail hosts refuse us for policy"),
        (FULL, 5, "5 messages failed with the same answer, one after the other"),
        (LOST, 5, "5 messages failed with the same answer, one after the other"),
    ],
    ids=["policy", "refused", "unknown"],
)
def test_equal_failures_stop_the_issue(
    either_database: Engine, answer: Outcome, left: int, note: str
) -> None:
    """Three hosts that refuse us, or five equal failures in a row, pause the issue.

    Nobody else is written to until somebody resumes it; who was refused is tried again then.
    """
    readers = [f"reader@host{number}.example" for number in range(20)]
    sending_now(either_database, readers)
    desk = a_desk(either_database)
    desk.transport.script = {reader: [answer] for reader in readers}

    stopped = desk.work(NOW)
    still = desk.work(NOW + HOUR)
    sent = desk.transport.recipients()
    desk.transport.script.clear()
    tell(either_database, lambda c, now: resume(c, "2026-var", now), NOW + HOUR)
    desk.work(NOW + HOUR)

    assert (stopped.state, stopped.note) == ("paused", note)
    assert len(sent) == left
    assert still.state == "paused"
    again = Counter(desk.transport.recipients())
    assert again.keys() == set(readers)
    assert {reader for reader, times in again.items() if times > 1} == (
        set() if answer is LOST else set(sent)
    )


def test_nobody_is_struck_for_an_answer_that_everybody_gets(either_database: Engine) -> None:
    """A relay that calls every address unknown, host after host, pauses the issue and costs nobody.

    Those it refused wait for another try and are let in again; when a person has mended it, all
    of them are written to.
    """
    readers = [f"reader@host{number}.example" for number in range(20)]
    sending_now(either_database, readers)
    desk = a_desk(either_database)
    desk.transport.script = {reader: [NO_SUCH] for reader in readers}

    shut_out: list[str] = []
    mailroom = replace(
        a_mailroom(either_database, desk.transport),
        suppress=lambda _c, email, _now: shut_out.append(email),
        forgive=lambda _c, email, _now: shut_out.remove(email),
    )

    for hold in desk.look(NOW):
        mailroom.run_batch(hold.issue, hold.number, hold.attempt)
    stopped = desk.tally(NOW)
    refused = desk.transport.recipients()
    desk.transport.script.clear()
    tell(either_database, lambda c, now: resume(c, "2026-var", now), NOW + HOUR)
    after = desk.work(NOW + HOUR)

    assert (stopped.state, stopped.refused, stopped.deferred) == ("paused", 0, 5)
    assert (len(refused), shut_out) == (5, [])
    assert after.accepted == 20


def test_relay_that_drops_some_lines_stops_the_issue(either_database: Engine) -> None:
    """A relay that loses every third answer leaves few readers in doubt: the issue stops for it."""
    readers = [f"reader{number:02}@host{number}.example" for number in range(60)]
    sending_now(either_database, readers)
    desk = a_desk(either_database)
    desk.transport.script = {reader: [LOST] for reader in readers[::3]}

    stopped = desk.work()

    assert (stopped.state, stopped.unknown) == ("paused", 6)
    assert stopped.accepted + stopped.unknown + stopped.pending == 60
    assert stopped.note is not None
    assert "nobody knows whether it took them" in stopped.note


@pytest.mark.parametrize(
    ("kind", "severity", "number", "stops"),
    [
        ("complaint", "unknown", 2, None),
        ("complaint", "unknown", 3, "3 readers have reported it as spam"),
        ("bounce", "hard", 5, None),
        ("bounce", "hard", 6, "6 of the first 40 addresses refused: is this an old list?"),
        ("bounce", "policy", 3, "3 mail hosts refuse us for policy"),
        ("bounce", "soft", 20, None),
    ],
)
def test_what_comes_back_by_mail_stops_it_too(
    either_database: Engine, kind: str, severity: str, number: int, stops: str | None
) -> None:
    """Complaints, dead addresses and refusals of us count when they come later, by mail."""
    readers = [f"reader@host{number}.example" for number in range(60)]
    sending_now(either_database, readers)
    with either_database.begin() as connection:
        answered = delivery.c.email.in_(readers[:40])
        accepted = {"state": "accepted", "code": "250", "updated": NOW + MINUTE}
        connection.execute(update(delivery).where(answered).values(**accepted))
        for reader in readers[:number]:
            values = {"issue": "2026-var", "email": reader, "severity": severity, "kind": kind}
            came = insert(bounce).values(**values, digest=reader, suppressed=False, at=NOW)
            connection.execute(came)

        stopped = watch_issue(connection, "2026-var", NOW + HOUR)
        again = watch_issue(connection, "2026-var", NOW + HOUR)

    assert stopped is (stops is not None)
    assert not again
    assert a_desk(either_database).tally().note == stops


def test_lane_that_stops_punishes_nobody(either_database: Engine) -> None:
    """A host that suddenly knows nobody stops its own lane, and its word is taken back.

    Those it refused wait for another try and are let in again; when a person has looked and it
    says the same once more it is believed.
    """
    strict, others = addresses(20, "strict.example"), addresses(90, "other.example")
    sending_now(either_database, [*strict, *others])
    desk = a_desk(either_database)
    desk.transport.script = {reader: [NO_SUCH] for reader in strict}
    shut_out: list[str] = []
    mailroom = replace(
        a_mailroom(either_database, desk.transport),
        suppress=lambda _c, email, _now: shut_out.append(email),
        forgive=lambda _c, email, _now: shut_out.remove(email),
    )

    def work(now: datetime) -> None:
        desk.transport.time.now = now
        for hold in desk.look(now):
            mailroom.run_batch(hold.issue, hold.number, hold.attempt)

    work(NOW)
    stopped = desk.tally(NOW)
    tell(either_database, lambda c, now: resume(c, "2026-var", now), NOW + HOUR)
    refused_first = [r for r in desk.transport.recipients() if r in strict]
    desk.transport.script = {refused_first[0]: [NO_SUCH]}
    work(NOW + HOUR)
    after = desk.tally(NOW + HOUR)

    assert [(lane.lane, lane.state) for lane in stopped.lanes] == [("strict.example", "stopped")]
    assert len(refused_first) == 5
    assert (stopped.accepted, stopped.refused, stopped.deferred) == (90, 0, 5)
    assert (after.accepted, after.refused) == (109, 1)
    assert shut_out == [refused_first[0]]


# Late


def test_issue_whose_time_is_long_past(either_database: Engine) -> None:
    """An issue that could not begin for longer than the grace is held until a person resumes it."""
    hours = Hours(frozenset(range(5)), time(8), time(16))
    sending = replace(AT_ONCE, hours=hours)
    freeze_now(either_database, addresses(3), sending)
    desk = a_desk(either_database, sending)

    def look(now: datetime) -> str:
        replace(desk.dispatch(), grace=6 * HOUR).look(now)
        return desk.tally(now).state

    held = look(NOW + timedelta(days=1))
    note = desk.tally(NOW).note
    tell(either_database, lambda c, now: resume(c, "2026-var", now), NOW + timedelta(days=1))
    resumed = look(NOW + timedelta(days=1, minutes=1))

    assert (held, resumed) == ("paused", "sending")
    assert note == (
        "it was to leave on 2026-06-02 09:00; is it still right? "
        "Then: newsroom issue resume 2026-var"
    )


def test_issue_that_waited_for_its_hours_is_not_late(database: Engine) -> None:
    """An issue frozen on a Friday evening leaves on Monday morning."""
    hours = Hours(frozenset(range(5)), time(8), time(16))
    sending = replace(AT_ONCE, hours=hours, undo=timedelta(days=3, hours=9))  # Friday 18.00
    freeze_now(database, addresses(3), sending)
    desk = a_desk(database, sending)
    monday = NOW + timedelta(days=6)

    replace(desk.dispatch(), grace=6 * HOUR).look(monday)

    assert desk.tally(monday).state == "sending"


# The end


def test_only_those_not_reached_are_written_to_again(either_database: Engine) -> None:
    """Once more to the rest touches the refused whose address may be right, and nobody else."""
    readers = addresses(5)
    sending_now(either_database, readers)
    desk = a_desk(either_database)
    desk.transport.script = {readers[0]: [FULL, ACCEPTED], readers[1]: [NO_SUCH, ACCEPTED]}
    with either_database.begin() as connection:
        left = update(subscriber).where(subscriber.c.email == readers[2])
        connection.execute(left.values(state="unsubscribed"))
    desk.work(NOW)
    desk.work(NOW)
    with either_database.begin() as connection:
        again = send_to_rest(connection, "2026-var", NOW + timedelta(days=5), NOW + HOUR)
    desk.work(NOW + HOUR)
    done = desk.work(NOW + HOUR)

    assert again == 1
    assert Counter(desk.transport.recipients()) == {
        readers[0]: 2,
        readers[1]: 1,
        readers[3]: 1,
        readers[4]: 1,
    }
    assert (done.state, done.accepted, done.refused, done.excluded) == ("done", 3, 1, 1)


def test_nobody_to_write_to_again(database: Engine) -> None:
    """An issue that reached everybody stays done, and one that has not ended is not begun again."""
    sending_now(database, addresses(2))
    desk = a_desk(database)
    with database.begin() as connection, pytest.raises(StateError, match="has not ended"):
        send_to_rest(connection, "2026-var", NOW, NOW)
    desk.work(NOW)
    desk.work(NOW)

    with database.begin() as connection:
        assert send_to_rest(connection, "2026-var", NOW, NOW) == 0

    assert desk.tally().state == "done"


def test_never_done_while_one_is_open(either_database: Engine) -> None:
    """Done is only said when no copy waits, is in hand, is put off or is unknown."""
    sending_now(either_database, addresses(1))
    answers = []
    for state in ("pending", "claimed", "deferred", "unknown", "accepted"):
        with either_database.begin() as connection:
            connection.execute(update(delivery).values(state=state))
            answers.append(finish(connection, "2026-var", NOW))

    assert answers == [False, False, False, False, True]


def test_late_writer_tells_the_truth(either_database: Engine) -> None:
    """What was given up as unknown and was accepted after all is settled by who handed it over."""
    sending_now(either_database, addresses(1))
    desk = a_desk(either_database)

    def give_up(_reader: str) -> None:
        with either_database.begin() as connection:
            expire_claims(connection, "2026-var", NOW + LEASE.length + MINUTE)
        assert desk.tally().unknown == 1

    desk.transport.on_send = give_up

    assert desk.work(NOW).accepted == 1
