"""Which post tells of a change, so that nothing else has to."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from newsroom.model import Earlier, EventStatus, Place
from newsroom.model.filing import card_of
from newsroom.model.lifecycle import Change, changes
from newsroom.render.calendars.telling_posts import telling_post
from tests.render.pieces import at, make_event, make_post, make_site

CHANGED = at("2026-09-01T10:00")
CANCELLED = {"previously": (Earlier(status=EventStatus.PLANNED, changed=CHANGED),)}
EVENT, ENGLISH = "Flyttdagen i Lund", "Moving day in Lund"


def change(
    status: EventStatus = EventStatus.CANCELLED, fields: Mapping[str, Any] = CANCELLED
) -> Change:
    """The last change of the event."""
    return changes(make_event(title=EVENT, status=status, **fields))[-1]


MOVED = {"previously": (Earlier(place=Place("A"), changed=CHANGED),), "place": Place("B")}
BACK = {"previously": (Earlier(status=EventStatus.CANCELLED, changed=CHANGED),)}


def tells(title: str, of: Change, published: datetime = CHANGED, *earlier: Change) -> bool:
    """Whether a post of that title and time tells of a change, in the event's own language."""
    post = card_of(make_post("p", title=title, published=published), make_site())
    event = ENGLISH if re.search("day|cancel|place", title) else EVENT
    return telling_post(event, of, earlier, [post]) == post


@pytest.mark.parametrize(
    "title",
    [
        "INSTÄLLT: Flyttdagen i Lund",
        "Inställd – flyttdagen",
        "Flyttdagen i Lund den 5 maj är tyvärr inställd",
        "Flyttdagen i Lund ställs in",
        "Vi ställer in Flyttdagen i Lund",
        "Flyttdagen blir inte av",
        "Moving day is cancelled",
        "Cancellation of the moving day in Lund",
        "We call off the moving day",
    ],
)
def test_a_title_that_says_that_it_is_cancelled(title: str) -> None:
    """Who reads the title knows that nothing takes place."""
    assert tells(title, change())


@pytest.mark.parametrize(
    "title",
    [
        "Kom på Flyttdagen i Lund",
        "Flyttdagen i Lund flyttar till Malmö",
        "Flyttdagen i Lund är inte inställd",
        "Vår inställning till Flyttdagen i Lund",
        "Flyttdagen i Lund är inte längre inställd",
        "Flyttdagen i Lund har inte blivit inställd",
        "Är flyttdagen inställd?",
        "Inställda tåg: så tar du dig till Flyttdagen i Lund",
        "Middagen är inställd",
        "Flyttdagens middag är inställd",
        "Lunchen på flyttdagen är inställd",
        "Moving day is not cancelled",
        "How to cancel your place on moving day",
    ],
)
def test_a_title_that_does_not_say_that_it_is_cancelled(title: str) -> None:
    """A post about the event, on that very day, that says something else tells nobody."""
    assert not tells(title, change())


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Flyttdagen i Lund flyttar till Malmö", True),
        ("Ny lokal för Flyttdagen i Lund", True),
        ("New place for moving day", True),
        ("Ny tid och plats för flyttdagen", True),
        ("Ny tid för anmälan till Flyttdagen i Lund", False),
        ("Ändrat program för Flyttdagen i Lund", False),
        ("Ändrad sista anmälningsdag till Flyttdagen i Lund", False),
        ("Flyttdagen i Lund", False),  # what it is called says nothing of it
        ("Kom på Flyttdagen i Lund", False),
    ],
)
def test_a_title_that_says_that_it_is_moved(title: str, is_told: bool) -> None:  # noqa: FBT001
    """Another time or place is told by a title that says that there is one."""
    assert tells(title, change(EventStatus.MOVED, MOVED)) is is_told


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Uppskjuten: Flyttdagen i Lund", True),
        ("Flyttdagen i Lund flyttas fram", True),
        ("Flyttdagen i Lund ställs in", True),
        ("Flyttdagen i Lund", False),
    ],
)
def test_a_title_that_says_that_it_is_postponed(title: str, is_told: bool) -> None:  # noqa: FBT001
    """Who reads that it is put off, or that it is off, does not go there."""
    postponed = change(EventStatus.POSTPONED)

    assert tells(title, postponed) is is_told


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Flyttdagen i Lund blir av ändå", True),
        ("Flyttdagen i Lund är inställd", False),
        ("Flyttdagen i Lund blir ändå inte av", False),
        ("Moving day will not take place after all", False),
    ],
)
def test_a_title_that_says_that_it_takes_place_after_all(title: str, is_told: bool) -> None:  # noqa: FBT001
    """What was called off and is planned again is told by a title that says so."""
    assert tells(title, change(EventStatus.PLANNED, BACK)) is is_told


@pytest.mark.parametrize(
    ("published", "is_told"),
    [
        ("2026-08-31T23:00", False),
        ("2026-09-01T00:00", True),  # who writes of it may be quicker than who changes the file
        ("2026-09-04T12:00", True),
        ("2026-10-25T12:00", False),  # about how it went
    ],
)
def test_when_it_was_published(published: str, is_told: bool) -> None:  # noqa: FBT001
    """On the day of the change or later, while the event was still to come."""
    assert tells("Flyttdagen i Lund ställs in", change(), at(published)) is is_told


def test_what_told_of_an_earlier_change_does_not_tell_of_the_next() -> None:
    """Where the event has moved before, only what was published after this move tells of it."""
    again = Earlier(place=Place("B"), changed=CHANGED + timedelta(hours=6))
    first = change(EventStatus.MOVED, MOVED)
    second = change(EventStatus.MOVED, {"previously": (again,), "place": Place("C")})
    title = "Flyttdagen i Lund flyttar"

    assert tells(title, first, CHANGED + timedelta(hours=1))
    assert not tells(title, second, CHANGED + timedelta(hours=1), first)
    assert tells(title, second, CHANGED + timedelta(hours=7), first)


def test_a_change_without_a_day() -> None:
    """Any post that says so tells of it, unless the event has changed like this before."""
    undated = change(fields={})
    title, long_before = "Flyttdagen i Lund ställs in", CHANGED - timedelta(days=30)

    assert tells(title, undated, long_before)
    assert not tells(title, undated, long_before, change())
