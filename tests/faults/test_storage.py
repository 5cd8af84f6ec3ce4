"""A database that is locked, full or restarted while an issue is sent: nobody lost or doubled."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from newsroom.database import transaction
from newsroom.model.delivery import Counts
from tests.delivery.sample_ledger import addresses, sending_now
from tests.faults.conftest import StartSender
from tests.faults.toll import look
from tests.processes import PATIENCE, MailServer

pytestmark = pytest.mark.slow

READERS = 200


@contextmanager
def locked(database: Engine) -> Iterator[None]:
    """Somebody else writes inside: a backup program, a person with a database browser."""
    other = sqlite3.connect(str(database.url.database), PATIENCE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def hang_up(database: Engine) -> None:
    """End every other connection to a PostgreSQL server, as its restart would."""
    with transaction(database) as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                "pg_backend_pid() AND datname = current_database()"
            )
        )


def each_reader_once(server: MailServer, after: Counts, most_unknown: int) -> None:
    """Nobody got two, nobody is missing, and the doubtful ones are listed."""
    received = server.recipients()
    assert len(received) == len(set(received)), "somebody got two"
    assert set(received) | set(after.unknown_recipients) == set(addresses(READERS))
    assert after.accepted + after.unknown == READERS
    assert after.unknown <= most_unknown
    assert after.adds_up


def test_short_locks_are_waited_out(
    database: Engine, server: MailServer, start_sender: StartSender
) -> None:
    """A lock shorter than the database's own patience costs nothing but its time."""
    sending_now(database, addresses(READERS))
    sender = start_sender(database, server.address)
    for moment in (20, 60, 100):
        server.wait_for(moment)
        with locked(database):
            time.sleep(0.4)
    sender.communicate(timeout=PATIENCE)

    each_reader_once(server, look(database), most_unknown=0)


def test_long_lock_loses_no_outcome(
    database: Engine, server: MailServer, start_sender: StartSender
) -> None:
    """A lock longer than that: what was handed over is written down once the lock is gone."""
    sending_now(database, addresses(READERS))
    sender = start_sender(database, server.address, 2, {"BUSY_MS": "100"})
    server.wait_for(50)
    with locked(database):
        time.sleep(1.5)
    said, _ = sender.communicate(timeout=PATIENCE)

    assert "done" in said
    each_reader_once(server, look(database), most_unknown=0)


def test_full_disk(
    database: Engine, server: MailServer, start_sender: StartSender, tmp_path: Path
) -> None:
    """Nothing can be written any more: sending waits and says so, and goes on when there is room.

    Only what was in the sender's hands is in doubt.
    """
    sending_now(database, addresses(READERS))
    strained = {"ROOM_KB": "4", "PATIENCE": "0.5"}
    starved = start_sender(database, server.address, faults=strained)
    while "waits: the database refuses" not in (tmp_path / "senders.log").read_text():
        assert starved.poll() is None, "it ended and has not said that it waits"
        time.sleep(0.05)
    starved.terminate()
    starved.communicate(timeout=PATIENCE)
    halfway = look(database)
    start_sender(database, server.address).communicate(timeout=PATIENCE)

    assert 0 < halfway.accepted < READERS
    each_reader_once(server, look(database), most_unknown=1)


def test_restarted_database(
    postgres_database: Engine, server: MailServer, start_sender: StartSender
) -> None:
    """Connections to PostgreSQL that break are made anew, and the sender goes on by itself.

    A claim whose commit was not answered is in doubt: at most one for each break.
    """
    sending_now(postgres_database, addresses(READERS))
    sender = start_sender(postgres_database, server.address)
    breaks = (20, 70, 120)
    for moment in breaks:
        server.wait_for(moment)
        hang_up(postgres_database)
    said, _ = sender.communicate(timeout=PATIENCE)

    after = look(postgres_database)
    assert after.claimed <= len(breaks)
    assert sender.returncode == 0, said
    each_reader_once(server, after, most_unknown=len(breaks))
