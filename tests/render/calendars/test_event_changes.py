from typing import Any

import pytest

from newsroom.model import Earlier, EventStatus, Online, Place
from newsroom.model.lifecycle import changes
from newsroom.render.calendars.event_changes import announced, what_changed
from newsroom.render.words import Words
from tests.render.pieces import at, make_event


@pytest.mark.parametrize(
    ("fields", "earlier", "said"),
    [
        (
            {},
            Earlier(start=at("2026-10-07T13:00")),
            "Ny dag: onsdag 21 oktober (tidigare 7 oktober)",
        ),
        (
            {},
            Earlier(start=at("2025-10-07T13:00")),
            "Ny dag: onsdag 21 oktober 2026 (tidigare 7 oktober 2025)",
        ),
        (
            {},
            Earlier(start=at("2026-10-07T09:00"), end=at("2026-10-07T11:00")),
            "Ny tid: 21 oktober 2026 kl. 13.00–15.00 (tidigare 7 oktober 2026 kl. 09.00–11.00)",
        ),
        (
            {},
            Earlier(start=at("2026-10-21T09:00"), end=at("2026-10-21T11:00")),
            "Ny tid: kl. 13.00–15.00 (tidigare kl. 09.00–11.00)",
        ),
        (
            {"start": at("2026-11-05T00:00"), "end": at("2026-11-06T00:00"), "all_day": True},
            Earlier(start=at("2026-10-07T00:00"), end=at("2026-10-08T00:00"), all_day=True),
            "Ny dag: torsdag 5 november (tidigare 7 oktober)",
        ),
        (
            {"start": at("2026-11-05T00:00"), "end": at("2026-11-07T00:00"), "all_day": True},
            Earlier(start=at("2026-10-07T00:00"), end=at("2026-10-08T00:00"), all_day=True),
            "Ny tid: 5–6 november 2026 (tidigare 7 oktober 2026)",
        ),
        ({"place": Place("B")}, Earlier(place=Place("A")), "Ny plats: B (tidigare A)"),
        (
            {"place": Place("Aulan", "Ågatan 1")},
            Earlier(place=Place("Aulan", "Skolgatan 2")),
            "Ny plats: Aulan, Ågatan 1 (tidigare Aulan, Skolgatan 2)",
        ),
        ({}, Earlier(place=Place("Aulan")), "Inte längre i Aulan"),
        (
            {"online": Online("https://e.test/m")},
            Earlier(place=Place("A")),
            "Nu på webben (tidigare A)",
        ),
    ],
)
def test_what_is_new(fields: dict[str, Any], earlier: Earlier, said: str) -> None:
    """What holds is said, beside as much of what was announced as is needed to know it."""
    event = make_event(previously=(earlier,), **fields)

    assert what_changed(event, Words("sv")) == (said,)


def test_the_last_change_of_each_kind() -> None:
    """Of several changes the last of time and the last of place are told."""
    event = make_event(
        place=Place("C"),
        previously=(
            Earlier(start=at("2026-10-01T13:00"), place=Place("A")),
            Earlier(start=at("2026-10-07T13:00")),
            Earlier(place=Place("B")),
        ),
    )

    assert what_changed(event, Words("en")) == (
        "New day: Wednesday 21 October (before: 7 October)",
        "New place: C (before: B)",
    )


def test_nothing_is_new() -> None:
    """Nothing is said of an event that is as announced, nor of the time of one that is off."""
    earlier = Earlier(start=at("2026-10-07T13:00"))

    assert what_changed(make_event(), Words("sv")) == ()
    off = make_event(previously=(earlier,), status=EventStatus.CANCELLED)
    assert what_changed(off, Words("sv")) == ()
    assert what_changed(make_event(previously=(Earlier(),)), Words("sv")) == ()


def test_what_no_longer_holds() -> None:
    """Each earlier time and place is told as it was announced, with the day it ceased to hold."""
    first, second = at("2026-09-01T10:00"), at("2026-09-02T10:00")
    event = make_event(
        place=Place("B"),
        previously=(
            Earlier(start=at("2026-10-07T13:00"), place=Place("A"), changed=first),
            Earlier(online=Online("https://e.test/m"), changed=second),
            Earlier(changed=second),
        ),
    )

    told = announced(changes(event), Words("sv"))

    assert [(past.words, past.changed) for past in told] == [
        ("7 oktober 2026 kl. 13.00, A", first),
        ("På nätet", second),
    ]
