"""Statements spelt out once."""

import pytest
from sqlalchemy import Engine, bindparam, select, update

from newsroom.database.prepared import Prepared
from newsroom.database.tables import Moment, issue
from newsroom.model.issue_state import IssueState
from newsroom.model.saying import say
from tests.delivery.sample_ledger import NOW, approve_row

PAUSE = (
    update(issue)
    .where(issue.c.name == bindparam("of_issue"), issue.c.state == IssueState.APPROVED)
    .values(
        state=IssueState.PAUSED,
        note=bindparam("why"),
        deadline=None,
        updated=bindparam("now", type_=Moment()),
    )
)


@pytest.mark.parametrize("why", ["by hand", None, say("{number} refused", number=3)])
def test_writes_what_sqlalchemy_would(either_database: Engine, why: str | None) -> None:
    """Times, sayings, states and absent values are kept as by SQLAlchemy, which reads them."""
    pausing = Prepared(PAUSE, either_database.dialect)
    with either_database.begin() as connection:
        approve_row(connection)

        changed = pausing.run(connection, {"of_issue": "2026-var", "why": why, "now": NOW})

        row = connection.execute(select(issue)).one()
    assert changed == 1
    assert (row.state, row.note, row.deadline, row.updated) == ("paused", why, None, NOW)


def test_says_how_many_rows_it_changed(either_database: Engine) -> None:
    """No row is none, and a second run finds what the first has left."""
    pausing = Prepared(PAUSE, either_database.dialect)
    values = {"of_issue": "2026-var", "why": None, "now": NOW}
    with either_database.begin() as connection:
        before = pausing.run(connection, values)
        approve_row(connection)

        assert (before, pausing.run(connection, values), pausing.run(connection, values)) == (
            0,
            1,
            0,
        )


def test_value_that_is_forgotten_is_a_fault(database: Engine) -> None:
    """A value that the statement needs is never taken for an empty one."""
    with database.begin() as connection, pytest.raises(KeyError, match="now"):
        Prepared(PAUSE, database.dialect).run(connection, {"of_issue": "2026-var", "why": None})
