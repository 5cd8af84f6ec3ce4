from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.model import Earlier, Event, EventStatus, Online, Place
from newsroom.model.lifecycle import changes, changes_unsaid, revision, version_of
from tests.render.pieces import at, make_event

FIRST, NEW = at("2026-10-21T13:00"), at("2026-11-05T09:00")
PLANNED, CANCELLED = EventStatus.PLANNED, EventStatus.CANCELLED
POSTPONED, MOVED = EventStatus.POSTPONED, EventStatus.MOVED
STARTS = Earlier(start=FIRST)


@pytest.mark.parametrize(
    ("status", "previously", "expected"),
    [
        (PLANNED, [], 0),
        (CANCELLED, [], 1),
        (POSTPONED, [], 1),
        (MOVED, [], 1),
        (MOVED, [STARTS], 1),  # the entry says what `moved` means
        (PLANNED, [STARTS, Earlier(place=Place("A"))], 2),
        (CANCELLED, [STARTS], 2),
        (CANCELLED, [STARTS, Earlier(status=PLANNED)], 2),  # the same two changes, both told
        (CANCELLED, [STARTS, Earlier(status=MOVED)], 2),
        (CANCELLED, [Earlier(status=POSTPONED)], 2),  # it must have been postponed once
        (MOVED, [Earlier(start=FIRST, status=POSTPONED)], 2),
        (MOVED, [Earlier(status=PLANNED), Earlier(start=FIRST, status=POSTPONED)], 2),
        (PLANNED, [Earlier(status=CANCELLED)], 2),  # called off, and on again
        (CANCELLED, [Earlier(status=CANCELLED), Earlier(status=PLANNED)], 3),
    ],
)
def test_sequence(status: EventStatus, previously: list[Earlier], expected: int) -> None:
    """The sequence is the number of changes that the file tells of, however it tells them."""
    event = make_event(status=status, previously=tuple(previously))

    assert revision(event) == expected


def test_each_change_knows_what_was_before_and_after() -> None:
    """What an entry leaves out was the same before and after that change."""
    event = make_event(
        start=NEW,
        end=None,
        place=Place("B"),
        status=CANCELLED,
        updated=at("2026-10-01T09:00"),
        previously=(
            Earlier(start=FIRST, changed=at("2026-09-01T09:00")),
            Earlier(place=Place("A"), changed=at("2026-09-15T09:00")),
        ),
    )

    moved, housed, off = changes(event)

    assert (moved.before.start, moved.after.start) == (FIRST, NEW)
    assert (moved.before.place, moved.after.place) == (Place("A"), Place("A"))
    assert (housed.before.place, housed.after.place) == (Place("A"), Place("B"))
    assert (off.before.status, off.after.status) == (PLANNED, CANCELLED)
    assert [change.moment for change in (moved, housed, off)] == [
        at("2026-09-01T09:00"),
        at("2026-09-15T09:00"),
        at("2026-10-01T09:00"),  # the file's own `updated`
    ]


def test_nothing_unsaid() -> None:
    """A correction of the text needs no entry, nor does a change that the file tells of."""
    event = make_event(place=Place("A"), online=Online("https://e.test/m", "Zoom"))
    corrected = replace(event, title="Rättad", online=Online("https://e.test/m", "Möte"))
    told = replace(event, start=NEW, previously=(Earlier(start=FIRST),))

    assert changes_unsaid(version_of(event), 0, corrected) == ()
    assert changes_unsaid(version_of(event), 0, replace(event, status=CANCELLED)) == ()
    assert changes_unsaid(version_of(event), 0, told) == ()


def test_a_new_time_that_nothing_tells_of() -> None:
    """What was published and is no longer so is named, whether or not the status says `moved`."""
    event = make_event()
    expected = (Earlier(start=FIRST, end=event.end),)

    assert changes_unsaid(version_of(event), 0, replace(event, start=NEW, end=None)) == expected
    assert (
        changes_unsaid(version_of(event), 0, replace(event, start=NEW, end=None, status=MOVED))
        == expected
    )


def test_a_status_taken_back() -> None:
    """An event that is on again is told to have been called off."""
    event = make_event()

    missing = changes_unsaid(version_of(replace(event, status=CANCELLED)), 1, event)

    assert missing == (Earlier(status=CANCELLED),)
    assert revision(replace(event, previously=missing)) == 2


def test_a_history_that_was_taken_away() -> None:
    """Entries that were published and are gone leave as many behind."""
    event = make_event()

    missing = changes_unsaid(version_of(event), 3, event)

    assert revision(replace(event, previously=missing)) == 3


@st.composite
def edits(draw: st.DrawFn) -> list[Event]:
    """An event as an editor saves it time after time, telling of some changes and not of others."""
    event = make_event()
    saved = [event]
    for number in range(draw(st.integers(1, 6))):
        before = event
        place, start = Place(f"Plats {number}"), at(f"2027-01-{number + 1:02}T10:00")
        kept = Earlier(start=before.start, place=before.place, status=before.status)
        event = draw(
            st.sampled_from(
                [
                    replace(event, start=start),
                    replace(event, place=place),
                    replace(event, start=start, status=MOVED),
                    *(replace(event, status=status) for status in EventStatus),
                    replace(event, start=start, previously=(*event.previously, kept)),
                    replace(event, previously=event.previously[1:]),
                ]
            )
        )
        saved.append(event)
    return saved


@given(edits())
def test_with_what_was_unsaid_the_sequence_rises_with_each_change(saved: list[Event]) -> None:
    """Whatever an editor does, the entries asked for make calendars take the newer version."""
    event = saved[0]
    told: tuple[Earlier, ...] = ()
    for edited in saved[1:]:
        before, number = version_of(event), revision(event)
        event = replace(edited, previously=(*edited.previously, *told))
        missing = changes_unsaid(before, number, event)
        event = replace(event, previously=(*event.previously, *missing))
        told = (*told, *missing)

        after = version_of(event)
        times = (before.start, before.place, before.status is CANCELLED)
        assert revision(event) >= number
        if times != (after.start, after.place, after.status is CANCELLED):
            assert revision(event) > number
        assert changes_unsaid(before, number, event) == ()
