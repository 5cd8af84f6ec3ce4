"""The canaries: a few ahead of the rest, and what must be so before the rest follows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert, select

from newsroom.database.tables import bounce, delivery
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.sending.course import give_go, need_no_go, pause, resume
from newsroom.errors import StateError
from newsroom.model import Canary, Sending
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome
from tests.delivery.fakes import ACCEPTED
from tests.delivery.sample_ledger import AT_ONCE, NOW, add_readers, addresses, freeze_now
from tests.delivery.sending.test_dispatch import Desk

MINUTE = timedelta(minutes=1)
SENDING = replace(AT_ONCE, canary=Canary(20, 15 * MINUTE))
NO_SUCH = Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user", BounceSeverity.HARD)
FULL = Outcome(DeliveryState.REFUSED, "552 5.2.2", "mailbox full", BounceSeverity.SOFT)
BLOCKED = Outcome(DeliveryState.DEFERRED, "550 5.7.1", "blocked", BounceSeverity.POLICY)
LATER = Outcome(DeliveryState.DEFERRED, "451 4.7.1", "greylisted", BounceSeverity.SOFT)


def readers() -> list[str]:
    """A hundred readers at as many hosts, so that no lane says anything."""
    return [f"reader@host{number}.example" for number in range(100)]


def a_desk(database: Engine, sending: Sending = SENDING) -> Desk:
    """A desk with an issue that is frozen for a hundred readers."""
    freeze_now(database, readers(), sending)
    return Desk(database, sending)


def canaries(database: Engine) -> list[str]:
    """Who goes first."""
    with database.begin() as connection:
        first = select(delivery.c.email).where(delivery.c.batch == CANARY)
        return list(connection.scalars(first.order_by(delivery.c.place)))


def test_the_rest_follows_after_the_wait(either_database: Engine) -> None:
    """Only the canaries are written to before the wait is over; then the rest, unasked."""
    desk = a_desk(either_database)

    first = desk.work()
    early = desk.work(NOW + 14 * MINUTE)
    late = desk.work(NOW + 15 * MINUTE)

    assert (first.accepted, early.accepted, late.accepted) == (20, 20, 100)


def test_the_rest_waits_for_a_go_too(either_database: Engine) -> None:
    """With `then: ask` the rest needs the wait and the word of somebody, whichever comes last."""
    desk = a_desk(either_database, replace(AT_ONCE, canary=Canary(20, 15 * MINUTE, asks=True)))

    desk.work()
    hours_later = desk.work(NOW + timedelta(hours=5))
    with either_database.begin() as connection:
        give_go(connection, "2026-var", "anna", NOW + timedelta(hours=5))
    after = desk.work(NOW + timedelta(hours=5))

    assert (hours_later.accepted, after.accepted) == (20, 100)


def test_a_go_does_not_end_the_wait(database: Engine) -> None:
    """A go that comes early is kept until the wait is over."""
    desk = a_desk(database, replace(AT_ONCE, canary=Canary(20, 15 * MINUTE, asks=True)))
    desk.work()
    with database.begin() as connection:
        give_go(connection, "2026-var", "anna", NOW + MINUTE)

    assert desk.work(NOW + 2 * MINUTE).accepted == 20
    assert desk.work(NOW + 15 * MINUTE).accepted == 100


def test_nobody_goes_ahead_of_having_looked(database: Engine) -> None:
    """A go before the canaries were tried, or to an issue that is not sent, is refused."""
    desk = a_desk(database)
    desk.look()
    with database.begin() as connection:
        with pytest.raises(StateError, match="the first few have not been written to"):
            give_go(connection, "2026-var", "anna", NOW)
        pause(connection, "2026-var", "wait", NOW)
        with pytest.raises(StateError, match="newsroom issue resume 2026-var"):
            give_go(connection, "2026-var", "anna", NOW)


def test_auto_asks_nobody(database: Engine) -> None:
    """Where nobody need be asked the rest follows by itself, unless the canaries fared badly."""
    sending = replace(AT_ONCE, canary=Canary(20, 15 * MINUTE, asks=True))
    desk = a_desk(database, sending)
    with database.begin() as connection:
        need_no_go(connection, "2026-var", "--auto")
    desk.transport.script = {email: [FULL] for email in canaries(database)[:3]}

    desk.work()
    stopped = desk.work(NOW + MINUTE)
    with database.begin() as connection:
        resume(connection, "2026-var", NOW + 20 * MINUTE)
    after = desk.work(NOW + 20 * MINUTE)

    assert (stopped.state, stopped.accepted) == ("paused", 17)
    assert after.accepted == 97


def test_auto_stops_at_canaries_that_were_put_off_first(either_database: Engine) -> None:
    """A canary that is greylisted, and refused when it is tried again, counts: asked or not."""
    desk = a_desk(either_database)
    with either_database.begin() as connection:
        need_no_go(connection, "2026-var", "--auto")
    first = canaries(either_database)
    desk.transport.script = {email: [LATER, LATER, FULL] for email in first[:12]}
    desk.transport.script |= {email: [LATER, ACCEPTED] for email in first[12:]}

    for minute in range(0, 120, 5):
        after = desk.work(NOW + minute * MINUTE)

    assert after.state == "paused"
    assert after.note is not None
    assert "copies failed" in after.note
    assert after.accepted <= 20


@pytest.mark.parametrize(
    ("failures", "reason"),
    [
        ({0: NO_SUCH}, None),  # a dead address is life
        ({0: NO_SUCH, 1: FULL}, None),  # a tenth
        ({0: NO_SUCH, 1: FULL, 2: NO_SUCH}, "3 of the first 20 copies failed"),
        ({0: BLOCKED}, "1 of the first 20 readers' hosts refuse us"),
        (dict.fromkeys(range(9), LATER), None),
    ],
    ids=["one", "a tenth", "more", "policy", "put off"],
)
def test_what_stops_an_issue_at_its_canaries(
    either_database: Engine, failures: dict[int, Outcome], reason: str | None
) -> None:
    """More failures than a tenth, or one refusal of us, stop the issue before the rest follows."""
    desk = a_desk(either_database)
    first = canaries(either_database)
    desk.transport.script = {first[number]: [answer] for number, answer in failures.items()}

    desk.work()
    after = desk.work(NOW + 15 * MINUTE)

    assert after.note == reason
    assert (after.state == "paused") is (reason is not None)
    assert (after.pending == 80) is (reason is not None)


def test_canaries_that_come_back_by_mail(either_database: Engine) -> None:
    """What a relay took and returned while the rest waits counts as a failure."""
    desk = a_desk(either_database)
    desk.work()
    returned = canaries(either_database)[:3]
    with either_database.begin() as connection:
        for number, email in enumerate(returned):
            values = {"issue": "2026-var", "email": email, "severity": "hard"}
            came = insert(bounce).values(**values, digest=f"{number}", suppressed=True, at=NOW)
            connection.execute(came)

    after = desk.work(NOW + 15 * MINUTE)

    assert (after.state, after.note) == ("paused", "3 of the first 20 copies failed")


def test_canaries_that_are_put_off(database: Engine) -> None:
    """While most of the canaries are put off the rest waits, however long."""
    desk = a_desk(database)
    first = canaries(database)
    desk.transport.script = {
        email: [LATER, Outcome(DeliveryState.ACCEPTED)] for email in first[:11]
    }

    waiting = desk.work(), desk.work(NOW + 15 * MINUTE)
    desk.work(NOW + 16 * MINUTE)

    assert [one.accepted for one in waiting] == [9, 20]
    assert desk.work(NOW + 20 * MINUTE).accepted == 100


def test_canaries_that_are_all_put_off_once(database: Engine) -> None:
    """Where every host asks for patience first, the wait counts from the second tries."""
    desk = a_desk(database)
    desk.transport.script = {email: [LATER, ACCEPTED] for email in canaries(database)}

    desk.work()
    again = desk.work(NOW + 20 * MINUTE)
    early = desk.work(NOW + 34 * MINUTE)
    late = desk.work(NOW + 35 * MINUTE)

    assert (again.accepted, early.accepted, late.accepted) == (20, 20, 100)


def test_addresses_of_ones_own_go_first(database: Engine) -> None:
    """Seeds that are on the list are ahead of everybody; one that fails stops the issue."""
    seeds = ("zz@own.example", "yy@own.example", "not-on-the-list@own.example")
    sending = replace(AT_ONCE, canary=Canary(5, 15 * MINUTE, seeds=seeds))
    with database.begin() as connection:
        add_readers(connection, seeds[:2])
    desk = a_desk(database, sending)
    first = canaries(database)
    desk.transport.script = {seeds[0]: [FULL]}

    stopped = desk.work(), desk.work(NOW + 15 * MINUTE)
    with database.begin() as connection:
        resume(connection, "2026-var", NOW + 20 * MINUTE)

    assert set(first[:2]) == set(seeds[:2])
    assert len(first) == 5
    assert stopped[1].note == "1 of our own addresses did not take it"
    assert desk.work(NOW + 20 * MINUTE).accepted == 101


def test_an_issue_without_canaries(database: Engine) -> None:
    """With `canary: none` everybody may be written to at once."""
    freeze_now(database, addresses(10))

    assert Desk(database).work().accepted == 10
