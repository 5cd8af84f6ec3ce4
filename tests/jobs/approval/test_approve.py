"""Approving an issue."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select

from newsroom.database import reading, transaction
from newsroom.database.tables import approval, issue
from newsroom.delivery.approval.approvals import (
    EndedBy,
    approvals_that_hold,
    last_ended,
    latest_approval,
)
from newsroom.delivery.approval.reviewed import text_before
from newsroom.delivery.sending.course import state_of
from newsroom.errors import StateError
from newsroom.jobs.approval.approve import Approval, approve, require_approval, require_shown
from newsroom.model import Newsroom, Review
from newsroom.model.issue_state import IssueState
from tests.delivery.sample_ledger import NOW
from tests.jobs.proofs import contact, make_newsroom, make_proof_of

BOTH = ("anna-ek", "bo-berg")


def approve_now(
    database: Engine,
    newsroom: Newsroom | None = None,
    *,
    by: str = "anna-ek",
    text: str = "h1",
    now: datetime = NOW,
) -> int:
    """Somebody says yes to a text; how many more yeses it needs."""
    room = newsroom or make_newsroom(BOTH)
    return approve(database, room, make_proof_of(text), by, now)


def state(database: Engine) -> IssueState | None:
    """Where the issue stands."""
    with reading(database) as connection:
        return state_of(connection, "2026-var")


def test_approval_is_kept(either_database: Engine) -> None:
    """An approval says who, when and of which text; the issue is approved."""
    assert approve_now(either_database) == 0

    with reading(either_database) as connection:
        assert latest_approval(connection, "2026-var") == Approval("2026-var", "h1", "anna-ek", NOW)
        assert latest_approval(connection, "2026-host") is None
    require_approval(either_database, "2026-var", "h1", NOW)
    assert state(either_database) is IssueState.APPROVED


def test_saying_yes_twice_is_harmless(either_database: Engine) -> None:
    """The same yes again, from a button pressed twice, changes no row."""
    approve_now(either_database)
    with reading(either_database) as connection:
        before = connection.execute(select(issue)).all(), connection.execute(select(approval)).all()

    approve_now(either_database, now=NOW + timedelta(seconds=1))

    with reading(either_database) as connection:
        after = connection.execute(select(issue)).all(), connection.execute(select(approval)).all()
    assert after == before


@pytest.mark.parametrize("before", ["planned", "drafted", "skipped", "approved"])
def test_before_it_is_sent(database: Engine, before: str) -> None:
    """An issue can be approved, or approved anew, as long as it has not been frozen."""
    with transaction(database) as connection:
        connection.execute(
            insert(issue).values(name="2026-var", state=before, updated=NOW, content_hash="h1")
        )

    approve_now(database)

    with reading(database) as connection:
        assert connection.scalar(select(issue.c.content_hash)) == "h1"
    assert state(database) is IssueState.APPROVED


@pytest.mark.parametrize("before", ["frozen", "sending", "paused", "done", "cancelled"])
def test_after_it_was_frozen(database: Engine, before: str) -> None:
    """An issue on its way is past approving."""
    with transaction(database) as connection:
        connection.execute(insert(issue).values(name="2026-var", state=before, updated=NOW))

    with pytest.raises(StateError, match=f"2026-var is {before}"):
        approve_now(database)
    with reading(database) as connection:
        assert approvals_that_hold(connection, "2026-var") == ()


def test_only_approvers_approve(database: Engine) -> None:
    """Somebody who is not an approver is told who is."""
    room = make_newsroom(BOTH, people=(*map(contact, BOTH), contact("cecilia")))

    with pytest.raises(StateError, match=r'"cecilia" does not approve.*anna-ek, bo-berg'):
        approve_now(database, room, by="cecilia")
    assert state(database) is None


def test_whose_task_is_over_approves_no_more(database: Engine) -> None:
    """An approver whose `until` is past cannot say yes, though site.yaml still names them."""
    gone = contact("anna-ek", until=NOW - timedelta(days=1))
    room = make_newsroom(BOTH, people=(gone, contact("bo-berg")))

    with pytest.raises(StateError, match="anna-ek's task is over"):
        approve_now(database, room)
    assert approve_now(database, room, by="bo-berg") == 0


def test_who_was_taken_off_the_list_approves_no_more(database: Engine) -> None:
    """Somebody whom site.yaml names no longer cannot say yes."""
    room = make_newsroom(("bo-berg",), people=(contact("anna-ek"), contact("bo-berg")))

    with pytest.raises(StateError, match='"anna-ek" does not approve issues'):
        approve_now(database, room)


def test_where_nobody_is_named_every_contact_may(database: Engine) -> None:
    """A newsroom that names no approvers trusts its contacts, and no one else."""
    room = make_newsroom((), people=(contact("cecilia"),))

    assert approve_now(database, room, by="cecilia") == 0
    with pytest.raises(StateError, match="does not approve"):
        approve_now(database, room, by="nobody")
    with pytest.raises(StateError, match="nobody may approve"):
        approve_now(database, make_newsroom(("x",), people=()), by="nobody")


def test_nobody_approves_alone_where_two_must(either_database: Engine) -> None:
    """With `by: two` one person's yes, however often given, is not enough; another's is."""
    room = make_newsroom(BOTH, review=Review(yeses=2))

    assert approve_now(either_database, room) == 1
    assert approve_now(either_database, room) == 1
    assert state(either_database) is IssueState.DRAFTED
    with pytest.raises(StateError, match="approved by anna-ek and needs one more yes"):
        require_approval(either_database, "2026-var", "h1", NOW)
    assert approve_now(either_database, room, by="bo-berg") == 0
    require_approval(either_database, "2026-var", "h1", NOW)


def test_two_yeses_to_two_texts_are_not_enough(database: Engine) -> None:
    """An edit between the two ends the first."""
    room = make_newsroom(BOTH, review=Review(yeses=2))
    approve_now(database, room)

    assert approve_now(database, room, by="bo-berg", text="h2") == 1
    assert state(database) is IssueState.DRAFTED


def test_edit_voids_an_approval(either_database: Engine) -> None:
    """A text that was changed after its approval is drafted again, and says who approved it."""
    approve_now(either_database)

    with pytest.raises(StateError, match="changed after anna-ek"):
        require_approval(either_database, "2026-var", "h2", NOW)

    assert state(either_database) is IssueState.DRAFTED
    with reading(either_database) as connection:
        assert approvals_that_hold(connection, "2026-var") == ()
        ended = last_ended(connection, "2026-var")
    assert ended is not None
    assert (ended.approval.approved_by, ended.by) == ("anna-ek", EndedBy.EDIT)
    approve_now(either_database, text="h2", now=NOW + timedelta(days=1))
    require_approval(either_database, "2026-var", "h2", NOW)


def test_a_text_that_was_changed_and_changed_back(database: Engine) -> None:
    """A voided approval does not come back by itself."""
    approve_now(database)
    with pytest.raises(StateError):
        require_approval(database, "2026-var", "h2", NOW)

    with pytest.raises(StateError, match="changed after"):
        require_approval(database, "2026-var", "h1", NOW)


def test_nobody_has_approved(database: Engine) -> None:
    """Without an approval the way to one is named."""
    way_on = "newsroom issue approve 2026-var --by NAME"

    with pytest.raises(StateError, match=way_on):
        require_approval(database, "2026-var", "h1", NOW)


def test_a_yes_is_to_what_was_shown() -> None:
    """Who saw another text than there is now must look again."""
    require_shown(make_proof_of("h1"), "h1")
    require_shown(make_proof_of("h1"), None)  # at the command line there is no page

    with pytest.raises(StateError, match="changed after the page was opened"):
        require_shown(make_proof_of("h2"), "h1")


def test_the_approved_text_is_kept_to_compare_with(database: Engine) -> None:
    """A later text is compared with the last approved one, though another was shown since."""
    approve_now(database)

    with reading(database) as connection:
        before = text_before(connection, "2026-var", "h2")
        same = text_before(connection, "2026-var", "h1")
    assert before is not None
    assert (before.approved_by, before.texts["sv"]) == (
        "anna-ek",
        "Våren\n\nOm våren.\n\nText h1\n",
    )
    assert same is None
