"""Approving an issue."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert, select

from newsroom.database.tables import issue
from newsroom.delivery.approvals import latest_approval
from newsroom.delivery.course import state_of
from newsroom.errors import StateError
from newsroom.jobs.approve import Approval, approve, require_approval
from newsroom.model.issue_state import IssueState
from tests.delivery.sample_ledger import NOW

GIVEN = Approval("2026-var", "h1", "anna-exempel", NOW)
APPROVERS = ("anna-exempel", "bo-exempel")


def state(database: Engine) -> IssueState | None:
    """Where the issue stands."""
    with database.begin() as connection:
        return state_of(connection, "2026-var")


def test_approval_is_kept(either_database: Engine) -> None:
    """An approval says who, when and of which text; the issue is approved."""
    approve(either_database, GIVEN, APPROVERS)

    with either_database.begin() as connection:
        assert latest_approval(connection, "2026-var") == GIVEN
        assert latest_approval(connection, "2026-host") is None
    require_approval(either_database, "2026-var", "h1", NOW)
    assert state(either_database) is IssueState.APPROVED


@pytest.mark.parametrize("before", ["planned", "drafted", "skipped", "approved"])
def test_before_it_is_sent(database: Engine, before: str) -> None:
    """An issue can be approved, or approved anew, as long as it has not been frozen."""
    with database.begin() as connection:
        connection.execute(insert(issue).values(name="2026-var", state=before, updated=NOW))

    approve(database, GIVEN, APPROVERS)

    with database.begin() as connection:
        assert connection.scalar(select(issue.c.content_hash)) == "h1"
    assert state(database) is IssueState.APPROVED


@pytest.mark.parametrize("before", ["frozen", "sending", "paused", "done", "cancelled"])
def test_after_it_was_frozen(database: Engine, before: str) -> None:
    """An issue on its way is past approving."""
    with database.begin() as connection:
        connection.execute(insert(issue).values(name="2026-var", state=before, updated=NOW))

    with pytest.raises(StateError, match=f"2026-var is {before}"):
        approve(database, GIVEN, APPROVERS)


def test_only_approvers_approve(database: Engine) -> None:
    """Somebody who is not an approver is told who is."""
    stranger = replace(GIVEN, approved_by="cecilia")

    with pytest.raises(StateError, match=r'"cecilia" does not approve.*anna-exempel, bo-exempel'):
        approve(database, stranger, APPROVERS)
    assert state(database) is None


def test_edit_voids_an_approval(database: Engine) -> None:
    """A text that was changed after its approval is drafted again, and says who approved it."""
    approve(database, GIVEN, APPROVERS)

    with pytest.raises(StateError, match="changed after anna"):
        require_approval(database, "2026-var", "h2", NOW)

    assert state(database) is IssueState.DRAFTED
    approve(database, replace(GIVEN, content_hash="h2", at=NOW + timedelta(days=1)), APPROVERS)
    require_approval(database, "2026-var", "h2", NOW)


def test_nobody_has_approved(database: Engine) -> None:
    """Without an approval the way to one is named."""
    way_on = "newsroom issue approve 2026-var --by CONTACT"

    with pytest.raises(StateError, match=way_on):
        require_approval(database, "2026-var", "h1", NOW)
