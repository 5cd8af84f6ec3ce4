"""Real processes, really killed: nobody is lost, nobody is written to twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from newsroom.database.tables import delivery
from newsroom.delivery.counts import counts
from newsroom.model.delivery import Counts
from tests.delivery.sample_ledger import NOW, addresses, sending_now

HERE = Path(__file__).parent
READERS, SEED = 500, 20261122
KILLS = int(os.environ.get("KILLS", "3"))  # KILLS=50 before a release


@dataclass(frozen=True, slots=True)
class Server:
    """The recording server: where it listens, and what it has accepted."""

    mail: str
    file: Path

    def accepted(self) -> list[str]:
        """The recipients of everything accepted, in order, doubles included."""
        return [line.split()[1] for line in self.file.read_text().splitlines()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A recording mail server in a process of its own."""
    file = tmp_path / "accepted.txt"
    file.touch()
    command = [sys.executable, str(HERE / "recording_server.py"), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        yield Server(f"smtp://127.0.0.1:{port}", file)
        process.kill()


def start_sender(
    database: Engine, folder: Path, mail: str, connections: int
) -> subprocess.Popen[str]:
    """A sending process, begun."""
    url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
    return subprocess.Popen(
        [sys.executable, str(HERE / "sender.py"), url, str(folder), mail, str(connections)],
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
        stdout=subprocess.PIPE,
        text=True,
    )


def tally(database: Engine) -> Counts:
    """The ledger as it is."""
    with database.begin() as connection:
        return counts(connection, "2026-var", NOW)


def wait_until_accepted(server: Server, wanted: int) -> None:
    """Return when the server has accepted so many."""
    end = time.monotonic() + 60
    while len(server.accepted()) < wanted:
        assert time.monotonic() < end, f"only {len(server.accepted())} of {wanted}"
        time.sleep(0.005)


def test_killed_sender_loses_nobody_and_doubles_nobody(
    either_database: Engine, server: Server, tmp_path: Path
) -> None:
    """Killed again and again at random moments, an issue still reaches each reader once.

    What was in a killed sender's hands is unknown, shown, and not sent again by itself.
    """
    connections = 1 if either_database.dialect.name == "sqlite" else 2
    chance = random.Random(SEED + connections)
    sending_now(either_database, addresses(READERS))
    for moment in sorted(chance.sample(range(20, READERS - 60), KILLS)):
        sender = start_sender(either_database, tmp_path / "locks", server.mail, connections)
        wait_until_accepted(server, moment)
        time.sleep(chance.random() / 100)
        sender.kill()
        sender.communicate()
        assert tally(either_database).adds_up

    last = start_sender(either_database, tmp_path / "locks", server.mail, connections)
    said, _ = last.communicate(timeout=60)

    after, received = tally(either_database), server.accepted()
    with either_database.begin() as connection:
        settled = select(delivery.c.email).where(delivery.c.state == "accepted")
        accepted = set(connection.scalars(settled))
    assert last.returncode == 0
    assert len(received) == len(set(received)), "somebody got two"
    assert accepted <= set(received), "somebody was lost"
    assert accepted | set(after.unknown_recipients) == set(addresses(READERS))
    assert after.unknown <= KILLS * connections
    assert after.adds_up
    assert after.waiting == 0
    assert ("done" in said) == (after.unknown == 0)


def test_two_senders_at_once(either_database: Engine, server: Server, tmp_path: Path) -> None:
    """Two processes that send the same issue share the work, and nobody gets two."""
    sending_now(either_database, addresses(READERS * 3))
    senders = [start_sender(either_database, tmp_path / "locks", server.mail, 1) for _ in range(2)]
    for sender in senders:
        sender.communicate(timeout=60)

    after, received = tally(either_database), server.accepted()
    with either_database.begin() as connection:
        workers = set(connection.scalars(select(delivery.c.worker)))
    assert (after.state, after.accepted) == ("done", READERS * 3)
    assert sorted(received) == sorted(addresses(READERS * 3))
    assert len(workers) == 2


def test_folder_is_told_twice_and_keeps_one(database: Engine, tmp_path: Path) -> None:
    """A folder takes no message twice, so what was unknown is sent again and the issue is done."""
    folder = tmp_path / "outgoing"
    sending_now(database, addresses(READERS))
    sender = start_sender(database, tmp_path / "locks", f"folder:{folder}", 2)
    while not folder.exists() or len(list(folder.glob("*.eml"))) < READERS // 3:
        time.sleep(0.005)
    sender.kill()
    sender.communicate()

    last = start_sender(database, tmp_path / "locks", f"folder:{folder}", 2)
    last.communicate(timeout=60)

    after = tally(database)
    assert (after.state, after.accepted, after.unknown) == ("done", READERS, 0)
    assert len(list(folder.glob("*.eml"))) == READERS


def test_sigterm_leaves_nothing_unknown(
    either_database: Engine, server: Server, tmp_path: Path
) -> None:
    """Asked to stop, a sender finishes the message in its hands and writes it down."""
    sending_now(either_database, addresses(READERS))
    sender = start_sender(either_database, tmp_path / "locks", server.mail, 2)
    wait_until_accepted(server, 50)
    sender.send_signal(signal.SIGTERM)
    said, _ = sender.communicate(timeout=60)

    after = tally(either_database)
    assert "stopped" in said
    assert (after.claimed, after.unknown) == (0, 0)
    assert after.accepted == len(server.accepted()) < READERS
