"""Who stops an issue and who resumes it take what they lock in the same order."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import Connection, Engine, text

from newsroom.database import reading, transaction
from newsroom.delivery.ledger.claims import Claim, claim, waiting
from newsroom.delivery.pace.lanes import resting_until
from newsroom.delivery.sending.course import resume, state_of
from newsroom.delivery.sending.outcomes import Handed, Policy, write_outcome
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome
from tests.delivery.fakes import Suppressed
from tests.delivery.sample_ledger import AT_ONCE, NOW, addresses, sending_now
from tests.processes import PATIENCE

BLOCKED = Outcome(DeliveryState.DEFERRED, "550 5.7.1", "blocked", BounceSeverity.POLICY)
NO_SUCH = Outcome(DeliveryState.REFUSED, "550 5.1.1", "no such user", BounceSeverity.HARD)


def claims(database: Engine, number: int) -> list[Claim]:
    """The first so many copies, each in its claimer's hands."""
    with transaction(database) as connection:
        copies = waiting(connection, "2026-var", 1, NOW)[:number]
        held = [claim(connection, copy, lambda _: ("",), "host-0", NOW) for copy in copies]
    return [each for each in held if each is not None]


def write(database: Engine, handed: Handed, policy: Policy) -> None:
    """An outcome, in a transaction of its own."""
    with transaction(database) as connection:
        write_outcome(connection, handed, policy, NOW)


def wait_for_a_lock(database: Engine) -> None:
    """Return when somebody waits for what another one holds."""
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    end = time.monotonic() + PATIENCE
    while True:
        with reading(database) as connection:
            if connection.execute(waits).scalar_one():
                return
        assert time.monotonic() < end, "nobody waits for the lock"
        time.sleep(0.02)


def resume_it(database: Engine, _held: Claim) -> None:
    """A person goes on with the issue."""
    with transaction(database) as connection:
        resume(connection, "2026-var", NOW)


def be_blocked(database: Engine, held: Claim) -> None:
    """Another worker writes that the same lane refuses us."""
    write(database, Handed(held, BLOCKED), Policy(AT_ONCE, Suppressed(), Suppressed()))


@pytest.mark.parametrize("step", [resume_it, be_blocked])
def test_while_an_outcome_stops_lane_and_issue(
    postgres_database: Engine, step: Callable[[Engine, Claim], None]
) -> None:
    """A worker stops the lane and then the issue; who comes in between waits for it, not both."""
    sending_now(postgres_database, addresses(6))
    *refused, last, another = claims(postgres_database, 6)
    with ThreadPoolExecutor() as others:
        meanwhile: list[Future[None]] = []

        def forgive(_connection: Connection, _email: str, _now: datetime) -> None:
            """The lane is stopped, the issue not yet."""
            if not meanwhile:
                meanwhile.append(others.submit(step, postgres_database, another))
                wait_for_a_lock(postgres_database)

        policy = Policy(AT_ONCE, Suppressed(), forgive)
        for held in refused:
            write(postgres_database, Handed(held, NO_SUCH), policy)
        write(postgres_database, Handed(last, NO_SUCH, same_in_a_row=5), policy)
        meanwhile[0].result(PATIENCE)

    with reading(postgres_database) as connection:
        resting = resting_until(connection, "kommun.example", NOW)
        stands = (state_of(connection, "2026-var"), bool(resting))
    assert stands == (("sending", False) if step is resume_it else ("paused", True))
