"""What a newsroom does at its slots, and which of it is news."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.database import reading, transaction
from newsroom.database.job_runs import JobRun, claim_slot
from newsroom.errors import OutsideError
from newsroom.jobs.running.rota import Held, Idle
from newsroom.model import Slot, SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.rota import make_rota
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)
KEPT_BY_THE_DISK = Path("/proc/self/attr")  # files that not even root removes
POST = "---\nid: urn:x:ny\ntitle: Ny\ndate: {date}\n---\n\nHej\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk in the small newsroom."""
    return Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)


def test_publishing_is_news_when_something_is(desk: Desk) -> None:
    """What was written is told, and what is to be mended once; nothing else is worth a line."""
    publish = make_rota(desk).verbs["publish"]

    def told() -> tuple[bool, str]:
        note = publish(Slot(NOW, "publish"))
        assert not isinstance(note, Held)
        return (False, note.note) if isinstance(note, Idle) else (True, note)

    first, again = told(), told()
    put(desk.settings.root, "posts/news/ny.md", POST.format(date="nu"))
    broken, still_broken = told(), told()
    put(desk.settings.root, "posts/news/ny.md", POST.format(date="2026-11-21"))
    mended, done = told(), told()

    assert [is_news for is_news, _ in (first, again, broken, still_broken, mended, done)] == [
        *(True, False),
        *(True, False),
        *(True, False),
    ]
    assert broken[1].endswith("0 written, 0 removed, 1 to mend: newsroom check")
    desk.close()


def test_housekeeping_is_news_when_somebody_was_erased(desk: Desk) -> None:
    """Where nobody is to be erased the log is not told of it."""
    note = make_rota(desk).verbs["housekeeping"](Slot(NOW, "housekeeping"))

    assert note == Idle("readers expired: 0")
    desk.close()


def note_night(desk: Desk, due: datetime) -> None:
    """Have the housekeeping of a night on record."""
    with transaction(desk.database) as connection:
        claim_slot(connection, JobRun("housekeeping", due, "done", due))


def sign_up(desk: Desk) -> None:
    """Somebody who never confirmed: a month later they are to be erased."""
    with transaction(desk.database) as connection:
        somebody = NewSubscriber("bo@example.se", SubscriberState.PENDING, "sv")
        (number,) = subscribers.add(connection, [somebody], NOW - 30 * DAY)
        subscribers.open_confirmation(connection, number, "d" * 64, NOW - 30 * DAY)


def is_kept(desk: Desk) -> bool:
    """Whether who never confirmed is still here."""
    with reading(desk.database) as connection:
        return subscribers.find(connection, "bo@example.se") is not None


def test_a_clock_that_is_years_ahead_for_a_while_erases_nobody(desk: Desk) -> None:
    """The first slot after an implausible silence only notes it; the next one agrees, and erases.

    So does a machine that was off for a season: a night later.
    """
    housekeeping = make_rota(desk).verbs["housekeeping"]
    sign_up(desk)
    note_night(desk, NOW - 61 * DAY)

    first = housekeeping(Slot(NOW - DAY, "housekeeping"))
    kept = is_kept(desk)
    note_night(desk, NOW - DAY)
    second = housekeeping(Slot(NOW, "housekeeping"))

    assert isinstance(first, Held)
    assert first.note.startswith("the last time was 61 days ago, unless the clock is wrong")
    assert kept
    assert second == "readers expired: 1"
    assert not is_kept(desk)
    desk.close()


@pytest.mark.skipif(not KEPT_BY_THE_DISK.is_dir(), reason="no such files on this system")
def test_rubbish_that_cannot_be_removed_keeps_nobody_from_being_erased(desk: Desk) -> None:
    """People are erased first, then the rest, and then the refusal is told."""
    var = desk.settings.var
    sign_up(desk)
    (var / "rehearsals").symlink_to(KEPT_BY_THE_DISK)
    later = Desk(desk.settings, lambda: NOW.replace(year=2126))
    old = put(var, "aside/20200101T000000Z-ab12/x", "x")

    with pytest.raises(OutsideError, match="could not be removed"):
        make_rota(later).verbs["housekeeping"](Slot(later.clock(), "housekeeping"))

    assert not is_kept(desk)
    assert not old.exists()
    later.close()
    desk.close()
