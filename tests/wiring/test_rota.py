"""What a newsroom does at its slots, and which of it is news."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.jobs.running.tick import Held, Idle
from newsroom.model import Slot
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.rota import make_rota
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
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
