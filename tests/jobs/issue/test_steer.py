"""Steering an issue while others write to the database."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from newsroom.database import reading
from newsroom.delivery.sending.course import state_of
from newsroom.jobs.issue.steer import pause_issue
from tests.delivery.sample_ledger import NOW, addresses, sending_now


@contextmanager
def locked_for(database: Engine, seconds: float) -> Iterator[None]:
    """Somebody else writes for a while, and nobody waits within SQLite itself."""
    database.dispose()
    event.listen(database, "connect", lambda line, _: line.execute("PRAGMA busy_timeout=0"))
    other = sqlite3.connect(
        str(database.url.database), isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    end = threading.Timer(seconds, lambda: other.execute("ROLLBACK"))
    end.start()
    yield
    end.join()
    other.close()


def test_a_pause_outlasts_a_lock(database: Engine) -> None:
    """A pause is not lost to a database that is locked: it is asked for again until it holds."""
    sending_now(database, addresses(1))

    with locked_for(database, 0.3):
        pause_issue(database, "2026-var", "fel bild", NOW)

    with reading(database) as connection:
        assert state_of(connection, "2026-var") == "paused"
