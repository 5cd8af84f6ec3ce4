"""When an issue leaves."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.delivery.approval.thaw import postpone
from newsroom.jobs.issue.departure import Departure, answer_by, departure, first_mail
from newsroom.model import Sending
from tests.jobs.issue.test_issue_list import SCHEDULE
from tests.render.pieces import ZONE, at

NOW = at("2026-05-12T09:00")
SLOT = at("2026-06-02T09:00")
USUAL = Sending()  # weekdays 8 to 16, a quarter of an hour to undo it


def leaves(database: Engine, name: str = "2026-var") -> Departure | None:
    """When it does."""
    with reading(database) as connection:
        return departure(connection, SCHEDULE, name, USUAL, ZONE)


def test_the_slot_or_the_day_that_was_set(database: Engine) -> None:
    """A person's word goes before the schedule's; of an unknown name nobody has said."""
    assert leaves(database) == Departure(SLOT, False, at("2026-06-02T09:15"))  # noqa: FBT003
    assert leaves(database, "jubileum") is None

    with transaction(database) as connection:
        postpone(connection, "2026-var", at("2026-06-06T09:00"), NOW)  # a Saturday
        postpone(connection, "jubileum", at("2026-06-09T15:50"), NOW)

    assert leaves(database) == Departure(
        at("2026-06-06T09:00"),
        True,  # noqa: FBT003
        at("2026-06-08T08:00"),
    )
    assert leaves(database, "jubileum") == Departure(
        at("2026-06-09T15:50"),
        True,  # noqa: FBT003
        at("2026-06-10T08:00"),
    )


def test_without_an_undo_window_the_first_mail_leaves_at_once() -> None:
    """With hours that never close, too."""
    assert first_mail(SLOT, Sending(undo=timedelta(0), hours=None), ZONE) == SLOT


@pytest.mark.parametrize(
    ("slot", "now", "day"),
    [
        ("2026-06-02T09:00", "2026-05-12T09:00", "2026-05-29"),  # a Tuesday: the Friday before
        ("2026-06-05T09:00", "2026-05-12T09:00", "2026-06-03"),
        ("2026-06-01T09:00", "2026-05-12T09:00", "2026-05-28"),
        ("2026-06-02T09:00", "2026-06-01T10:00", "2026-06-01"),  # what is left: today
        ("2026-06-02T09:00", "2026-06-02T08:00", "2026-06-02"),
        ("2026-06-02T09:00", "2026-06-05T08:00", "2026-06-02"),
    ],
)
def test_by_when_to_answer(slot: str, now: str, day: str) -> None:
    """Two working days ahead, so that something can still be changed; never in the past."""
    assert answer_by(at(slot), ZONE, at(now)).date() == datetime.fromisoformat(day).date()
