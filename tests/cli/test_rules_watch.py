"""What a running bot says of its settings."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.cli.rules_watch import RulesWatch
from newsroom.settings import Settings
from newsroom.wiring import Desk
from tests.newsrooms import write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_each_fault_is_told_and_its_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is broken, mended and broken in the same way is told of three times."""
    desk = Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)
    watch, file = RulesWatch(desk, needs_schedule=True), tmp_path / "schedule.yaml"
    good, since = file.read_text(), list[datetime | None]()

    with caplog.at_level(logging.INFO):
        for text in (good + "x: [", good, good + "x: ["):
            file.write_text(text)
            assert [watch.has_changed(), watch.has_changed()] == [False, False]
            since.append(watch.unusable_since)
    desk.close()

    assert since == [NOW, None, NOW]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO", "WARNING"]
    assert "can be used again" in caplog.records[1].getMessage()


def test_whether_files_are_of_use_is_true_between_two_looks(tmp_path: Path) -> None:
    """Mended as they were, mended otherwise, and broken in another way: as they are now."""
    desk = Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)
    watch, file = RulesWatch(desk, needs_schedule=True), tmp_path / "schedule.yaml"
    good = file.read_text()
    file.write_text(good + "x: [")
    before = watch.unusable_now()
    watch.has_changed()

    told = []
    for text in (good + "x: [", good, good + "# nytt\n", good + "y: ["):
        file.write_text(text)
        told.append(watch.unusable_now())
    desk.close()

    assert before is None  # nobody has looked yet
    assert told == [NOW, None, None, NOW]


def test_a_missing_secret_is_told_with_what_it_takes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Secrets are read at the start: to write the line is not enough, and it is said."""
    desk = Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)
    watch, site = RulesWatch(desk, needs_schedule=False), tmp_path / "posts/site.yaml"
    site.write_text(f"{site.read_text()}announce: [{{slack: office}}]\n")

    assert not watch.has_changed()
    desk.close()

    assert "is not set, and site.yaml announces on" in caplog.text
    assert "counts when newsroom run is started again" in caplog.text
