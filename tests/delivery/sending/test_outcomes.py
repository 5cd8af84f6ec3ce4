"""What is on record of a copy whose reader was erased while it was handed over."""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, select

from newsroom.database import reading, transaction
from newsroom.database.tables import bounce, delivery
from newsroom.delivery.ledger.claims import Claim, claim, waiting
from newsroom.delivery.sending.outcomes import Handed, Policy, write_outcome
from newsroom.model.delivery import BounceSeverity, DeliveryState, Outcome
from newsroom.readers import erasure, suppression
from newsroom.readers.standing import keep_out
from newsroom.readers.suppression import Reason
from tests.delivery.fakes import Suppressed
from tests.delivery.sample_ledger import AT_ONCE, NOW, sending_now

KEYS = [b"secret"]
EMAIL = "anna@example.se"
GONE = Outcome(DeliveryState.REFUSED, "550 5.1.1", f"<{EMAIL}> is unknown", BounceSeverity.HARD)
LATER = Outcome(DeliveryState.DEFERRED, "450 4.2.2", f"<{EMAIL}> is full", BounceSeverity.SOFT)


def claimed(database: Engine) -> Claim:
    """Anna's copy, in its claimer's hands."""
    sending_now(database, [EMAIL])
    with transaction(database) as connection:
        (copy,) = waiting(connection, "2026-var", 1, NOW)
        hashes = partial(suppression.address_hashes, KEYS)
        held = claim(connection, copy, hashes, "host-0", NOW)
    assert held is not None
    return held


def shut_out(connection: Connection, email: str, now: datetime) -> None:
    """What becomes of an address that does not exist."""
    keep_out(connection, KEYS, email, Reason.BOUNCED, now)


@pytest.mark.parametrize("outcome", [GONE, LATER])
def test_an_answer_that_comes_after_an_erasure_names_nobody(
    either_database: Engine, outcome: Outcome
) -> None:
    """Neither address nor words come back into a table, and the erasure stays the reason."""
    held = claimed(either_database)
    with transaction(either_database) as connection:
        erasure.erase(connection, KEYS, EMAIL, NOW)

    with transaction(either_database) as connection:
        policy = Policy(AT_ONCE, shut_out, Suppressed())
        write_outcome(connection, Handed(held, outcome), policy, NOW)

    with reading(either_database) as connection:
        rows = [
            *connection.execute(select(delivery.c.email, delivery.c.reason)),
            *connection.execute(select(bounce.c.email, bounce.c.diagnostic)),
        ]
        why = suppression.why_suppressed(connection, KEYS, EMAIL)
        state = connection.scalar(select(delivery.c.state))
    assert {tuple(row) for row in rows} == {("erased-1@invalid", None)}
    assert (why, state) == (Reason.ERASED, outcome.state)
