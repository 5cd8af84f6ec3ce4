"""What was changed of a published event, and its file does not tell of."""

from pathlib import Path
from typing import Any

import pytest

from newsroom.jobs.advice.unsaid_changes import now_published, problems_of, unsaid_changes
from newsroom.model import Card, Earlier, Event, EventStatus, Online, Place, Shelf
from newsroom.model.filing import card_of
from newsroom.model.lifecycle import revision
from newsroom.output.announced import Announced, announced
from tests.render.pieces import at, make_event, make_newsroom, make_site

TIME = "the time has changed since it was published"
NOW = at("2026-09-01T10:00:30")
MINUTE = at("2026-09-01T10:00")
FILE = "---\ntitle: Möte\nstart: 2026-10-21T13:00\nend: x\nplace: {name: B}\nstatus: x\n---\n"


def known(*events: Event) -> dict[str, Announced]:
    """These events as they were published."""
    return {e.id: announced(card_of(e, make_site()), e) for e in events}


def told(root: Path, before: Event, after: Event) -> list[tuple[int | None, str]]:
    """Line and message of each problem of one event that was published as `before`."""
    path = root / after.source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FILE, encoding="utf-8")
    unsaid = unsaid_changes(make_newsroom(events=(after,)), known(before), NOW)
    problems = [problem for change in unsaid for problem in problems_of(change, root)]
    assert {problem.code for problem in problems} <= {"change-unsaid"}
    return [(problem.line, str(problem.message)) for problem in problems]


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        (
            {"start": at("2026-10-14T10:00"), "end": None},
            {},
            3,
            f"{TIME} (it was 2026-10-14 10:00)",
        ),
        (
            {"end": at("2026-10-21T16:00")},
            {},
            4,
            f"{TIME} (it was 2026-10-21 13:00–16:00)",
        ),
        (
            {"start": at("2026-10-14T00:00"), "end": at("2026-10-16T00:00"), "all_day": True},
            {},
            3,
            f"{TIME} (it was 2026-10-14–2026-10-15)",
        ),
        (
            {"start": at("2026-10-14T00:00"), "end": at("2026-10-15T00:00"), "all_day": True},
            {},
            3,
            f"{TIME} (it was 2026-10-14)",
        ),
        (
            {"end": at("2026-10-22T12:00")},
            {},
            4,
            f"{TIME} (it was 2026-10-21 13:00–2026-10-22 12:00)",
        ),
        (
            {"place": Place("A")},
            {"place": Place("B")},
            5,
            "the place has changed since it was published (it was A)",
        ),
        (
            {},
            {"place": Place("B")},
            5,
            "the place has changed since it was published (there was none)",
        ),
        (
            {"online": Online("https://e.test/1")},
            {},
            3,
            "the address on the web has changed since it was published (it was https://e.test/1)",
        ),
        (
            {"status": EventStatus.CANCELLED},
            {},
            6,
            "the status has changed since it was published (it was cancelled)",
        ),
        (
            {"previously": (Earlier(place=Place("A")),), "place": Place("B")},
            {"place": Place("B")},
            3,
            "an earlier change, which was published, is no longer told of",
        ),
    ],
)
def test_each_difference_is_told_where_it_stands(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any], line: int, message: str
) -> None:
    """The warning stands at the field, or at the start where there is no such line any more."""
    found = told(tmp_path, make_event(**before), make_event(**after))

    assert found == [(line, message)]


@pytest.mark.parametrize(
    "after",
    [
        {},
        {"title": "Annat", "body": "Ny text."},
        {
            "start": at("2026-10-22T13:00"),
            "end": None,
            "previously": (Earlier(start=at("2026-10-21T13:00")),),
        },
        {"status": EventStatus.CANCELLED, "updated": MINUTE},  # the status itself tells it
        {"start": at("2026-10-22T13:00"), "end": None, "draft": True},
    ],
)
def test_nothing_to_say(tmp_path: Path, after: dict[str, Any]) -> None:
    """A mended word, a change that the file tells of, and a draft are nothing to warn of."""
    assert told(tmp_path, make_event(), make_event(**after)) == []


def test_what_is_over_is_left_alone(tmp_path: Path) -> None:
    """Nobody's calendar is to ring for an event that has been, whatever is corrected in it."""
    before = make_event(start=at("2026-08-01T10:00"), end=None)

    assert told(tmp_path, before, make_event(start=at("2026-08-01T11:00"), end=None)) == []
    assert told(tmp_path, before, make_event()) != []


def test_the_entry_is_dated_now() -> None:
    """What belongs in the file is what was announced, with the minute of the change."""
    after = make_event(start=at("2026-10-22T13:00"), end=None)

    (change,) = unsaid_changes(make_newsroom(events=(after,)), known(make_event()), NOW)

    entry = Earlier(start=at("2026-10-21T13:00"), end=at("2026-10-21T15:00"), changed=MINUTE)
    assert change.entries == (entry,)


def test_a_status_without_a_day() -> None:
    """Of an event that was called off it is said when, so that the news of it has a day."""
    after = make_event(status=EventStatus.CANCELLED)

    (change,) = unsaid_changes(make_newsroom(events=(after,)), known(make_event()), NOW)

    assert change.entries == (Earlier(status=EventStatus.PLANNED, changed=MINUTE),)
    told = make_event(status=EventStatus.CANCELLED, previously=change.entries)
    assert revision(told) == revision(after) == 1
    assert unsaid_changes(make_newsroom(events=(told,)), known(make_event()), NOW) == ()


def test_what_is_remembered(tmp_path: Path) -> None:
    """A change is remembered when it is told of; until then the event stays as it was known."""
    moved = {"start": at("2026-10-22T13:00"), "end": None}
    before = known(make_event("a"), make_event("b"), make_event("c"), make_event("d"))
    entry = Earlier(start=at("2026-10-21T13:00"), end=at("2026-10-21T15:00"))
    events = (
        make_event("a", **moved),
        make_event("b", **moved, previously=(entry,)),
        make_event("c", draft=True),
        make_event("ny"),
        make_event("utkast", draft=True),
    )

    after = now_published(make_newsroom(events=events), before, NOW, tmp_path)

    assert after == {
        "urn:uuid:a": before["urn:uuid:a"],
        "urn:uuid:b": known(events[1])["urn:uuid:b"],
        "urn:uuid:c": before["urn:uuid:c"],
        "urn:uuid:ny": known(events[3])["urn:uuid:ny"],
    }


def test_what_is_as_it_was_published_stays_closed(tmp_path: Path) -> None:
    """Of two thousand events only those are opened whose card is another than the last time."""
    events = make_event("a"), make_event("b", title="Ny rubrik")
    before = known(make_event("a"), make_event("b"))
    opened: list[str] = []

    def look_into(card: Card) -> Event:
        opened.append(card.slug)
        return next(event for event in events if event.slug == card.slug)

    shelf = Shelf([card_of(event, make_site()) for event in events], look_into)

    now_published(make_newsroom(events=shelf), before, NOW, tmp_path)

    assert opened == ["b"]


def test_a_file_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    """Of an event whose file is gone nothing is kept; one that cannot be read today is kept."""
    gone, broken = make_event("gone"), make_event("broken")
    path = tmp_path / broken.source
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: [\n---\n", encoding="utf-8")

    after = now_published(make_newsroom(), known(gone, broken), NOW, tmp_path)

    assert after == known(broken)
