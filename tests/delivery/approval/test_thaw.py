"""An issue held back before its first mail."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, func, insert, select, update

from newsroom.database import reading, transaction
from newsroom.database.tables import batch, delivery, issue, letter
from newsroom.delivery.approval.approvals import (
    Approval,
    Ended,
    EndedBy,
    approvals_that_hold,
    keep_approval,
    last_ended,
)
from newsroom.delivery.approval.delays import note_why_held
from newsroom.delivery.approval.thaw import forget_day, has_begun, postpone, take_back
from newsroom.delivery.ledger.chronicle import Step, steps_of
from newsroom.delivery.ledger.counts import counts
from newsroom.delivery.ledger.freeze import freeze
from newsroom.delivery.sending.course import pause, release, state_of
from newsroom.errors import StateError
from newsroom.model.issue_state import IssueState
from tests.delivery.sample_ledger import AT_ONCE, NOW, add_readers, addresses, an_edition, keep_yes

GIVEN = Approval("2026-var", "h", "anna", NOW)
LATER = NOW + timedelta(days=7)


def approved(database: Engine, *, frozen: bool = False) -> None:
    """An issue with a yes and 20 readers; perhaps frozen."""
    with transaction(database) as connection:
        add_readers(connection, addresses(20))
    keep_yes(database, GIVEN)
    if frozen:
        with transaction(database) as connection:
            assert freeze(connection, an_edition(), AT_ONCE, NOW)


def state(database: Engine) -> IssueState | None:
    """Where the issue stands."""
    with reading(database) as connection:
        return state_of(connection, "2026-var")


def rows(database: Engine) -> list[int]:
    """How many deliveries, batches and letters there are."""
    with reading(database) as connection:
        found = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (delivery, batch, letter)
        ]
    return [number or 0 for number in found]


def test_a_decision_ends_what_held_it(either_database: Engine) -> None:
    """A new day, or another yes to the same text, and the status no longer says that it waits."""
    for decide in ("another day", "another yes"):
        approved_again = Approval("2026-var", "h", "bo", LATER)
        if decide == "another day":
            approved(either_database)
        with transaction(either_database) as connection:
            note_why_held(connection, "2026-var", NOW, "nobody was there")
            if decide == "another day":
                postpone(connection, "2026-var", LATER, NOW)
            else:
                keep_approval(connection, approved_again)

        with reading(either_database) as connection:
            assert counts(connection, "2026-var", NOW).note is None


@pytest.mark.parametrize("frozen", [False, True])
def test_a_yes_can_be_taken_back(either_database: Engine, frozen: bool) -> None:  # noqa: FBT001
    """Before the first mail the issue is a draft again, and nothing is left of its freezing."""
    approved(either_database, frozen=frozen)

    with transaction(either_database) as connection:
        take_back(connection, "2026-var", NOW)

    assert state(either_database) is IssueState.DRAFTED
    assert rows(either_database) == [0, 0, 0]
    with reading(either_database) as connection:
        assert approvals_that_hold(connection, "2026-var") == ()
        assert last_ended(connection, "2026-var") == Ended(GIVEN, EndedBy.HAND, NOW)
        tally = counts(connection, "2026-var", NOW)
        noted = [each.step for each in steps_of(connection, "2026-var")]
    assert (tally.frozen, tally.adds_up) == (0, True)
    assert noted == ([Step.FROZEN, Step.HELD_BACK] if frozen else [])


def test_it_can_be_frozen_again(either_database: Engine) -> None:
    """After a new yes it is frozen as if it were the first time, each reader once."""
    approved(either_database, frozen=True)
    with transaction(either_database) as connection:
        take_back(connection, "2026-var", NOW)
    keep_yes(either_database, GIVEN)

    with transaction(either_database) as connection:
        again = freeze(connection, an_edition(), AT_ONCE, LATER)

    assert again
    assert rows(either_database)[0] == 20
    with reading(either_database) as connection:
        assert counts(connection, "2026-var", LATER).adds_up


@pytest.mark.parametrize("frozen", [False, True])
def test_another_day_keeps_the_yes(either_database: Engine, frozen: bool) -> None:  # noqa: FBT001
    """The issue stays approved with the same text, and is not frozen before its new day."""
    approved(either_database, frozen=frozen)

    with transaction(either_database) as connection:
        postpone(connection, "2026-var", LATER, NOW)

    assert state(either_database) is IssueState.APPROVED
    assert rows(either_database) == [0, 0, 0]
    with reading(either_database) as connection:
        assert approvals_that_hold(connection, "2026-var") == (GIVEN,)
        assert connection.execute(select(issue.c.content_hash, issue.c.leaves_at)).one() == (
            "h",
            LATER,
        )
    with transaction(either_database) as connection:
        assert freeze(connection, an_edition(), AT_ONCE, LATER)


def test_one_that_was_paused_before_its_first_mail(database: Engine) -> None:
    """It can be taken back, too."""
    approved(database, frozen=True)
    with transaction(database) as connection:
        pause(connection, "2026-var", "wait", NOW)
        take_back(connection, "2026-var", NOW)

    assert state(database) is IssueState.DRAFTED


@pytest.mark.parametrize("pausing", [False, True])
def test_after_the_first_mail_it_is_too_late(
    either_database: Engine,
    pausing: bool,  # noqa: FBT001
) -> None:
    """What may have left cannot be taken back, moved or forgotten; the way to pause is named."""
    approved(either_database, frozen=True)
    with transaction(either_database) as connection:
        release(connection, "2026-var", NOW)
        if pausing:
            pause(connection, "2026-var", "wait", NOW)

    with (
        pytest.raises(StateError, match="its first mail may have left"),
        transaction(either_database) as connection,
    ):
        take_back(connection, "2026-var", NOW)
    with (
        pytest.raises(StateError, match="newsroom issue pause 2026-var"),
        transaction(either_database) as connection,
    ):
        postpone(connection, "2026-var", LATER, NOW)

    assert rows(either_database)[0] == 20
    with reading(either_database) as connection:
        assert has_begun(connection, "2026-var")


@pytest.mark.parametrize("over", ["cancelled", "done"])
def test_an_issue_that_is_over(database: Engine, over: str) -> None:
    """Nothing can be taken back or moved any more."""
    with transaction(database) as connection:
        connection.execute(insert(issue).values(name="2026-var", state=over, updated=NOW))

    for act in (take_back, lambda *given: postpone(given[0], given[1], LATER, given[2])):
        with (
            pytest.raises(StateError, match=f"2026-var is {over}"),
            transaction(database) as connection,
        ):
            act(connection, "2026-var", NOW)


def test_an_issue_that_nobody_knows(database: Engine) -> None:
    """There is nothing to take back of it; a day can be set for it."""
    with (
        pytest.raises(StateError, match="no such issue"),
        transaction(database) as connection,
    ):
        take_back(connection, "2026-var", NOW)

    with transaction(database) as connection:
        postpone(connection, "2026-var", LATER, NOW)

    assert state(database) is IssueState.DRAFTED


def test_one_of_two_yeses_can_be_taken_back(database: Engine) -> None:
    """While the second is missing, the first can be taken back."""
    from newsroom.delivery.approval.approvals import keep_approval

    with transaction(database) as connection:
        assert keep_approval(connection, GIVEN, yeses=2) == 1
        take_back(connection, "2026-var", NOW)

    with reading(database) as connection:
        assert approvals_that_hold(connection, "2026-var") == ()


def test_a_day_is_forgotten_once(either_database: Engine) -> None:
    """Of two processes one is told that the day has come and gone; not when it was moved."""
    approved(either_database)
    with transaction(either_database) as connection:
        postpone(connection, "2026-var", LATER, NOW)

    with transaction(either_database) as connection:
        assert not forget_day(connection, "2026-var", NOW, LATER)
        assert forget_day(connection, "2026-var", LATER, LATER)
        assert not forget_day(connection, "2026-var", LATER, LATER)


@pytest.mark.parametrize("over", ["done", "cancelled"])
def test_one_that_was_sent_is_told_no_pause(either_database: Engine, over: str) -> None:
    """An issue that ended after its first mail cannot be stopped, and nobody is told to."""
    approved(either_database, frozen=True)
    with transaction(either_database) as connection:
        release(connection, "2026-var", NOW)
        connection.execute(update(issue).values(state=over))

    for step in (take_back, partial(postpone, leaves_at=LATER)):
        with (
            transaction(either_database) as connection,
            pytest.raises(StateError, match=f"2026-var is {over} and cannot be ") as told,
        ):
            step(connection, "2026-var", now=NOW)
        assert "newsroom issue pause" not in told.value.sentence


@pytest.mark.parametrize("ahead", [True, False])
def test_a_day_that_was_set_outlives_a_start_by_hand(
    either_database: Engine,
    ahead: bool,  # noqa: FBT001
) -> None:
    """Stopped again, an issue that was sent ahead of its day keeps it, unless it is over."""
    approved(either_database)
    with transaction(either_database) as connection:
        postpone(connection, "2026-var", LATER, NOW)
        freeze(connection, an_edition(), AT_ONCE, NOW)

    with transaction(either_database) as connection:
        take_back(connection, "2026-var", NOW if ahead else LATER)

    with reading(either_database) as connection:
        day = connection.scalar(select(issue.c.leaves_at).where(issue.c.name == "2026-var"))
    assert day == (LATER if ahead else None)
