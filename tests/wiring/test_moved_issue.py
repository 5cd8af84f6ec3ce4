"""An issue that leaves on another day than its slot, with a computer that was off for a while."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.jobs.health.cares import Worry
from newsroom.model.issue_state import IssueState
from newsroom.wiring.vitals import status
from tests.review_room import NAME, NOW, SENDING, SLOT, Clock, ReviewRoom, body, make_room

TITLE = "Nyhetsbrev hösten 2026"
HELD = f"Väntar: {TITLE} har inte skickats"
SATURDAY = "2026-12-05"
WEEKDAYS = 'hours: {days: monday to friday, from: "08:00", to: "18:00"}'
WORKING_HOURS = SENDING.replace("hours: always", WEEKDAYS)
DAY = timedelta(days=1)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ReviewRoom]:
    """An issue with its yes, in a newsroom from which mail leaves in working hours."""
    make_room(tmp_path).close()
    rewrite(tmp_path / "posts/site.yaml", SENDING, WORKING_HOURS)
    room = ReviewRoom(tmp_path)
    room.write()
    room.clock.time = NOW
    room.tick()
    room.press("approve")
    room.tick()
    yield room
    room.close()


def rewrite(path: Path, old: str, new: str) -> None:
    """Write a file with other words in it."""
    path.write_text(path.read_text().replace(old, new))


def subjects_at(room: ReviewRoom, moment: datetime) -> list[str]:
    """The mails that a look at a moment causes."""
    before = len(room.mails())
    room.clock.time = moment
    room.tick()
    return [str(mail["Subject"]) for mail in room.mails()[before:]]


def test_nobody_is_late_while_no_mail_may_leave(room: ReviewRoom) -> None:
    """A computer that was off on a Saturday costs nothing: the issue goes on Monday at eight."""
    room.table.postpone(NAME, SATURDAY, "anna-ek")
    subjects_at(room, datetime(2026, 12, 4, 16, 1, tzinfo=UTC))

    told = subjects_at(room, datetime(2026, 12, 6, 19, 1, tzinfo=UTC))

    assert told == [f"{TITLE} går måndag 7 december 2026 kl.\N{NO-BREAK SPACE}08.00"] * 2
    assert room.state() is IssueState.FROZEN


def test_lateness_counts_from_when_mail_could_leave(room: ReviewRoom) -> None:
    """Six hours after Monday at eight, and not after Saturday at nine, an issue waits for a person.

    The mail, the status and what asks for a person name that day, and that its yes is there.
    """
    room.table.postpone(NAME, SATURDAY, "anna-ek")

    told = subjects_at(room, datetime(2026, 12, 7, 13, 1, tzinfo=UTC))

    assert told[:2] == [HELD, HELD]
    said = " ".join(body(room.mails()[-1]).split())
    assert "Det är godkänt. På granskningssidan väljer du när det ska gå" in said
    leaves = room.table.look(NAME).departure
    assert leaves is not None
    assert leaves.at == datetime(2026, 12, 5, 8, tzinfo=UTC)
    cares = [care for care in status(room.desk).cares if care.worry is Worry.HELD]
    assert [care.about for care in cares] == [NAME]


def test_a_slot_when_no_mail_may_leave_is_not_late_either(room: ReviewRoom) -> None:
    """The same holds of an issue whose own slot is on such a day."""
    rewrite(room.root / "schedule.yaml", "tuesday", "saturday")
    later = ReviewRoom(room.root, Clock(datetime(2026, 12, 4, 16, 1, tzinfo=UTC)))
    later.tick()

    subjects_at(later, datetime(2026, 12, 6, 19, 1, tzinfo=UTC))

    assert later.state() is IssueState.FROZEN
    later.close()


@pytest.mark.parametrize("day", [SATURDAY, "2026-12-08", "2026-11-25"])
def test_the_old_day_of_a_moved_issue_is_nothing_to_miss(room: ReviewRoom, day: str) -> None:
    """A computer that was off on the day that an issue had before alarms nobody about it.

    Whether the new day lies ahead, or the issue has left since.
    """
    room.table.postpone(NAME, day, "anna-ek")
    subjects_at(room, datetime(2026, 11, 25, 9, tzinfo=UTC))

    told = subjects_at(room, SLOT + DAY)

    assert HELD not in told
    assert "väntar" not in room.note()
