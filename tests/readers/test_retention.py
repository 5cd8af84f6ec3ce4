from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from newsroom.database import transaction
from newsroom.database.tables import bounce, delivery, notice
from newsroom.model import SubscriberState
from newsroom.readers import standing, subscribers, suppression
from newsroom.readers.retention import expire
from newsroom.readers.subscribers import NewSubscriber
from newsroom.readers.suppression import Reason
from tests.readers.histories import EMAIL, KEYS, NOW, everything, subscriber_with_history


def later(**span: float) -> datetime:
    """Some time after everything began."""
    return NOW + timedelta(**span)


def test_those_who_never_confirmed_are_gone_within_fourteen_days(either_database: Engine) -> None:
    """A pending row vanishes after its link ran out, without leaving a hash behind."""
    with transaction(either_database) as connection:
        waiting = NewSubscriber("new@example.se", SubscriberState.PENDING, "sv")
        (number,) = subscribers.add(connection, [waiting], NOW)
        subscribers.open_confirmation(connection, number, "d" * 64, later(days=7))

        assert expire(connection, KEYS, later(days=13)) == 0
        assert expire(connection, KEYS, later(days=13, hours=1)) == 1
        assert subscribers.find(connection, "new@example.se") is None
        assert suppression.why_suppressed(connection, KEYS, "new@example.se") is None


def test_who_waits_without_a_link_is_gone_as_soon(either_database: Engine) -> None:
    """A pending row that no link can confirm any more does not stay for ever."""
    with transaction(either_database) as connection:
        waiting = NewSubscriber("new@example.se", SubscriberState.PENDING, "sv")
        subscribers.add(connection, [waiting], NOW)

        assert expire(connection, KEYS, later(days=13)) == 0
        assert expire(connection, KEYS, later(days=14)) == 1


def test_the_proof_of_those_who_left_is_kept_two_years(database: Engine) -> None:
    """Somebody who left is a row for 24 months, then only a hash; the others stay."""
    with transaction(database) as connection:
        number = subscriber_with_history(connection)
        other = NewSubscriber("bo@example.se", SubscriberState.ACTIVE, "sv")
        subscribers.add(connection, [other], NOW)
        subscribers.set_state(connection, number, SubscriberState.UNSUBSCRIBED, NOW)

        assert expire(connection, KEYS, later(days=700)) == 0
        assert expire(connection, KEYS, later(days=731)) == 1
        assert EMAIL not in everything(connection)
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.LEFT
        assert subscribers.find(connection, "bo@example.se") is not None


@pytest.mark.parametrize("reason", [Reason.BOUNCED, Reason.COMPLAINED])
def test_those_who_cannot_be_reached_are_erased_too(
    either_database: Engine, reason: Reason
) -> None:
    """Who bounced or complained is a row for 24 months; the hash goes on saying why."""
    with transaction(either_database) as connection:
        subscriber_with_history(connection)
        standing.keep_out(connection, KEYS, EMAIL, reason, NOW)

        assert expire(connection, KEYS, later(days=700)) == 0
        assert expire(connection, KEYS, later(days=731)) == 1
        assert EMAIL not in everything(connection)
        assert suppression.why_suppressed(connection, KEYS, EMAIL) == reason


def test_who_has_just_asked_to_come_back_is_not_erased(database: Engine) -> None:
    """Somebody who left long ago, and waits for a confirmation now, keeps their link."""
    with transaction(database) as connection:
        number = subscriber_with_history(connection)
        subscribers.set_state(connection, number, SubscriberState.UNSUBSCRIBED, NOW)
        subscribers.open_confirmation(connection, number, "d" * 64, later(days=807))

        assert expire(connection, KEYS, later(days=800)) == 0
        assert expire(connection, KEYS, later(days=808)) == 1


def test_old_issues_forget_their_readers_and_keep_their_totals(either_database: Engine) -> None:
    """Two years after an issue its deliveries name nobody, and there are as many in each state."""
    totals = select(delivery.c.issue, delivery.c.state, func.count()).group_by(
        delivery.c.issue, delivery.c.state
    )
    with transaction(either_database) as connection:
        number = subscriber_with_history(connection)
        before = sorted(map(tuple, connection.execute(totals)))

        expire(connection, KEYS, later(days=729))
        assert EMAIL in set(connection.scalars(select(delivery.c.email)))
        expire(connection, KEYS, later(days=731))

        assert set(connection.scalars(select(delivery.c.email))) == {f"erased-{number}@invalid"}
        assert sorted(map(tuple, connection.execute(totals))) == before
        assert set(connection.execute(select(bounce.c.email, bounce.c.diagnostic))) == {
            (None, None)
        }
        assert subscribers.find(connection, EMAIL) is not None


def test_what_no_cap_looks_at_is_dropped(database: Engine) -> None:
    """That a form caused a mail is remembered for 30 days."""
    with transaction(database) as connection:
        subscriber_with_history(connection)

        expire(connection, KEYS, later(days=30))

        assert connection.scalar(select(func.count()).select_from(notice)) == 0
