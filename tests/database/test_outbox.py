"""Mails that wait: each in one pair of hands, tried again for a day, and then erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select

from newsroom.database import outbox, reading, transaction
from newsroom.database.outbox import KEPT, KEPT_MEMO, LEASE, MailClaim, MailOrder, PutOff
from newsroom.database.tables import outbox as table
from newsroom.delivery.transports.smtp import LONGEST
from newsroom.model import SubscriberState
from newsroom.model.memo import Memo
from newsroom.model.single_mail import Purpose
from newsroom.readers import erasure, subscribers
from newsroom.readers.retention import expire
from newsroom.readers.subscribers import NewSubscriber
from tests.readers.histories import EMAIL, KEYS, NOW

GREY = PutOff("451 4.7.1", "Greylisted, come back later")
MINUTE = timedelta(minutes=1)


def order(connection: Connection, email: str = EMAIL, kind: Purpose = Purpose.CONFIRM) -> MailOrder:
    """A mail to somebody who has just signed up."""
    person = NewSubscriber(email, SubscriberState.PENDING, "sv")
    (number,) = subscribers.add(connection, [person], NOW)
    return MailOrder(number, kind, "sv", "seed")


def waiting(database: Engine) -> int:
    """How many mails wait."""
    with reading(database) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def claimed(connection: Connection) -> MailClaim:
    """A mail that somebody has just asked for, in our hands."""
    outbox.put(connection, order(connection), NOW)
    held = outbox.claim(connection, NOW)
    assert held is not None
    return held


def test_many_processes_take_each_mail_once(either_database: Engine) -> None:
    """Twelve mails and eight processes that look at once: every mail is in one pair of hands."""
    with transaction(either_database) as connection:
        for number in range(12):
            outbox.put(connection, order(connection, f"{number}@example.se"), NOW)

    def look(_: int) -> MailClaim | None:
        with transaction(either_database) as connection:
            return outbox.claim(connection, NOW)

    with ThreadPoolExecutor(8) as pool:
        found = [held.id for held in pool.map(look, range(24)) if held]

    assert sorted(found) == sorted(set(found))
    assert len(found) == 12


def test_it_is_tried_after_1_5_15_and_60_minutes_for_a_day(either_database: Engine) -> None:
    """A mail that is put off comes back after longer waits, then every hour, for 24 hours."""
    with transaction(either_database) as connection:
        held, now, waits = claimed(connection), NOW, list[int]()
        while outbox.put_off(connection, held, GREY, now):
            (then,) = connection.execute(select(table.c.next_at)).one()
            assert outbox.claim(connection, then - MINUTE / 60) is None
            waits.append((then - now) // MINUTE)
            again = outbox.claim(connection, then)
            assert again is not None
            held, now = again, then

    assert waits[:6] == [1, 5, 15, 60, 60, 60]
    assert now - NOW < KEPT
    assert now + timedelta(hours=1) - NOW >= KEPT


def test_a_server_that_names_a_time_gets_it(database: Engine) -> None:
    """Who says "try again in twenty minutes" is not asked before."""
    with transaction(database) as connection:
        held = claimed(connection)
        busy = PutOff("429", "too many", timedelta(minutes=20))
        assert outbox.put_off(connection, held, busy, NOW)

        assert outbox.claim(connection, NOW + 19 * MINUTE) is None
        assert outbox.claim(connection, NOW + 20 * MINUTE) is not None


def test_a_claim_nobody_reports_on_comes_back_twice(either_database: Engine) -> None:
    """A crash between claim and outcome leaves a doubt: it is sent again, three times at most."""
    with transaction(either_database) as connection:
        held, now = claimed(connection), NOW
        for _ in range(2):
            assert not held.is_over(now)
            assert outbox.claim(connection, now + LEASE.length - MINUTE) is None
            now += LEASE.length
            again = outbox.claim(connection, now)
            assert again is not None
            held = again
        assert not held.is_over(now)

        last = outbox.claim(connection, now + LEASE.length)
        assert last is not None
        assert last.is_over(now + LEASE.length)


@pytest.mark.parametrize("ahead", [timedelta(hours=13), timedelta(days=365)])
def test_a_claim_of_a_clock_that_was_ahead_keeps_no_mail_waiting(
    either_database: Engine, ahead: timedelta
) -> None:
    """A process that died over a mail while the clock was wrong leaves it to the next to look."""
    with transaction(either_database) as connection:
        outbox.put(connection, order(connection), NOW)
        assert outbox.claim(connection, NOW + ahead) is not None

        assert outbox.is_due(connection, NOW)
        assert outbox.claim(connection, NOW) is not None


def test_a_mail_that_was_asked_for_by_a_clock_that_was_ahead_leaves(database: Engine) -> None:
    """Nobody waits for a wrong clock's time to come round."""
    with transaction(database) as connection:
        outbox.put(connection, order(connection), NOW + timedelta(days=365))

        assert outbox.claim(connection, NOW) is not None


def test_nobody_is_left_alone_for_longer_than_six_hours(database: Engine) -> None:
    """Who says "try again tomorrow" is asked before the mail has had its time."""
    with transaction(database) as connection:
        held = claimed(connection)
        busy = PutOff("429", "too many", timedelta(hours=30))
        assert outbox.put_off(connection, held, busy, NOW)

        assert outbox.claim(connection, NOW + timedelta(hours=6) - MINUTE) is None
        assert outbox.claim(connection, NOW + timedelta(hours=6)) is not None


def test_a_lease_lasts_longer_than_any_handing_over() -> None:
    """Nobody takes a mail over from a process that is still talking to its server."""
    assert LONGEST + timedelta(seconds=30) < LEASE.length


def test_who_lost_a_mail_writes_nothing(either_database: Engine) -> None:
    """The outcome of a claim that another process has taken over is not written down."""
    with transaction(either_database) as connection:
        slow = claimed(connection)
        quick = outbox.claim(connection, NOW + LEASE.length)
        assert quick is not None

        outbox.end(connection, slow)
        assert connection.scalar(select(func.count()).select_from(table)) == 1
        outbox.end(connection, quick)
        assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_a_second_mail_like_it_takes_its_place(either_database: Engine) -> None:
    """Somebody who asks again while the first still waits gets one mail."""
    with transaction(either_database) as connection:
        asked = order(connection)
        outbox.put(connection, asked, NOW)
        outbox.put(connection, asked, NOW + MINUTE)

    assert waiting(either_database) == 1


def test_nothing_in_it_names_anybody(either_database: Engine) -> None:
    """No address is kept, not even one that a server repeats."""
    with transaction(either_database) as connection:
        held = claimed(connection)
        rude = PutOff("450 4.2.0", f"<{EMAIL}>: come back later")
        outbox.put_off(connection, held, rude, NOW)
        rows = repr(connection.execute(select(table)).all())

    assert "450 4.2.0" in rows
    assert "@" not in rows


def test_forgetting_somebody_erases_their_mails(either_database: Engine) -> None:
    """Who is forgotten gets no mail that still waited; that of others stays."""
    with transaction(either_database) as connection:
        outbox.put(connection, order(connection), NOW)
        outbox.put(connection, order(connection, "bo@example.se"), NOW)

        erasure.erase(connection, KEYS, EMAIL, NOW)

    assert waiting(either_database) == 1


@pytest.mark.parametrize(("age", "left"), [(KEPT - MINUTE, 2), (KEPT, 1), (KEPT_MEMO, 0)])
def test_nothing_is_kept_for_ever(either_database: Engine, age: timedelta, left: int) -> None:
    """What nobody came to hand over is dropped: a reader's mail in a day, a memo in two weeks."""
    memo = Memo(kind="backup", occasion="1", subject="No backup", sentences=("The disk is full.",))
    with transaction(either_database) as connection:
        outbox.put(connection, order(connection), NOW)
        outbox.put(connection, MailOrder(None, Purpose.MEMO, "sv", memo=memo), NOW)
        expire(connection, KEYS, NOW + age)

    assert waiting(either_database) == left


def test_what_waits_is_told_by_purpose_and_reason(either_database: Engine) -> None:
    """Mails of one kind that wait for the same reason are one line, with the oldest's age."""
    with transaction(either_database) as connection:
        for name in ("a", "b"):
            outbox.put(connection, order(connection, f"{name}@example.se"), NOW)
            held = outbox.claim(connection, NOW)
            assert held is not None
            outbox.put_off(connection, held, GREY, NOW)
        outbox.put(connection, order(connection, "c@example.se", Purpose.DATA), NOW + MINUTE)

        grey, new = outbox.backlog(connection)

    assert (grey.kind, grey.number, grey.since) == (Purpose.CONFIRM, 2, NOW)
    assert (grey.code, grey.reason, grey.next_at) == (GREY.code, GREY.reason, NOW + MINUTE)
    assert (new.kind, new.number, new.code, new.reason) == (Purpose.DATA, 1, None, None)
