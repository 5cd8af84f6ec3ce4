"""Why an issue leaves later than it was to."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from newsroom.database import reading, transaction
from newsroom.database.tables import issue
from newsroom.delivery.approval.approvals import (
    Approval,
    end_other_approvals,
    enter,
    keep_approval,
)
from newsroom.delivery.approval.delays import (
    Decision,
    decision_on,
    forget_why_held,
    note_decision,
    note_why_held,
)
from newsroom.delivery.approval.desk_mails import News
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.noted import why_held
from newsroom.delivery.sending.course import cancel
from newsroom.model.matter import Held
from newsroom.model.saying import say
from tests.delivery.sample_ledger import NOW

NAME = "2026-var"
HOUR = timedelta(hours=1)
STOPPED = Decision(News.STOPPED, "Anna Ek", NOW)
MOVED = Decision(News.POSTPONED, "Bo Berg", NOW + HOUR)


def facts(connection: Connection) -> tuple[Held | None, Decision | None]:
    """What newsroom goes by."""
    row = connection.execute(select(issue).where(issue.c.name == NAME)).one()
    return why_held(row), decision_on(row)


def test_facts_and_words_stand_beside_each_other(either_database: Engine) -> None:
    """A held issue knows its time and its reason, a decided one whose word it was and when."""
    reason = say("{name} is not approved", name=NAME)
    with transaction(either_database) as connection:
        enter(connection, NAME, NOW)
        note_why_held(connection, NAME, NOW, reason)
        held = facts(connection), counts(connection, NAME, NOW)
        note_decision(connection, NAME, STOPPED)
        stopped = facts(connection), counts(connection, NAME, NOW)
        note_decision(connection, NAME, MOVED)
        moved = facts(connection)

    assert held[0] == (Held(NOW, reason), None)
    assert held[1].note == "held since 2026-06-02: 2026-var is not approved"
    assert held[1].held == Held(NOW, reason)
    assert stopped[0] == (None, STOPPED)
    assert (stopped[1].note, stopped[1].held) == ("Anna Ek took the yes back", None)
    assert moved == (None, MOVED)


@pytest.mark.parametrize("what", ["yes", "edit", "cancel"])
def test_what_comes_after_ends_them(either_database: Engine, what: str) -> None:
    """No fact outlives the note that it came with."""
    given = Approval(NAME, "h", "anna", NOW)
    with transaction(either_database) as connection:
        keep_approval(connection, given)
        note_decision(connection, NAME, MOVED)
        note_why_held(connection, NAME, NOW, "nobody was there")
        match what:
            case "yes":
                keep_approval(connection, Approval(NAME, "h", "bo", NOW))
            case "edit":
                end_other_approvals(connection, NAME, "another", NOW)
            case "cancel":
                cancel(connection, NAME, "wrong", NOW)

        assert facts(connection) == (None, None)


def test_only_what_held_it_is_forgotten(either_database: Engine) -> None:
    """A decision that others have not heard of yet stays."""
    with transaction(either_database) as connection:
        enter(connection, NAME, NOW)
        note_decision(connection, NAME, MOVED)
        forget_why_held(connection, NAME)
    with reading(either_database) as connection:
        assert facts(connection) == (None, MOVED)
