"""The engine runs what is enqueued, at least once."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsroom.engine import BatchEngine


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


Started = Callable[[Callable[[str, int, int], None]], BatchEngine]


@pytest.fixture(params=["sqlite", "postgresql"])
def started(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Started]:
    """Starts engines on one database; what is still running is stopped at the end."""
    on_sqlite = request.param == "sqlite"
    url = (
        f"sqlite:///{tmp_path}/newsroom.db"
        if on_sqlite
        else request.getfixturevalue("postgres_url")
    )
    engines: list[BatchEngine] = []

    def start(run: Callable[[str, int, int], None]) -> BatchEngine:
        engine = BatchEngine(url, "host-0", 2, run)
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
    running = threading.Semaphore(0)

    def run(issue: str, number: int, attempt: int) -> None:
        running.release()
        at_once.append(running._value)
        go_on.wait(60)
        running.acquire()
        enough.run(issue, number, attempt)

    engine = started(run)
    for number in range(6):
        engine.enqueue_batch("2026-var", number, 1)
    while len(at_once) < 2:
        time.sleep(0.01)
    go_on.set()

    assert enough.wait()
    assert max(at_once) == 2
