"""Real processes, really killed: nobody is lost, nobody is written to twice.

In short form with the other tests. `make faults` kills 200 senders of 20,000 messages on each
database, and 200 more at each step of a message.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from newsroom.database.tables import delivery, subscriber
from tests.delivery.sample_ledger import addresses, sending_now
from tests.faults.conftest import StartSender
from tests.faults.faults import STEPS
from tests.faults.sender import CAREFUL
from tests.faults.toll import Siege, kill_senders, look
from tests.processes import PATIENCE, MailServer

pytestmark = pytest.mark.slow

SEED = 20261122
KILLS = int(os.environ.get("KILLS", "3"))
READERS = int(os.environ.get("READERS", "500"))
SEEDS = int(os.environ.get("SEEDS", "1"))  # for each step of a message
FEW = 120  # readers where one kill is looked at


def test_killed_senders_lose_nobody_and_double_nobody(
    either_database: Engine,
    server: MailServer,
    start_sender: StartSender,
    sheet: Callable[[str], None],
) -> None:
    """Two senders, killed again and again at random moments, reach each reader once.

    What was in a killed sender's hands is unknown, shown, and not sent again by itself.
    """
    plan = Siege(READERS, workers=2, kills=KILLS, seed=SEED)
    sending_now(either_database, addresses(READERS))

    start = partial(start_sender, either_database, server.address)
    toll = kill_senders(either_database, server, start, plan)

    name = either_database.dialect.name
    sheet(f"{name}, {READERS} recipients, {plan.workers} senders, {toll}")
    assert (toll.lost, toll.twice, toll.unbalanced) == (0, 0, 0)
    assert toll.unknown <= toll.kills
    assert look(either_database).waiting == 0


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(
    either_database: Engine, server: MailServer, start_sender: StartSender, step: str, seed: int
) -> None:
    """Whichever step of whichever message a sender dies at, the next one finishes its work.

    At most the one message in its hands is unknown.
    """
    database = either_database
    sending_now(database, addresses(FEW))
    moment = random.Random(f"{step}:{seed}").randrange(1, FEW // 2)
    killed = start_sender(database, server.address, faults={"DIE": f"{step}:{moment}"})
    killed.communicate(timeout=PATIENCE)
    start_sender(database, server.address).communicate(timeout=PATIENCE)

    received, after = server.recipients(), look(database)
    with database.begin() as connection:
        rows = connection.execute(select(delivery.c.email, delivery.c.state)).all()
    accepted = {row.email for row in rows if row.state == "accepted"}
    assert killed.returncode == -signal.SIGKILL
    assert len(received) == len(set(received)), "somebody got two"
    assert accepted <= set(received), "somebody was lost"
    assert accepted | set(after.unknown_recipients) == set(addresses(FEW))
    assert after.unknown <= 1
    assert after.adds_up


@pytest.mark.parametrize("moment", [5, 40], ids=["canaries", "rest"])
def test_killed_under_careful_terms(
    either_database: Engine, server: MailServer, start_sender: StartSender, moment: int
) -> None:
    """With canaries, limits and readers who leave, a kill costs no more than the one in hand.

    Whoever left while the issue was on its way gets nothing, from the next sender either; and the
    two together keep the limit, which stands in the database.
    """
    database, readers = either_database, addresses(FEW)
    sending_now(database, readers, CAREFUL)
    gone = set(readers[1::10])
    began = time.monotonic()
    careful = {"CAREFUL": "1"}
    killed = start_sender(database, server.address, 2, {**careful, "DIE": f"answer:{moment}"})
    killed.communicate(timeout=PATIENCE)
    had_it = set(server.recipients())
    with database.begin() as connection:
        left = subscriber.c.email.in_(gone)
        connection.execute(update(subscriber).where(left).values(state="unsubscribed"))
    start_sender(database, server.address, 2, careful).communicate(timeout=PATIENCE)
    took = time.monotonic() - began

    received, after = server.recipients(), look(database)
    with database.begin() as connection:
        rows = connection.execute(select(delivery.c.email, delivery.c.state)).all()
    excluded = {row.email for row in rows if row.state == "excluded"}
    assert killed.returncode == -signal.SIGKILL
    assert len(received) == len(set(received)), "somebody got two"
    assert set(received) & gone <= had_it, "somebody was written to after leaving"
    assert excluded == gone - had_it - set(after.unknown_recipients)
    assert set(received) | excluded | set(after.unknown_recipients) == set(readers)
    assert after.unknown <= 2  # one for each connection
    assert after.adds_up
    assert len(received) <= 100 * took + 100


def test_two_senders_at_once(
    either_database: Engine, server: MailServer, start_sender: StartSender, tmp_path: Path
) -> None:
    """Two processes that send the same issue share the work, and nobody gets two.

    They are let go together, and the limits keep the one at it until the other has begun too.
    """
    readers = addresses(600)
    sending_now(either_database, readers, CAREFUL)
    gate = tmp_path / "open"
    careful = {"CAREFUL": "1", "GATE": str(gate)}
    senders = [start_sender(either_database, server.address, faults=careful) for _ in range(2)]
    for sender in senders:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "ready\n"
    gate.touch()
    for sender in senders:
        sender.communicate(timeout=PATIENCE)

    after, received = look(either_database), server.recipients()
    with either_database.begin() as connection:
        workers = set(connection.scalars(select(delivery.c.worker)))
    assert (after.state, after.accepted) == ("done", 600)
    assert sorted(received) == sorted(readers)
    assert len(workers) == 2


def test_folder_is_told_twice_and_keeps_one(
    database: Engine, start_sender: StartSender, tmp_path: Path
) -> None:
    """A folder takes no message twice, so what was unknown is sent again and the issue is done."""
    folder = tmp_path / "outgoing"
    sending_now(database, addresses(500))
    sender = start_sender(database, f"folder:{folder}", 2)
    while len(list(folder.glob("*.eml"))) < 150 and sender.poll() is None:
        time.sleep(0.005)
    sender.kill()
    sender.communicate()

    start_sender(database, f"folder:{folder}", 2).communicate(timeout=PATIENCE)

    after = look(database)
    assert (after.state, after.accepted, after.unknown) == ("done", 500, 0)
    assert len(list(folder.glob("*.eml"))) == 500


def test_sigterm_leaves_nothing_unknown(
    either_database: Engine, server: MailServer, start_sender: StartSender
) -> None:
    """Asked to stop, a sender finishes the message in its hands and writes it down.

    The limits keep it at its work for some seconds more than it takes to ask.
    """
    sending_now(either_database, addresses(2_000), CAREFUL)
    sender = start_sender(either_database, server.address, 2, {"CAREFUL": "1"})
    server.wait_for(50)
    sender.send_signal(signal.SIGTERM)
    said, _ = sender.communicate(timeout=PATIENCE)

    after = look(either_database)
    assert "stopped" in said
    assert (after.claimed, after.unknown) == (0, 0)
    assert after.accepted == len(server.recipients()) < 2_000


def test_sender_that_was_asleep(
    postgres_database: Engine, server: MailServer, start_sender: StartSender
) -> None:
    """A machine that is suspended past its leases and wakes up when another has done its work.

    It sends nothing twice, and may still say what became of the one message it had in hand.
    """
    sending_now(postgres_database, addresses(300))
    asleep = start_sender(postgres_database, server.address)
    server.wait_for(60)
    asleep.send_signal(signal.SIGSTOP)
    start_sender(postgres_database, server.address, faults={"AHEAD": "900"}).communicate(
        timeout=PATIENCE
    )
    meanwhile = look(postgres_database)
    asleep.send_signal(signal.SIGCONT)
    asleep.communicate(timeout=PATIENCE)

    received, after = server.recipients(), look(postgres_database)
    assert (meanwhile.waiting, meanwhile.unknown <= 1) == (0, True)
    assert sorted(received) == sorted(set(received)), "somebody got two"
    assert set(received) | set(after.unknown_recipients) == set(addresses(300))
    assert after.adds_up
    assert after.unknown <= meanwhile.unknown
