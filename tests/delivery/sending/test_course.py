"""The course of an issue."""

import pytest
from sqlalchemy import Engine, select, update

from newsroom.database.tables import delivery
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.settling import resolve
from newsroom.delivery.sending.course import cancel, finish, release, resume, state_of
from newsroom.errors import StateError
from newsroom.model.delivery import DeliveryState
from newsroom.model.issue_state import IssueState
from tests.delivery.sample_ledger import NOW, addresses, freeze_now, sending_now


def test_release_happens_once(database: Engine) -> None:
    """An issue is released once, and is being sent from then on."""
    freeze_now(database, addresses(1))
    with database.begin() as connection:
        assert release(connection, "2026-var", NOW)
        assert not release(connection, "2026-var", NOW)
        assert state_of(connection, "2026-var") is IssueState.SENDING


def test_unknown_issue(database: Engine) -> None:
    """An issue that the ledger does not know has no state, and cannot be steered."""
    with database.begin() as connection:
        assert state_of(connection, "2026-var") is None
        with pytest.raises(StateError, match="2026-var: no such issue"):
            resume(connection, "2026-var", NOW)
        with pytest.raises(StateError, match="nothing has been approved or sent"):
            counts(connection, "2026-var", NOW)


@pytest.mark.parametrize("state", ["pending", "claimed", "deferred", "unknown"])
def test_not_done_while_anything_is_open(database: Engine, state: str) -> None:
    """No copy may be open when an issue is called done."""
    sending_now(database, addresses(2))
    with database.begin() as connection:
        connection.execute(update(delivery).values(state="accepted"))
        one = select(delivery.c.subscriber_id).limit(1).scalar_subquery()
        connection.execute(
            update(delivery).where(delivery.c.subscriber_id == one).values(state=state)
        )

        assert not finish(connection, "2026-var", NOW)


@pytest.mark.parametrize("target", [DeliveryState.ACCEPTED, DeliveryState.PENDING])
def test_unknown_is_settled_by_a_person(either_database: Engine, target: DeliveryState) -> None:
    """A person says of each unknown copy that it arrived, or that it is to be sent again."""
    sending_now(either_database, addresses(3))
    with either_database.begin() as connection:
        connection.execute(update(delivery).values(state="unknown"))

        settled = resolve(connection, "2026-var", addresses(2), target, NOW)

        after = counts(connection, "2026-var", NOW)
        assert settled == 2
        assert (getattr(after, target), after.unknown) == (2, 1)
        assert after.adds_up


def test_accepted_copy_cannot_be_settled_again(database: Engine) -> None:
    """Only unknown copies are settled: no slip of the hand sends somebody a second mail."""
    sending_now(database, addresses(2))
    with database.begin() as connection:
        connection.execute(update(delivery).values(state="accepted"))

        with pytest.raises(StateError, match="not among the unknown"):
            resolve(connection, "2026-var", addresses(2), DeliveryState.PENDING, NOW)
        with pytest.raises(StateError, match="becomes accepted or pending"):
            resolve(connection, "2026-var", addresses(2), DeliveryState.REFUSED, NOW)


def test_cancelled_issue_sends_nothing_again(database: Engine) -> None:
    """A copy of a cancelled issue may be called accepted, but not sent again."""
    sending_now(database, addresses(1))
    with database.begin() as connection:
        connection.execute(update(delivery).values(state="unknown"))
        cancel(connection, "2026-var", "wrong text", NOW)

        with pytest.raises(StateError, match="cancelled, so nothing of it can be sent again"):
            resolve(connection, "2026-var", addresses(1), DeliveryState.PENDING, NOW)
        assert resolve(connection, "2026-var", addresses(1), DeliveryState.ACCEPTED, NOW) == 1


def test_done_issue_stays_done(database: Engine) -> None:
    """A done issue is neither resumed nor cancelled."""
    sending_now(database, [])
    with database.begin() as connection:
        finish(connection, "2026-var", NOW)

        for step in (resume, lambda c, n, now: cancel(c, n, "", now)):
            with pytest.raises(StateError, match="2026-var is done"):
                step(connection, "2026-var", NOW)
