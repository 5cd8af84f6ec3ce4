"""A newsroom that begins after the day of its draft, and before that of its issue."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.model.issue_state import IssueState
from tests.newsrooms import put
from tests.review_room import HOST, NOW, SLOT, ReviewRoom, make_room

TITLE = "Nyhetsbrev hösten 2026"
POST = "---\nid: urn:x:ny\ntitle: Nytt\ndate: 2026-11-24\n---\n\nDet är nytt.\n"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReviewRoom]:
    """A newsroom whose clock is started on 22 November; its draft day was the tenth."""
    room = make_room(tmp_path)
    yield room
    room.close()


def subjects_at(room: ReviewRoom, moment: datetime) -> list[str]:
    """The mails that a look at a moment causes."""
    before = len(room.mails())
    room.clock.time = moment
    room.tick()
    return [str(mail["Subject"]) for mail in room.mails()[before:]]


def without_news(room: ReviewRoom) -> None:
    """Take every post away."""
    for path in (room.root / "posts/news").glob("*.md"):
        path.unlink()


def test_a_draft_whose_day_went_by_is_written_at_once(room: ReviewRoom) -> None:
    """The first approver is asked, once."""
    subjects_at(room, NOW)

    told = subjects_at(room, NOW + timedelta(minutes=1))

    assert told == [f"Granska: {TITLE}, senast 27 november"]
    assert (room.root / HOST).is_file()
    assert subjects_at(room, NOW + timedelta(days=1)) == []


def test_a_newsroom_with_nothing_to_tell_is_left_alone(room: ReviewRoom) -> None:
    """Nobody is mailed for days, the reminder included; with the first post the draft is there."""
    without_news(room)
    for day in range(3):
        assert subjects_at(room, NOW + timedelta(days=day)) == []
    put(room.root, "posts/news/2026-11-24-ny.md", POST)

    told = subjects_at(room, NOW + timedelta(days=3))

    assert told == [f"Granska: {TITLE}, senast 27 november"]


def test_an_issue_that_never_had_anything_to_tell_is_left_out(room: ReviewRoom) -> None:
    """At its time it is skipped and said so, and nobody is asked to approve what is not there."""
    without_news(room)
    for day in range(9):
        assert subjects_at(room, SLOT - timedelta(days=9 - day)) == []

    told = subjects_at(room, SLOT)

    assert told == [f"Överhoppat: {TITLE}"] * 2
    assert room.state() is IssueState.SKIPPED


def test_an_issue_that_was_sent_is_not_drafted_for_the_next_year(room: ReviewRoom) -> None:
    """After the day of the issue its next draft waits for its own day."""
    subjects_at(room, SLOT + timedelta(days=1))

    assert subjects_at(room, datetime(2026, 12, 3, 9, tzinfo=UTC)) == []
    assert not (room.root / HOST).exists()
