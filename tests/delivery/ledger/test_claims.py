"""The ledger's two statements, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from newsroom.database.tables import delivery, issue, subscriber, suppression
from newsroom.delivery.ledger.claims import (
    LEASE,
    claim,
    exclude,
    expire_claims,
    give_back,
    give_up_claims,
    record,
    waiting,
)
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.pace.lanes import GLOBAL, lane_key, pause_row
from newsroom.delivery.sending.course import cancel, pause, resume
from newsroom.model.delivery import DeliveryState, Outcome, Recipient
from tests.delivery.sample_ledger import NOW, addresses, freeze_now, sending_now

ACCEPTED = Outcome(DeliveryState.ACCEPTED, code="250")
LATER = NOW + timedelta(minutes=5)


def hashes(email: str) -> tuple[str, ...]:
    """Made-up keyed hashes: one with the present secret, one with the one before."""
    return (f"new:{email}", f"old:{email}")


def only(connection: Connection) -> Recipient:
    """The one recipient that waits."""
    (recipient,) = waiting(connection, "2026-var", 1, LATER + timedelta(days=9))
    return recipient


def state(connection: Connection) -> tuple[str, str | None]:
    """The state and the reason of the one row."""
    row = connection.execute(select(delivery.c.state, delivery.c.reason)).one()
    return row.state, row.reason


def test_claim_and_record(either_database: Engine) -> None:
    """A copy is claimed, its attempt counted, and its outcome written under the claim's token."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        held = claim(connection, only(connection), hashes, "seat-0", NOW)
        assert held is not None
        in_hand = counts(connection, "2026-var", NOW)

        written = record(connection, held, ACCEPTED, NOW)

        settled = counts(connection, "2026-var", NOW)
        attempts = connection.scalar(select(delivery.c.attempts))
    assert written
    assert (in_hand.claimed, settled.accepted, attempts) == (1, 1, 1)
    assert in_hand.adds_up
    assert settled.adds_up


def test_one_of_many_claims_a_copy(either_database: Engine) -> None:
    """Of twenty who want the same copy at once, one gets it."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        recipient = only(connection)

    def attempt(_: int) -> bool:
        with either_database.begin() as connection:
            return claim(connection, recipient, hashes, "seat-0", NOW) is not None

    with ThreadPoolExecutor(10) as threads:
        assert sum(threads.map(attempt, range(20))) == 1


@pytest.mark.parametrize("which", ["new:anna@a.example", "old:anna@a.example"])
def test_suppressed_address_is_not_claimed(either_database: Engine, which: str) -> None:
    """An address suppressed after the freeze is left out, whichever secret it was hashed with."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        recipient = only(connection)
        connection.execute(
            insert(suppression).values(address_hash=which, reason="complained", at=NOW)
        )

        held = claim(connection, recipient, hashes, "seat-0", NOW)
        reason = exclude(connection, recipient, hashes, NOW)

        assert held is None
        assert reason == "complained"
        assert state(connection) == ("excluded", "complained")


def test_reader_who_left_is_not_claimed(either_database: Engine) -> None:
    """Leaving while the issue is under way means no mail, also for a copy that was put off."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        held = claim(connection, only(connection), hashes, "seat-0", NOW)
        assert held is not None
        record(connection, held, Outcome(DeliveryState.DEFERRED, code="451"), NOW, LATER)
        connection.execute(update(subscriber).values(state="unsubscribed"))

        again = claim(connection, held.recipient, hashes, "seat-0", LATER)
        exclude(connection, held.recipient, hashes, LATER)

        assert again is None
        assert state(connection) == ("excluded", "unsubscribed")


def test_erased_reader_is_not_claimed(database: Engine) -> None:
    """A reader whose row is gone is left out."""
    sending_now(database, ["anna@a.example"])
    with database.begin() as connection:
        recipient = only(connection)
        connection.execute(delete(subscriber))

        assert claim(connection, recipient, hashes, "seat-0", NOW) is None
        assert exclude(connection, recipient, hashes, NOW) == "erased"


def test_reader_who_may_be_mailed_is_not_excluded(database: Engine) -> None:
    """Nobody is left out without a reason."""
    sending_now(database, ["anna@a.example"])
    with database.begin() as connection:
        assert exclude(connection, only(connection), hashes, NOW) is None
        assert state(connection) == ("pending", None)


def test_nothing_is_claimed_before_the_release(database: Engine) -> None:
    """No mail leaves before the issue's page is published."""
    freeze_now(database, ["anna@a.example"])
    with database.begin() as connection:
        connection.execute(update(issue).values(state="sending"))

        assert claim(connection, only(connection), hashes, "seat-0", NOW) is None


@pytest.mark.parametrize("which", [GLOBAL, lane_key("a.example")])
def test_nothing_is_claimed_while_its_lane_rests(either_database: Engine, which: str) -> None:
    """A pause of a lane, or of all, holds from the next claim on, and until it is over."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        recipient = only(connection)
        pause_row(connection, which, LATER, "421 too many", NOW)

        early = claim(connection, recipient, hashes, "seat-0", LATER - timedelta(seconds=1))
        in_time = claim(connection, recipient, hashes, "seat-0", LATER)

        assert early is None
        assert in_time is not None


def test_pause_and_resume(either_database: Engine) -> None:
    """A pause holds from the next claim on; the deadline moves by its length."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        recipient = only(connection)
        before = counts(connection, "2026-var", NOW).deadline

        pause(connection, "2026-var", "lunch", NOW)
        refused = claim(connection, recipient, hashes, "seat-0", NOW)
        resume(connection, "2026-var", NOW + timedelta(days=1))
        held = claim(connection, recipient, hashes, "seat-0", NOW)

        after = counts(connection, "2026-var", NOW).deadline
        assert refused is None
        assert held is not None
        assert before is not None
        assert after == before + timedelta(days=1)


def test_deferred_copy_waits_for_its_time(either_database: Engine) -> None:
    """A copy that was put off is claimed again when its time has come, not before."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        held = claim(connection, only(connection), hashes, "seat-0", NOW)
        assert held is not None
        record(connection, held, Outcome(DeliveryState.DEFERRED, code="451"), NOW, LATER)

        early = claim(connection, held.recipient, hashes, "seat-0", LATER - timedelta(seconds=1))
        in_time = claim(connection, held.recipient, hashes, "seat-0", LATER)

        assert early is None
        assert in_time is not None


def test_silent_sender_leaves_an_unknown_that_it_may_settle(either_database: Engine) -> None:
    """After its lease a claim is unknown; the holder who comes late may still tell the truth."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        held = claim(connection, only(connection), hashes, "seat-0", NOW)
        assert held is not None

        too_early = expire_claims(connection, "2026-var", NOW + LEASE.length - timedelta(seconds=1))
        expired = expire_claims(connection, "2026-var", NOW + LEASE.length)
        doubtful = counts(connection, "2026-var", NOW)
        settled = record(connection, held, ACCEPTED, LATER)

        assert (too_early, expired) == (0, 1)
        assert doubtful.unknown_recipients == ("anna@a.example",)
        assert settled
        assert counts(connection, "2026-var", NOW).accepted == 1


def test_dead_worker_leaves_unknown_at_once(either_database: Engine) -> None:
    """What a worker held when it died is unknown as soon as its successor sits down."""
    sending_now(either_database, ["anna@a.example", "bo@a.example"])
    with either_database.begin() as connection:
        anna, bo = waiting(connection, "2026-var", 1, NOW)
        claim(connection, anna, hashes, "seat-0", NOW)
        claim(connection, bo, hashes, "seat-1", NOW)

        given_up = give_up_claims(connection, "seat-0")

        tally = counts(connection, "2026-var", NOW)
        assert given_up == 1
        assert (tally.unknown, tally.claimed) == (1, 1)
        assert tally.adds_up


def test_old_token_writes_nothing(either_database: Engine) -> None:
    """Once a copy is claimed anew, who held it before cannot write its outcome."""
    sending_now(either_database, ["anna@a.example"])
    with either_database.begin() as connection:
        first = claim(connection, only(connection), hashes, "seat-0", NOW)
        assert first is not None
        give_back(connection, first, NOW)
        second = claim(connection, first.recipient, hashes, "seat-1", NOW)

        assert second is not None
        assert not record(connection, first, ACCEPTED, NOW)
        assert state(connection)[0] == "claimed"


def test_claim_given_back_was_no_attempt(database: Engine) -> None:
    """A copy that never left waits again, with as many attempts as before."""
    sending_now(database, ["anna@a.example"])
    with database.begin() as connection:
        held = claim(connection, only(connection), hashes, "seat-0", NOW)
        assert held is not None

        given_back = give_back(connection, held, NOW)

        assert given_back
        assert only(connection).attempts == 0


def test_cancelled_issue_takes_in_what_comes_back(either_database: Engine) -> None:
    """A copy in somebody's hands at the cancellation is cancelled if it was put off."""
    sending_now(either_database, addresses(3))
    with either_database.begin() as connection:
        held = claim(connection, waiting(connection, "2026-var", 1, NOW)[0], hashes, "s", NOW)
        assert held is not None
        called_off = cancel(connection, "2026-var", "wrong text", NOW)

        record(connection, held, Outcome(DeliveryState.DEFERRED, code="451"), NOW, LATER)

        tally = counts(connection, "2026-var", NOW)
        assert called_off == 2
        assert (tally.cancelled, tally.state) == (3, "cancelled")
        assert tally.adds_up
