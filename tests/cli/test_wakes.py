"""What the bot does when its clock wakes it."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsroom.cli.wakes import Wakes
from newsroom.database import reading, transaction
from newsroom.database.job_runs import JobRun, claim_slot, last_run
from newsroom.settings import Settings
from newsroom.wiring import Desk
from tests.newsrooms import put, write_newsroom
from tests.processes import PATIENCE

NOW = datetime(2026, 11, 22, 9, 1, tzinfo=UTC)

# A bot that is woken once at a time, by a clock that is moved by hand.
BOT = """
import sys, threading
from datetime import datetime
from pathlib import Path
from newsroom.cli.wakes import Wakes
from newsroom.settings import Settings
from newsroom.wiring import Desk

now = datetime.fromisoformat(sys.argv[2])
Wakes(Desk(Settings.from_env(Path(sys.argv[1]), {}), lambda: now), threading.Event()).wake(now)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A newsroom that nobody has run."""
    return write_newsroom(tmp_path)


@pytest.fixture
def desk(root: Path) -> Iterator[Desk]:
    """Its desk, at a time of day."""
    desk = Desk(Settings.from_env(root, {}), lambda: NOW)
    yield desk
    desk.close()


def of_publishing(desk: Desk) -> JobRun | None:
    """The last publishing on record."""
    with reading(desk.database) as connection:
        return last_run(connection, "publish", NOW + timedelta(days=1))


def test_a_new_newsroom_has_a_site_from_the_first_minute(desk: Desk, root: Path) -> None:
    """The first time the site is made whatever is due, and that stands in the ledger."""
    Wakes(desk, threading.Event()).wake(NOW)

    run = of_publishing(desk)
    assert (root / "public/index.html").exists()
    assert run is not None
    assert (run.state, run.failures) == ("done", 0)


def test_a_start_publishes_once(desk: Desk, root: Path) -> None:
    """At the next wake-up the site is made when that is due, and no sooner."""
    wakes = Wakes(desk, threading.Event())
    wakes.wake(NOW)
    (root / "public/index.html").unlink()

    wakes.wake(NOW)
    still_gone = not (root / "public/index.html").exists()
    Wakes(desk, threading.Event()).wake(NOW)

    assert still_gone
    assert (root / "public/index.html").exists()


def test_the_others_do_not_wait_for_the_first_publishing(desk: Desk, root: Path) -> None:
    """A deploy may take minutes: who is woken meanwhile does what is due."""
    (root / "open").mkdir()
    waits = "until [ -e open/go ]; do touch open/begun; sleep 0.02; done"
    deploy = f"deploy: {{command: \"sh -c '{waits}'\"}}\n"
    put(root, "posts/site.yaml", (root / "posts/site.yaml").read_text() + deploy)
    wakes = Wakes(desk, threading.Event())
    first = threading.Thread(target=wakes.wake, args=(NOW,))
    second = threading.Thread(target=wakes.wake, args=(NOW,))
    first.start()
    while first.is_alive() and not (root / "open/begun").exists():
        first.join(0.02)

    second.start()
    second.join(PATIENCE)
    is_done = not second.is_alive()
    (root / "open/go").touch()
    first.join()
    second.join()

    assert is_done
    assert (root / "var/heartbeat.json").exists()


def test_a_start_that_fails_is_on_record(desk: Desk, root: Path) -> None:
    """What the first publishing fails at is a failure of the job, tried again and told as any."""
    put(root, "posts/site.yaml", (root / "posts/site.yaml").read_text() + "deploy: {command: no}\n")

    Wakes(desk, threading.Event()).wake(NOW)

    run = of_publishing(desk)
    assert run is not None
    assert (run.state, run.failures) == ("failed", 1)


def test_a_publishing_that_killed_its_process_is_not_what_the_next_begins_with(
    desk: Desk, root: Path
) -> None:
    """Else each new process would die of it before it could tell anybody; it waits its time."""
    due = NOW - timedelta(minutes=1)
    with transaction(desk.database) as connection:
        claim_slot(connection, JobRun("publish", due, "running", NOW, claimed_by="dead:1"))

    Wakes(desk, threading.Event()).wake(NOW)

    assert not (root / "public/index.html").exists()


def test_a_first_publishing_that_kills_its_process_is_told_once(root: Path) -> None:
    """It is on record before it begins, so the starts after it wait, and tell the coordinator."""
    text = (root / "posts/site.yaml").read_text()
    put(root, "posts/site.yaml", text + "deploy: {command: \"sh -c 'kill -9 $PPID'\"}\n")

    def start(minutes: int) -> int:
        """Start a bot, as a service manager does when the one before has died."""
        now = (NOW + timedelta(minutes=minutes)).isoformat()
        return subprocess.run([sys.executable, "-c", BOT, root, now], check=False).returncode

    ends = [start(minutes) for minutes in (0, 0, 2, 40, 41)]

    mails = [path.read_text() for path in (root / "var/outgoing").rglob("*.eml")]
    assert ends == [-signal.SIGKILL, 0, -signal.SIGKILL, -signal.SIGKILL, 0]
    assert len([mail for mail in mails if "publicera" in mail]) == 1
