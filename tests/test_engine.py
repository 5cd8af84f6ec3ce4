"""The engine runs what is enqueued, at least once."""

import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import make_url, text

from newsroom.database import open_database
from newsroom.engine import BatchEngine, KeepBatch, RunBatch
from tests.faults.batcher import BATCHES
from tests.processes import PATIENCE, environment

BATCHER = Path(__file__).parent / "faults" / "batcher.py"


class Recorder:
    """Remembers which batches were run."""

    def __init__(self, wanted: int) -> None:
        self.batches: list[tuple[str, int, int]] = []
        self._wanted = wanted
        self._enough = threading.Event()

    def run(self, issue: str, number: int, attempt: int) -> None:
        """Run a batch: note it."""
        self.batches.append((issue, number, attempt))
        if len(self.batches) >= self._wanted:
            self._enough.set()

    def wait(self) -> bool:
        """Whether as many as wanted were run in time."""
        return self._enough.wait(60)


class Started(Protocol):
    """Starts an engine."""

    def __call__(self, run: RunBatch, keep: KeepBatch = ...) -> BatchEngine:
        """One that runs batches with `run`."""
        ...


def still_ours(_issue: str, _number: int, _attempt: int) -> bool:
    """Nobody else was handed the batch."""
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that engines share."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/newsroom.db"
    return own_database(request.getfixturevalue("postgres_url"))


def own_database(server: str) -> str:
    """A new database: in the one of all other tests lies what the last engine left in its queue."""
    engine = open_database(server).execution_options(isolation_level="AUTOCOMMIT")
    name = f"engine_{secrets.token_hex(4)}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def started(engine_url: str) -> Iterator[Started]:
    """Starts engines on one database; what is still running is stopped at the end."""
    engines: list[BatchEngine] = []

    def start(run: RunBatch, keep: KeepBatch = still_ours) -> BatchEngine:
        engine = BatchEngine(engine_url, "host-0", 2, 4, run, keep, keep_every=0.02)
        engine.start()
        engines.append(engine)
        return engine

    yield start
    for engine in engines:
        engine.stop(0)


def test_enqueued_batches_are_run(started: Started) -> None:
    """Each batch that is enqueued is run with its issue, number and attempt."""
    recorder = Recorder(3)
    engine = started(recorder.run)

    for number in range(3):
        engine.enqueue_batch("2026-var", number, 1)

    assert recorder.wait()
    assert sorted(recorder.batches) == [("2026-var", n, 1) for n in range(3)]


def test_no_more_run_at_once_than_there_are_connections(started: Started) -> None:
    """A connection that gets free finds a batch at hand, and none is run beside those in work."""
    enough, go_on = Recorder(6), threading.Event()
    at_once: list[int] = []
    running: set[int] = set()
    counting = threading.Lock()

    def run(issue: str, number: int, attempt: int) -> None:
        with counting:
            running.add(number)
            at_once.append(len(running))
        go_on.wait(60)
        with counting:
            running.remove(number)
        enough.run(issue, number, attempt)

    engine = started(run)
    for number in range(6):
        engine.enqueue_batch("2026-var", number, 1)
    wait_until(lambda: len(at_once) == 2)
    go_on.set()

    assert enough.wait()
    assert max(at_once) == 2


def test_batch_that_waits_for_a_connection_is_kept(started: Started) -> None:
    """While others are worked on, the lease of one at hand is renewed; it is run when one ends."""
    enough, go_on = Recorder(3), threading.Event()
    kept: set[int] = set()
    renewed = threading.Event()

    def run(issue: str, number: int, attempt: int) -> None:
        go_on.wait(60)
        enough.run(issue, number, attempt)

    def keep(_issue: str, number: int, _attempt: int) -> bool:
        kept.add(number)
        renewed.set()
        return True

    engine = started(run, keep)
    for number in range(3):
        engine.enqueue_batch("2026-var", number, 1)

    assert renewed.wait(60)
    go_on.set()
    assert enough.wait()
    assert len(kept) == 1


def test_batch_that_was_handed_to_another_is_let_go(started: Started) -> None:
    """Whoever waits for a connection with a batch that somebody else has by now leaves it."""
    enough, go_on, asked = Recorder(2), threading.Event(), threading.Event()

    def run(issue: str, number: int, attempt: int) -> None:
        go_on.wait(60)
        enough.run(issue, number, attempt)

    def keep(_issue: str, _number: int, _attempt: int) -> bool:
        asked.set()
        return False

    engine = started(run, keep)
    for number in range(3):
        engine.enqueue_batch("2026-var", number, 1)

    assert asked.wait(60)
    go_on.set()
    assert enough.wait()
    engine.stop(60)
    assert len(enough.batches) == 2


def test_stop_waits_for_what_is_in_hand(started: Started) -> None:
    """Stopping gives a batch that is being run the time to end, and no more than it was given."""
    begun, go_on, over = threading.Event(), threading.Event(), threading.Event()

    def run(_issue: str, _number: int, _attempt: int) -> None:
        begun.set()
        go_on.wait(60)
        over.set()

    engine = started(run)
    engine.enqueue_batch("2026-var", 1, 1)
    assert begun.wait(60)
    threading.Timer(0.2, go_on.set).start()

    engine.stop(60)

    assert over.is_set()


def test_what_a_killed_process_had_in_hand_is_run_when_its_seat_is_taken_again(
    started: Started, engine_url: str, tmp_path: Path
) -> None:
    """Killed in the midst of a batch, it leaves that one and those that wait to who comes back."""
    begun = tmp_path / "begun"
    command = [sys.executable, str(BATCHER), engine_url, "host-0", "2026-host", str(begun)]
    with subprocess.Popen(command, env=environment({})) as process:
        wait_until(lambda: begun.exists() and bool(begun.read_text()))
        process.send_signal(signal.SIGKILL)
    recorder = Recorder(BATCHES)

    started(recorder.run)

    assert recorder.wait()
    assert sorted(recorder.batches) == [("2026-host", n, 1) for n in range(BATCHES)]


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when something has come true."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
