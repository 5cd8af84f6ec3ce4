"""What came back, on both databases: counted by issue, and forgiven when somebody said so."""

from datetime import timedelta

from sqlalchemy import Connection, Engine, update

from newsroom.database import returns
from newsroom.database.returns import ReturnedRow
from newsroom.database.tables import bounce, delivery
from newsroom.model.delivery import BounceSeverity
from tests.delivery.sample_ledger import NOW
from tests.jobs.returned.came_back import ASA, freeze_issues, hand_over

NAMES = ("2025-var", "2025-host", "2026-var")
LATER = NOW + timedelta(hours=1)


def come_back(
    connection: Connection, issue: str, severity: BounceSeverity = BounceSeverity.SOFT
) -> ReturnedRow:
    """A copy of an issue that came back, on record."""
    number = len(connection.execute(bounce.select()).all())
    came = ReturnedRow(f"{number:064}", "bounce", issue, ASA, severity)
    returns.put_on_record(connection, came, NOW)
    return came


def test_three_issues_wear_an_address_out(either_database: Engine) -> None:
    """Several mails about one issue are one; what is no soft bounce does not count."""
    worn_out = []
    with either_database.begin() as connection:
        come_back(connection, "2024-var", BounceSeverity.POLICY)
        for name in (NAMES[0], NAMES[0], NAMES[1], NAMES[2]):
            come_back(connection, name)
            worn_out.append(returns.is_worn_out(connection, ASA))

    assert worn_out == [False, False, False, True]


def test_what_was_taken_back_holds_for_that_copy(either_database: Engine) -> None:
    """Until the copy is handed over again; another issue's is another copy."""
    freeze_issues(either_database, *NAMES)
    for name in NAMES:
        hand_over(either_database, name)
    with either_database.begin() as connection:
        came = come_back(connection, NAMES[0])
        other = come_back(connection, NAMES[1])
        before = returns.taken_back(connection, came)
        connection.execute(update(bounce).where(bounce.c.issue == NAMES[0]).values(undone=LATER))
        after = [returns.taken_back(connection, each) for each in (came, other)]
        connection.execute(update(delivery).values(updated=LATER + timedelta(hours=1)))
        again = returns.taken_back(connection, came)

    assert (before, after, again) == (None, [LATER, None], None)
