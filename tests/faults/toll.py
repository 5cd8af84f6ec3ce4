"""Killing senders at random moments, and what it cost: counted from what the server accepted."""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, select

from newsroom.database import reading
from newsroom.database.tables import delivery
from newsroom.delivery.ledger.counts import counts
from newsroom.model.delivery import Counts, DeliveryState
from tests.delivery.sample_ledger import NOW
from tests.processes import PATIENCE, MailServer

_LAST_READERS = 60  # no kill is planned for when so few are left: one must find somebody at work

Sender = subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Siege:
    """How many readers, how many senders at once, and how many of those are killed."""

    readers: int
    workers: int
    kills: int
    seed: int


@dataclass(frozen=True, slots=True)
class Toll:
    """What the kills did, by what the mail server wrote down and what the ledger says."""

    kills: int
    lost: int  # said to be accepted, but the server never had it; or in no state at all
    twice: int  # accepted by the server more than once
    unknown: int  # shown to the desk, not sent again by itself
    arrived: int  # of the unknown: those that the server had taken
    unbalanced: int  # looks at the ledger at which the states did not add up

    def __str__(self) -> str:
        return (
            f"{self.kills} kills: {self.lost} lost, {self.twice} sent twice, "
            f"{self.unknown} unknown ({self.arrived} of them had arrived), "
            f"{self.unbalanced} times the ledger did not add up"
        )


def kill_senders(
    database: Engine, server: MailServer, start: Callable[[], Sender], plan: Siege
) -> Toll:
    """Send an issue with `workers` senders, kill one at each planned moment and put in another."""
    chance = random.Random(plan.seed)
    moments = sorted(chance.sample(range(20, plan.readers - _LAST_READERS), plan.kills))
    senders = [start() for _ in range(plan.workers)]
    unbalanced = 0
    for moment in moments:
        server.wait_for(moment)
        time.sleep(chance.random() / 50)  # between two messages as well as within one
        place = chance.randrange(plan.workers)
        _kill(senders[place])
        unbalanced += not look(database).adds_up
        senders[place] = start()
    for sender in senders:
        said, _ = sender.communicate(timeout=PATIENCE * 5)
        assert sender.returncode == 0, said
    return _toll(database, server, plan, unbalanced + (not look(database).adds_up))


def look(database: Engine) -> Counts:
    """The ledger as it is."""
    with reading(database) as connection:
        return counts(connection, "2026-var", NOW)


def _kill(sender: Sender) -> None:
    """End a sender as a power cut would: no signal handler runs, nothing is put in order."""
    sender.send_signal(signal.SIGKILL)
    sender.communicate()


def _toll(database: Engine, server: MailServer, plan: Siege, unbalanced: int) -> Toll:
    received = server.recipients()
    arrived = set(received)
    with reading(database) as connection:
        rows = connection.execute(select(delivery.c.email, delivery.c.state)).all()
    by_state = {state: {row.email for row in rows if row.state == state} for state in DeliveryState}
    unknown = by_state[DeliveryState.UNKNOWN]
    settled = by_state[DeliveryState.ACCEPTED]
    return Toll(
        kills=plan.kills,
        lost=len(settled - arrived) + plan.readers - len(settled) - len(unknown),
        twice=len(received) - len(arrived),
        unknown=len(unknown),
        arrived=len(unknown & arrived),
        unbalanced=unbalanced,
    )
