"""When time alone makes something else of an event."""

from datetime import datetime, timedelta

import pytest

from newsroom.model import Earlier, Event, Registration
from newsroom.model.filing import card_of
from tests.render.pieces import at, make_event, make_site

DEADLINE = at("2026-10-10T12:00")
EVENT = make_event(
    registration=Registration(deadline=DEADLINE),
    previously=(Earlier(start=at("2026-10-20T13:00"), changed=at("2026-09-01T08:00")),),
)
TICK = timedelta(microseconds=1)


def shown(event: Event, now: datetime) -> tuple[bool, ...]:
    """What the page of an event says otherwise at one time than at another."""
    return event.is_over(now), event.is_open(now), event.closes_soon(now)


@pytest.mark.parametrize(
    "moment",
    [
        at("2026-09-01T08:00"),
        DEADLINE - timedelta(days=7),
        DEADLINE,
        DEADLINE + TICK,
        at("2026-10-21T13:00"),
        at("2026-10-21T15:00"),
    ],
)
def test_what_time_changes_is_a_turn(moment: datetime) -> None:
    """The card has turned as often at two times as the page is the same, to the microsecond."""
    card = card_of(EVENT, make_site())
    before, after = moment - TICK, moment

    turned = card.turned(after.timestamp()) - card.turned(before.timestamp())

    assert (turned > 0) or shown(EVENT, before) == shown(EVENT, after)


def test_the_turns_of_an_event() -> None:
    """Registration closes soon and closes, the event ends, and what was changed is news."""
    assert sorted(EVENT.turns()) == [
        at("2026-09-01T08:00"),
        DEADLINE - timedelta(days=7),
        DEADLINE + TICK,
        at("2026-10-21T15:00"),
    ]


def test_without_registration_only_the_end_counts() -> None:
    """An event without an end is over when it begins."""
    assert make_event(end=None).turns() == (at("2026-10-21T13:00"),)
    assert make_event(registration=Registration()).turns() == (at("2026-10-21T15:00"),)
