"""A sender that fell silent, in words."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, update

from newsroom.database.tables import batch, delivery
from newsroom.delivery.ledger.report import Plan
from newsroom.delivery.sending.course import pause
from newsroom.jobs.issue.issue_status import issue_status, status_json, status_line
from newsroom.jobs.issue.silence_words import silence_lines
from newsroom.model import Sending
from newsroom.render.sayings import in_language
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, sending_now

NAME = "2026-var"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
IN_HAND = "in hand when their sender fell silent: 1; its word is waited for until "
YOURS = (
    "then nobody knows whether they left, and you say what is so: newsroom issue resolve 2026-var"
)


def killed(database: Engine, sending: Sending = AT_ONCE) -> None:
    """A sender that was killed at nine with one copy in hand."""
    sending_now(database, addresses(2), sending)
    with database.begin() as connection:
        connection.execute(
            update(delivery)
            .where(delivery.c.email == addresses(1)[0])
            .values(state="claimed", worker="host-0", token="t", claimed_at=NOW)
        )
        connection.execute(update(batch).values(worker="host-0", lease_until=NOW + 2 * MINUTE))


@pytest.mark.parametrize(
    ("sending", "idempotent", "then"),
    [
        (AT_ONCE, False, YOURS),
        (AT_ONCE, True, "then they are sent again"),
        (replace(AT_ONCE, resend_unknown=True), False, "then they are sent again"),
    ],
)
def test_what_is_waited_for_and_what_happens_then(
    database: Engine, sending: Sending, *, idempotent: bool, then: str
) -> None:
    """Until when by the clock on the wall; and whether a person is asked after it or nobody."""
    killed(database, sending)
    plan = Plan(sending, STOCKHOLM, lambda: idempotent)

    tally = issue_status(database, NAME, NOW + 3 * MINUTE, plan)

    assert list(silence_lines(tally, STOCKHOLM)) == [
        "nobody has sent it since 2026-06-02 09:00; start newsroom run, or: "
        "newsroom issue send 2026-var",
        f"{IN_HAND}2026-06-02 09:10, {then}",
    ]
    assert "through about" not in status_line(tally, STOCKHOLM)
    assert status_json(tally)["silent_since"] == NOW
    assert status_json(tally)["silent"] == {"copies": 1, "until": NOW + 10 * MINUTE}


def test_no_time_that_is_past_is_promised(database: Engine) -> None:
    """Where nobody was there to give a copy up, it waits for somebody who sends."""
    killed(database)

    tally = issue_status(database, NAME, NOW + HOUR)

    assert list(silence_lines(tally, STOCKHOLM))[1] == f"{IN_HAND}somebody sends, {YOURS}"
    assert "besked väntas in tills någon skickar igen" in in_language(
        list(silence_lines(tally, STOCKHOLM))[1], "sv"
    )


def test_copies_that_are_put_off_are_given_up_at_a_time_to_come(database: Engine) -> None:
    """When their time is up they have their last try; of a paused issue no time is told."""
    sending_now(database, addresses(2))
    with database.begin() as connection:
        put_off = {"state": "deferred", "next_at": NOW + 60 * HOUR}
        connection.execute(update(delivery).values(put_off))
    before = status_line(issue_status(database, NAME, NOW + HOUR), STOCKHOLM)
    after = status_line(issue_status(database, NAME, NOW + 50 * HOUR), STOCKHOLM)
    with database.begin() as connection:
        pause(connection, NAME, "wait", NOW + 50 * HOUR)
    paused = status_line(issue_status(database, NAME, NOW + 50 * HOUR), STOCKHOLM)

    assert before.endswith("; given up after 2026-06-04 09:00")
    assert after.endswith("; their time was up 2026-06-04 09:00; given up after their last try")
    assert "given up" not in paused
