"""Durable batches: what is enqueued is run at least once, on one machine or several.

The only importer of DBOS, which keeps its queue in SQLite beside the newsroom's database, or in
a schema of its own in PostgreSQL. Nothing here decides who gets a mail: running a batch twice is
harmless (see `delivery.ledger`), and a batch that got lost is enqueued again by the dispatch.
"""

import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from sqlalchemy import make_url

from newsroom.model.saying import say

log = logging.getLogger(__name__)

RunBatch = Callable[[str, int, int], None]  # issue, number, attempt
KeepBatch = Callable[[str, int, int], bool]

_QUEUE = "batches"
_VERSION = "1"  # constant: a batch enqueued by one release is run by the next
_SCHEMA = "newsroom_engine"
_POLL = 0.2  # seconds between looks at the queue
_SETTLE = 2.0  # seconds for the engine to write down what it knows of finished batches


@dataclass(slots=True)
class BatchEngine:
    """The queue of batches, and this process's workers on it. One in a process at a time."""

    database: str  # the newsroom's own: sqlite:////path or postgresql://…
    executor: str  # this process's seat: what it left running is run again when it is back
    connections: int  # batches run side by side in this process
    in_hand: int  # batches taken from the queue: some are at hand when a connection gets free
    run_batch: RunBatch
    keep_batch: KeepBatch  # of one that waits for a connection; false: it is somebody else's now
    keep_every: float = 30.0  # seconds
    _free: threading.Semaphore = field(init=False)  # connections that nobody uses
    _running: int = field(default=0, init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False)
    _workflow: RunBatch | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._free = threading.Semaphore(self.connections)

    def start(self) -> None:
        """Begin to take batches from the queue, those a crash left behind included."""
        DBOS(config=self._config())
        self._workflow = self._register()
        DBOS.launch()
        DBOS.register_queue(
            _QUEUE,
            worker_concurrency=self.in_hand,
            polling_interval_sec=_POLL,
            on_conflict="always_update",
        )

    def enqueue_batch(self, issue: str, number: int, attempt: int) -> None:
        """Have a batch run by whichever process is free.

        The name ends in a few random letters: after a restore the ledger may count attempts that
        the engine has seen before, and the engine runs nothing twice under one name.
        """
        if self._workflow is None:
            raise RuntimeError("the engine has not been started")
        with SetWorkflowID(f"{issue}:{number}:{attempt}:{secrets.token_hex(4)}"):
            DBOS.enqueue_workflow(_QUEUE, self._workflow, issue, number, attempt)

    def stop(self, patience: float) -> None:
        """Take no more batches, and wait up to so many seconds for those being run.

        Ask the batches to stop first: the engine never breaks one off.
        """
        if self._workflow is None:
            return
        end = time.monotonic() + patience
        with self._changed:
            while self._running and (left := end - time.monotonic()) > 0:
                self._changed.wait(left)
        end = time.monotonic() + _SETTLE
        while self._unfinished() and time.monotonic() < end:
            time.sleep(_POLL / 10)
        DBOS.destroy(destroy_registry=True)
        self._workflow = None

    def _register(self) -> RunBatch:
        @DBOS.step(name="send_batch")
        def step(issue: str, number: int, attempt: int) -> None:
            self._run(issue, number, attempt)

        @DBOS.workflow(name="batch")
        def workflow(issue: str, number: int, attempt: int) -> None:
            step(issue, number, attempt)

        return workflow

    def _run(self, issue: str, number: int, attempt: int) -> None:
        with self._changed:
            self._running += 1
        try:
            if self._gets_connection(issue, number, attempt):
                try:
                    self.run_batch(issue, number, attempt)
                finally:
                    self._free.release()
        except Exception:
            log.exception(
                say(
                    "batch {batch} of {issue} broke off; it will be handed out again",
                    batch=number,
                    issue=issue,
                )
            )
            raise
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _gets_connection(self, issue: str, number: int, attempt: int) -> bool:
        """Wait for a free one; false when the batch was handed to somebody else meanwhile."""
        while not self._free.acquire(timeout=self.keep_every):
            if not self.keep_batch(issue, number, attempt):
                return False
        return True

    def _unfinished(self) -> bool:
        return bool(
            DBOS.list_workflows(
                status="PENDING", executor_id=self.executor, load_input=False, load_output=False
            )
        )

    def _config(self) -> DBOSConfig:
        return {
            "name": "newsroom",
            "system_database_url": self._url(),
            "dbos_system_schema": _SCHEMA,
            "executor_id": self.executor,
            "application_version": _VERSION,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "CRITICAL",  # we log what matters ourselves
            "enable_otlp": False,
            "use_listen_notify": False,  # works through a connection pooler too
            "notification_listener_polling_interval_sec": _POLL,  # how long stopping it may take
        }

    def _url(self) -> str:
        """On SQLite a file of its own, with a write-ahead log so that looking never blocks."""
        url = make_url(self.database)
        if url.get_backend_name() != "sqlite" or url.database is None:
            return self.database
        path = Path(url.database).with_name("engine.db")
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
        return f"sqlite:///{path}"
