"""Where a newsroom lays its backups, by its schedule."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.jobs.keep.rotate import name_of
from newsroom.settings import Settings
from newsroom.wiring import Desk
from newsroom.wiring.backup_folders import backup_folder, tidy
from tests.newsrooms import put, write_newsroom

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(("to", "gone"), [("", 0), ("var/backups", 0), ("var/../kopior", 2)])
def test_what_was_laid_at_home_before_a_disk_was_named_goes(
    tmp_path: Path, to: str, gone: int
) -> None:
    """Two nights of last year: they go with the month when the schedule names another folder."""
    root = write_newsroom(tmp_path)
    schedule = root / "schedule.yaml"
    named = f", to: {to}" if to else ""
    schedule.write_text(f'{schedule.read_text()}\nbackup: {{at: "03:15"{named}}}\n')
    for days in (300, 299):
        put(root, f"var/backups/{name_of(NOW - timedelta(days=days))}", "x")
    put(root, f"kopior/{name_of(NOW)}", "x")

    with closing(Desk(Settings.from_env(root, {}), lambda: NOW)) as desk:
        assert len(tidy(desk, backup_folder(desk), NOW)) == gone
