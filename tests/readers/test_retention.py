from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from newsroom.database import transaction
from newsroom.database.incoming import Incoming, keep
from newsroom.database.tables import bounce, delivery, incoming, notice
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


def test_who_left_after_a_bounce_is_remembered_as_having_left(database: Engine) -> None:
    """A leaving cannot be taken back as a bounce can, so the hash goes on saying that."""
    with transaction(database) as connection:
        number = subscriber_with_history(connection)
        standing.keep_out(connection, KEYS, EMAIL, Reason.BOUNCED, NOW)
        person = subscribers.by_number(connection, number)
        assert person is not None
        standing.leave(connection, person, "web", "link", NOW)

        expire(connection, KEYS, later(days=731))
        standing.let_in_again(connection, KEYS, EMAIL, later(days=732))

        assert suppression.why_suppressed(connection, KEYS, EMAIL) == Reason.LEFT


def test_mails_that_came_back_are_gone_through_once_for_all(database: Engine) -> None:
    """However many leave the list at once, nobody waits for the same mails to be read again."""
    looks: list[str] = []

    def count(*told: Any) -> None:  # noqa: ANN401 (SQLAlchemy gives six things)
        statement = str(told[2])
        if statement.startswith("SELECT") and "FROM incoming" in statement:
            looks.append(statement)

    with transaction(database) as connection:
        subscriber_with_history(connection)
        names = [f"reader{number}@example.se" for number in range(20)]
        people = [NewSubscriber(name, SubscriberState.UNSUBSCRIBED, "sv") for name in names]
        subscribers.add(connection, people, NOW)
        about = Incoming("e" * 64, "bounce", b"To: reader19@example.se", "token", names[7])
        keep(connection, about, NOW)
        event.listen(connection, "before_cursor_execute", count)

        assert expire(connection, KEYS, later(days=731)) == 20

        assert len(looks) == 1
        assert not [name for name in names if name in everything(connection)]
        assert connection.scalar(select(func.count()).where(incoming.c.raw.is_not(None))) == 2


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
