"""The chronicle of an issue."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from newsroom.database.tables import delivery
from newsroom.delivery.ledger.chronicle import Step, steps_of
from newsroom.delivery.ledger.settling import resolve, send_to_rest
from newsroom.delivery.sending.course import cancel, finish, pause, release, resume
from newsroom.delivery.sending.guard import confirm
from newsroom.delivery.sending.marks import SendingMarks
from newsroom.errors import StateError
from newsroom.model.delivery import DeliveryState
from tests.delivery.sample_ledger import NOW, addresses, freeze_now, sending_now

MINUTE = timedelta(minutes=1)


def test_each_step_is_written_down_with_its_time(either_database: Engine) -> None:
    """Frozen, released, paused with its reason, resumed and done: all of it can be read later."""
    freeze_now(either_database, addresses(2))
    with either_database.begin() as connection:
        release(connection, "2026-var", NOW + MINUTE)
        pause(connection, "2026-var", "wrong picture", NOW + 2 * MINUTE)
        resume(connection, "2026-var", NOW + 3 * MINUTE)
        connection.execute(update(delivery).values(state="accepted"))
        finish(connection, "2026-var", NOW + 4 * MINUTE)

        taken = steps_of(connection, "2026-var")

    assert [(each.step, each.at - NOW, each.note) for each in taken] == [
        (Step.FROZEN, timedelta(), None),
        (Step.RELEASED, MINUTE, None),
        (Step.PAUSED, 2 * MINUTE, "wrong picture"),
        (Step.RESUMED, 3 * MINUTE, None),
        (Step.DONE, 4 * MINUTE, None),
    ]


def test_a_step_that_was_not_taken_is_not_written_down(database: Engine) -> None:
    """A second release, and a pause of what is paused, leave no trace."""
    freeze_now(database, addresses(1))
    with database.begin() as connection:
        for _ in range(2):
            release(connection, "2026-var", NOW)
            pause(connection, "2026-var", "wrong picture", NOW)

        taken = steps_of(connection, "2026-var")

    assert [each.step for each in taken] == [Step.FROZEN, Step.RELEASED, Step.PAUSED]


def test_a_persons_word_and_a_calling_off(database: Engine) -> None:
    """How many unknown copies somebody settled, and why an issue was called off, is kept."""
    sending_now(database, addresses(3))
    with database.begin() as connection:
        connection.execute(update(delivery).values(state="unknown"))
        resolve(connection, "2026-var", addresses(2), DeliveryState.ACCEPTED, NOW)
        with pytest.raises(StateError, match=r"not among the unknown: reader0@kommun\.example"):
            resolve(connection, "2026-var", addresses(3), DeliveryState.ACCEPTED, NOW)
        cancel(connection, "2026-var", "wrong text", NOW)

        *_, settled, called_off = steps_of(connection, "2026-var")

    assert (settled.step, settled.note) == (Step.SETTLED, "2 accepted")
    assert (called_off.step, called_off.note) == (Step.CANCELLED, "wrong text")


def test_once_more_to_the_rest(database: Engine) -> None:
    """That those who were not reached are tried again is kept, with how many they are."""
    sending_now(database, addresses(3))
    with database.begin() as connection:
        connection.execute(update(delivery).values(state="refused"))
        finish(connection, "2026-var", NOW)
        send_to_rest(connection, "2026-var", NOW + 9 * MINUTE, NOW + MINUTE)

        *_, last = steps_of(connection, "2026-var")

    assert last == (Step.TRIED_AGAIN, NOW + MINUTE, "3 readers")


def test_going_on_with_an_older_database(database: Engine, tmp_path: Path) -> None:
    """That somebody went on with a database from a backup is kept, with what is in doubt since."""
    sending_now(database, addresses(3))
    marks = SendingMarks(tmp_path)
    with marks.opened("2026-var") as mark:
        mark.set(NOW + MINUTE)
    with database.begin() as connection:
        confirm(connection, "2026-var", marks, NOW + 2 * MINUTE)

        *_, last = steps_of(connection, "2026-var")

    assert last == (Step.RESTORED, NOW + 2 * MINUTE, "3 unknown")
