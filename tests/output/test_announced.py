"""What was published of events is remembered between builds, and forgotten when it cannot be."""

import os
from pathlib import Path

import pytest

from newsroom.errors import OutsideError
from newsroom.model import EventStatus, Online, Place
from newsroom.model.lifecycle import Version, version_of
from newsroom.output.announced import Announced, recall, remember
from tests.render.pieces import ZONE, at, make_event

WHOLE = Version(
    start=at("2026-10-25T02:30").replace(fold=1),  # the second of the two that night
    end=at("2026-10-25T12:00"),
    all_day=False,
    place=Place("Folkets hus", "Storgatan 1"),
    online=Online("https://mote.example/1"),
    status=EventStatus.MOVED,
)
EVENTS = {
    "urn:b": Announced("posts/events/b.md", 2, WHOLE, "0c"),
    "urn:a": Announced("posts/events/a.md", 0, version_of(make_event(end=None))),
}


def test_what_is_remembered_is_what_was_told(tmp_path: Path) -> None:
    """Times come back as the clock on the wall showed them, in the night it is set back too."""
    state = tmp_path / "var/builds/events.json"
    remember(state, EVENTS)

    known = recall(state, ZONE)

    assert known == EVENTS
    assert known["urn:b"].version.start.fold == 1


def test_what_is_known_already_is_not_written(tmp_path: Path) -> None:
    """The same events in another order leave the file alone; nothing else is left beside it."""
    state = tmp_path / "events.json"
    remember(state, EVENTS)
    os.utime(state, ns=(1, 1))

    remember(state, dict(reversed(EVENTS.items())))

    assert state.stat().st_mtime_ns == 1
    assert list(tmp_path.iterdir()) == [state]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": {"source": "x"}}', '{"a": 1}'])
def test_a_damaged_memory_is_none(tmp_path: Path, content: str) -> None:
    """Nothing is known from a file that is cut short or foreign, and the next build replaces it."""
    state = tmp_path / "events.json"
    state.write_text(content, encoding="utf-8")

    assert recall(state, ZONE) == {}
    assert recall(tmp_path / "missing.json", ZONE) == {}


def test_a_disk_that_refuses(tmp_path: Path) -> None:
    """Where nothing can be written, the place is named."""
    (tmp_path / "var").write_text("", encoding="utf-8")

    with pytest.raises(OutsideError, match=r"var/events\.json: cannot be written"):
        remember(tmp_path / "var/events.json", EVENTS)
