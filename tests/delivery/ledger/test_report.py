"""An issue's ledger with all there is to say of it."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, update

from newsroom.database.tables import batch, bounce, delivery, issue
from newsroom.delivery.ledger.freeze import CANARY
from newsroom.delivery.ledger.report import Plan, report
from newsroom.delivery.pace.canary import look_at_canaries
from newsroom.delivery.pace.forecast import time_needed
from newsroom.delivery.pace.hours import after_open_time
from newsroom.delivery.sending.course import give_go
from newsroom.model import Canary, Hours, LaneGroup, Pace, Sending
from newsroom.model.delivery import Counts, DeliveryState, Unreached
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, freeze_now, sending_now

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PACED = replace(AT_ONCE, pace=Pace(20, MINUTE), lane_pace=Pace(5, MINUTE))
WORKDAY = Hours(frozenset(range(5)), time(8), time(16))


def told(database: Engine, sending: Sending, ahead: timedelta = timedelta(0)) -> Counts:
    """What there is to say of the issue."""
    with database.begin() as connection:
        return report(connection, "2026-var", Plan(sending, STOCKHOLM), NOW + ahead)


def test_the_slowest_limit_decides() -> None:
    """An issue takes as long as its slowest lane, or as all lanes together, and a little more."""
    one_lane = time_needed({"a.example": 100}, PACED)
    many_lanes = time_needed({f"{n}.example": 10 for n in range(100)}, PACED)
    own_pace = replace(PACED, lanes=(LaneGroup("a.example", (), Pace(1, MINUTE)),))

    assert one_lane == timedelta(minutes=20) * 1.02
    assert many_lanes == timedelta(minutes=50) * 1.02
    assert time_needed({"a.example": 100}, own_pace) == timedelta(minutes=100) * 1.02
    assert time_needed({"a.example": 10_000}, AT_ONCE) == timedelta(0)


@pytest.mark.parametrize(
    ("hours", "length", "end"),
    [
        (None, timedelta(hours=30), NOW + timedelta(hours=30)),
        (WORKDAY, timedelta(hours=7), NOW + timedelta(hours=7)),  # from nine to four
        (WORKDAY, timedelta(hours=8), NOW + timedelta(hours=24)),  # to nine on Wednesday
        (WORKDAY, timedelta(hours=7 + 24 + 1), NOW + timedelta(days=6)),  # over the weekend
        (replace(WORKDAY, start=time(18), end=time(22)), 5 * HOUR, NOW + timedelta(hours=34)),
    ],
)
def test_closed_hours_are_no_time(hours: Hours | None, length: timedelta, end: object) -> None:
    """Only hours in which mail may leave count."""
    assert after_open_time(hours, NOW, length, STOCKHOLM) == end


def test_when_an_issue_is_through(either_database: Engine) -> None:
    """What is left, the undo window, the canaries' wait and the hours make the time expected."""
    sending = replace(
        PACED, undo=15 * MINUTE, canary=Canary(20, 15 * MINUTE), hours=WORKDAY, lane_pace=None
    )
    freeze_now(either_database, addresses(1_000), sending)

    frozen = told(either_database, sending)

    assert frozen.eta == NOW + 30 * MINUTE + 51 * MINUTE
    assert frozen.waits_for == "it may still be undone until 09:15"
    assert told(either_database, sending, timedelta(hours=12)).waits_for == (
        "outside its hours until 2026-06-03 08:00"
    )


def test_an_issue_may_be_undone_until_its_first_mail(database: Engine) -> None:
    """On a day on which no mail leaves that is when the next working day begins."""
    wednesdays = replace(WORKDAY, days=frozenset({2}))
    freeze_now(database, addresses(1), sending := replace(PACED, hours=wednesdays))

    for ahead in (timedelta(0), HOUR):
        waits = told(database, sending, ahead).waits_for
        assert waits == "it may still be undone until 2026-06-03 08:00"


def test_speed_of_late(database: Engine) -> None:
    """Without any limit the speed since the issue was begun or resumed tells how long it takes.

    What was accepted before a pause, and the pause itself, say nothing of it.
    """
    sending_now(database, addresses(60))
    before = told(database, AT_ONCE)
    with database.begin() as connection:
        first = delivery.c.subscriber_id <= 40
        connection.execute(update(delivery).where(first).values(state="accepted"))
        connection.execute(update(batch).values(worker="host-0", lease_until=NOW + 6 * MINUTE))

    after = told(database, AT_ONCE, 5 * MINUTE)
    with database.begin() as connection:
        connection.execute(update(issue).values(begun=NOW + HOUR))
        later = delivery.c.subscriber_id <= 10
        connection.execute(update(delivery).where(later).values(updated=NOW + HOUR))
    resumed = told(database, AT_ONCE, HOUR + MINUTE)

    assert (before.rate, before.eta) == (0, None)
    assert (after.rate, after.eta) == (8, NOW + 5 * MINUTE + timedelta(minutes=20 / 8))
    assert resumed.rate == 10
    assert after.oldest_pending == NOW


def test_what_the_rest_waits_for(either_database: Engine) -> None:
    """While the rest waits for its canaries the report says what for, in turn."""
    sending = replace(AT_ONCE, canary=Canary(5, 15 * MINUTE, asks=True))
    sending_now(either_database, addresses(20), sending)
    canaries = delivery.c.batch == CANARY

    first = told(either_database, sending)
    with either_database.begin() as connection:
        connection.execute(update(delivery).where(canaries).values(state="accepted", attempts=1))
    tried, over = told(either_database, sending, MINUTE), told(either_database, sending, HOUR)
    with either_database.begin() as connection:
        give_go(connection, "2026-var", "anna", NOW + HOUR)
        seen = look_at_canaries(connection, "2026-var").seen
    gone = told(either_database, sending, HOUR)

    assert [one.waits_for for one in (first, tried, over, gone)] == [
        "the first few are being written to",
        "the first few have it; the rest waits for a go, from 09:15 on",
        "the first few have it; the rest waits for a go",
        None,
    ]
    assert seen


def test_everybody_who_was_not_reached(either_database: Engine) -> None:
    """Whoever does not have the issue for certain is named with the reason, and nobody else."""
    sending_now(either_database, addresses(6))
    states = ("accepted", "refused", "excluded", "unknown", "pending", "accepted")
    with either_database.begin() as connection:
        for email, state in zip(addresses(6), states, strict=True):
            row = delivery.c.email == email
            connection.execute(update(delivery).where(row).values(state=state, reason=f"{state}!"))
        connection.execute(
            insert(bounce).values(
                digest="d",
                issue="2026-var",
                email=addresses(6)[5],
                severity="hard",
                suppressed=True,
                at=NOW,
            )
        )

    found = told(either_database, AT_ONCE)

    assert found.unreached == (
        Unreached(addresses(6)[2], DeliveryState.EXCLUDED, None, "excluded!"),
        Unreached(addresses(6)[1], DeliveryState.REFUSED, None, "refused!"),
        Unreached(addresses(6)[3], DeliveryState.UNKNOWN, None, "unknown!"),
    )
    assert (found.bounced, found.accepted) == (1, 2)
    assert found.adds_up
