"""When an issue leaves."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.database import reading, transaction
from newsroom.delivery.approval.thaw import postpone
from newsroom.jobs.issue.departure import (
    Departure,
    answer_by,
    departure,
    first_mail,
    leaving,
    reminder,
)
from newsroom.jobs.issue.leaving_words import when_sent, written
from newsroom.model import Schedule, ScheduledJob, Sending, Yearly
from newsroom.render.sayings import in_language
from newsroom.render.words import Words
from tests.jobs.issue.test_issue_list import SCHEDULE
from tests.render.pieces import ZONE, at

NOW = at("2026-05-12T09:00")
SLOT = at("2026-06-02T09:00")
REMINDING = Schedule(
    ZONE,
    (
        ScheduledJob(
            "newsletter.host.remind",
            Yearly(12, time(9), weekday=1, nth=1, before=timedelta(days=5)),
        ),
    ),
)
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
        is_shut=True,
    )
    assert leaves(database, "jubileum") == Departure(
        at("2026-06-09T15:50"),
        True,  # noqa: FBT003
        at("2026-06-10T08:00"),
        is_shut=True,
    )


def test_the_day_that_people_are_told_is_the_real_one() -> None:
    """Where no mail may leave at the time of an issue, it is sent when the first mail may."""
    saturday, tuesday = at("2026-12-05T09:00"), at("2026-12-01T09:00")

    assert leaving(tuesday, USUAL, ZONE).sent == tuesday
    assert leaving(saturday, USUAL, ZONE).sent == at("2026-12-07T08:00")
    assert leaving(saturday, Sending(hours=None), ZONE).sent == saturday


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "sv",
            "måndag 7 december 2026 kl. 08.00 (inte lördag 5 december 2026 kl. 09.00, för då får "
            "inga mejl gå)",
        ),
        (
            "en",
            "Monday 7 December 2026, 08:00 (not Saturday 5 December 2026, 09:00, when no mail may "
            "leave)",
        ),
    ],
)
def test_the_real_day_is_told_with_the_reason(lang: str, told: str) -> None:
    """Why it is not the day of the schedule stands beside it; else there is nothing to say."""
    saturday, tuesday = at("2026-12-05T09:00"), at("2026-12-01T09:00")
    words = Words(lang)

    said = in_language(when_sent(leaving(saturday, USUAL, ZONE), words, ZONE), lang)
    plain = in_language(when_sent(leaving(tuesday, USUAL, ZONE), words, ZONE), lang)

    assert said.replace("\N{NO-BREAK SPACE}", " ") == told
    assert plain == written(tuesday, words, ZONE)


@pytest.mark.parametrize(
    ("leaves", "since", "reminded"),
    [
        ("2026-12-08T09:00", "2026-11-22T09:00", "2026-12-03T09:00"),  # five days before a Tuesday
        ("2026-12-07T09:00", "2026-11-22T09:00", "2026-12-02T09:00"),  # the last day is a Thursday
        ("2026-12-02T09:00", "2026-11-28T12:00", None),  # its time has gone by already
    ],
)
def test_a_reminder_leaves_time_to_answer(leaves: str, since: str, reminded: str | None) -> None:
    """An issue that was moved is reminded of before its last day to approve, or not at all."""
    found = reminder(REMINDING, "2026-host", at(leaves), ZONE, at(since))

    assert found == (at(reminded) if reminded else None)


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
