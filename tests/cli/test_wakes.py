"""What the bot does when its clock wakes it."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.cli.wakes import Wakes
from newsroom.database import transaction
from newsroom.database.job_runs import JobRun, claim_slot
from newsroom.settings import Settings
from newsroom.wiring import Desk
from tests.newsrooms import write_newsroom

NOW = datetime(2026, 11, 22, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(("state", "has_site"), [("done", True), ("running", False)])
def test_a_publishing_that_killed_its_process_is_not_what_the_next_begins_with(
    tmp_path: Path,
    state: str,
    has_site: bool,  # noqa: FBT001
) -> None:
    """Else each new process would die of it before it could tell anybody; it waits its time."""
    desk = Desk(Settings.from_env(write_newsroom(tmp_path), {}), lambda: NOW)
    due = NOW - timedelta(minutes=1)
    with transaction(desk.database) as connection:
        claim_slot(connection, JobRun("publish", due, state, NOW, claimed_by="dead:1"))

    Wakes(desk, threading.Event()).wake(NOW)

    assert (tmp_path / "public/index.html").exists() is has_site
    desk.close()
