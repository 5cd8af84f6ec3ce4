"""What refuses a reader at the door and may pass: counted by issue, like a mail that came back."""

from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine, select, update

from newsroom.database.tables import bounce, delivery
from newsroom.delivery.ledger.claims import claim, waiting
from newsroom.delivery.sending.course import release
from newsroom.delivery.sending.outcomes import Handed, Policy, write_outcome
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome
from tests.delivery.sample_ledger import AT_ONCE, NOW
from tests.jobs.returned.came_back import ASA, freeze_issues

NAMES = ("2025-var", "2025-host", "2026-var")
FULL = Outcome(DeliveryState.REFUSED, "552 5.2.2", "Mailbox full", BounceSeverity.SOFT)


def refuse(database: Engine, name: str, outcome: Outcome) -> list[str]:
    """A copy is refused so; whom that shut out."""
    shut_out: list[str] = []

    def suppress(connection: Connection, email: str, now: datetime) -> None:
        del connection, now
        shut_out.append(email)

    with database.begin() as connection:
        release(connection, name, NOW)
        (recipient,) = waiting(connection, name, 1, NOW)
        held = claim(connection, recipient, lambda email: (email,), "seat-0", NOW)
        assert held is not None
        write_outcome(connection, Handed(held, outcome), Policy(AT_ONCE, suppress, suppress), NOW)
    return shut_out


def test_full_in_three_issues_is_the_end(either_database: Engine) -> None:
    """A mailbox that was full at the door of three issues gets no more mail."""
    freeze_issues(either_database, *NAMES)

    shut_out = [refuse(either_database, name, FULL) for name in NAMES]

    assert shut_out == [[], [], [ASA]]
    with either_database.begin() as connection:
        held_against = connection.scalars(select(bounce.c.suppressed).order_by(bounce.c.id)).all()
    assert held_against == [False, False, True]


@pytest.mark.parametrize("undone", [True, False])
def test_what_was_undone_is_not_counted(database: Engine, undone: bool) -> None:  # noqa: FBT001
    """An issue that somebody has forgiven leaves two."""
    freeze_issues(database, *NAMES)
    refuse(database, NAMES[0], FULL)
    refuse(database, NAMES[1], FULL)
    if undone:
        with database.begin() as connection:
            connection.execute(update(bounce).values(undone=NOW))

    assert refuse(database, NAMES[2], FULL) == ([] if undone else [ASA])


def test_a_relay_that_is_down_counts_against_nobody(database: Engine) -> None:
    """What went wrong for everybody says nothing of one reader."""
    freeze_issues(database, *NAMES)
    down = Outcome(
        DeliveryState.REFUSED, "421 4.3.2", "closing", BounceSeverity.SOFT, whole_relay=True
    )

    assert [refuse(database, name, down) for name in NAMES] == [[], [], []]
    with database.begin() as connection:
        assert set(connection.scalars(select(delivery.c.state))) == {DeliveryState.REFUSED}
