"""Senders that fell silent."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, update

from newsroom.database.tables import batch, delivery, issue
from newsroom.delivery.ledger.claims import LEASE, claim, expire_claims, waiting
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.ledger.report import Plan, report
from newsroom.delivery.pace.lanes import GLOBAL, pause_row
from newsroom.delivery.sending.batches import BATCH_LEASE, Turn, hand_out
from newsroom.model import Canary, Pace, Sending
from newsroom.model.delivery import Counts, Silent
from tests.delivery.ledger.test_report import WORKDAY
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, freeze_now, sending_now

NAME = "2026-var"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
PACED = replace(AT_ONCE, pace=Pace(20, MINUTE))


def told(database: Engine, ahead: timedelta, sending: Sending = PACED) -> Counts:
    """What there is to say of the issue so long after NOW."""
    with database.begin() as connection:
        return report(connection, NAME, Plan(sending, ZoneInfo("Europe/Stockholm")), NOW + ahead)


def begin(connection: Connection, worker: str = "host-0") -> None:
    """A sender takes a batch and claims its first copy, and nobody hears of it again."""
    (hold,) = hand_out(connection, NAME, Turn(worker, 1), NOW)
    first = waiting(connection, NAME, hold.number, NOW)[0]
    assert claim(connection, first, lambda email: (email,), worker, NOW)


def test_a_killed_sender_is_missed_when_its_lease_is_over(either_database: Engine) -> None:
    """Until then it may be at work. Then nobody sends, and nobody can say when all is through."""
    sending_now(either_database, addresses(20))
    with either_database.begin() as connection:
        begin(connection)

    before = told(either_database, BATCH_LEASE.length - SECOND)
    after = told(either_database, BATCH_LEASE.length)

    assert (before.silent_since, before.silent) == (None, None)
    assert before.eta is not None
    assert (after.silent_since, after.eta) == (NOW, None)
    assert after.silent == Silent(1, NOW + LEASE.length)


def test_the_copy_of_a_killed_sender_waits_for_its_word(either_database: Engine) -> None:
    """Another sender goes on with its batch, and the one copy is waited for until it is unknown."""
    sending_now(either_database, addresses(20))
    later = NOW + BATCH_LEASE.length
    with either_database.begin() as connection:
        begin(connection)
        assert hand_out(connection, NAME, Turn("host-1", 1), later)

    found = told(either_database, BATCH_LEASE.length + MINUTE)
    with either_database.begin() as connection:
        expire_claims(connection, NAME, NOW + LEASE.length)
    given_up = told(either_database, LEASE.length)

    assert (found.silent, found.silent_since) == (Silent(1, NOW + LEASE.length), None)
    assert found.eta is not None
    assert (given_up.silent, given_up.unknown) == (None, 1)


def test_a_sender_that_begins_is_given_time(database: Engine) -> None:
    """The site is built first. After five minutes nobody is there, unless a reason is noted."""
    freeze_now(database, addresses(20))

    early, late = told(database, 4 * MINUTE), told(database, 5 * MINUTE)
    with database.begin() as connection:
        connection.execute(update(issue).values(note="its page could not be published"))
    noted = told(database, HOUR)

    assert (early.silent_since, late.silent_since, noted.silent_since) == (None, NOW, None)
    assert early.eta is not None
    assert late.eta is None


@pytest.mark.parametrize("why", ["hours", "relay", "tries", "canaries", "doubt"])
def test_nobody_is_missed_where_no_mail_may_leave(database: Engine, why: str) -> None:
    """Outside the hours, while a relay or readers rest, while the rest waits: all is as it is."""
    sending = {"hours": replace(PACED, hours=WORKDAY), "canaries": replace(PACED, canary=CAREFUL)}
    sending_now(database, addresses(20), terms := sending.get(why, PACED))
    with database.begin() as connection:
        match why:
            case "relay":
                pause_row(connection, GLOBAL, NOW + 20 * HOUR, "421", NOW)
            case "tries":
                later = {"state": "deferred", "next_at": NOW + 20 * HOUR}
                connection.execute(update(delivery).values(later))
            case "canaries":
                tried = {"state": "accepted", "attempts": 1, "updated": NOW + 9 * HOUR}
                first = delivery.c.batch == CANARY
                connection.execute(update(delivery).where(first).values(tried))
            case "doubt":
                connection.execute(update(delivery).values(state="unknown"))

    assert told(database, 10 * HOUR, terms).silent_since is None


CAREFUL = Canary(5, 2 * HOUR)


@pytest.mark.parametrize(
    ("why", "since"),
    [("hours", 23 * HOUR), ("tries", 3 * HOUR), ("canaries", 2 * HOUR), ("relay", 4 * HOUR)],
)
def test_since_when_is_counted_from_when_it_could_go_on(
    database: Engine, why: str, since: timedelta
) -> None:
    """A night, a host's wish, the canaries' time: nobody was asked to send meanwhile."""
    sending = {"hours": replace(PACED, hours=WORKDAY), "canaries": replace(PACED, canary=CAREFUL)}
    sending_now(database, addresses(20), terms := sending.get(why, PACED))
    with database.begin() as connection:
        match why:
            case "relay":
                pause_row(connection, GLOBAL, NOW + 4 * HOUR, "421", NOW)
            case "tries":
                later = {"state": "deferred", "next_at": NOW + 3 * HOUR}
                connection.execute(update(delivery).values(later))
            case "canaries":
                tried = {"state": "accepted", "attempts": 1}
                first = delivery.c.batch == CANARY
                connection.execute(update(delivery).where(first).values(tried))

    assert told(database, 24 * HOUR, terms).silent_since == NOW + since


@pytest.mark.parametrize("state", ["claimed", "accepted"])
def test_a_verdict_and_the_end_ask_for_a_sender_too(database: Engine, state: str) -> None:
    """A copy that is to be given up, or an issue that only wants to be done, wait for somebody."""
    sending_now(database, addresses(1))
    with database.begin() as connection:
        connection.execute(update(delivery).values(state=state, worker="host-0"))

    assert told(database, LEASE.length - SECOND).silent_since == (
        None if state == "claimed" else NOW
    )
    assert told(database, LEASE.length + MINUTE).silent_since == NOW


def test_a_sender_that_dies_over_the_first_few_is_missed(database: Engine) -> None:
    """The rest waits for them, and they wait for somebody: that is not said to be under way."""
    terms = replace(PACED, canary=CAREFUL)
    sending_now(database, addresses(20), terms)
    with database.begin() as connection:
        begin(connection)

    found = told(database, 3 * MINUTE, terms)

    assert (found.silent_since, found.eta) == (NOW, None)
    assert found.waits_for == "the first few are being written to"


def test_a_sender_at_work_elsewhere_will_come(database: Engine) -> None:
    """Who has a batch of another issue in hand is alive."""
    sending_now(database, addresses(20))
    with database.begin() as connection:
        connection.execute(
            update(batch).values(worker="host-1", lease_until=NOW + HOUR + MINUTE, attempt=1)
        )

    assert told(database, HOUR).silent_since is None
