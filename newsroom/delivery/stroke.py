"""A message's two statements at one stroke, where the database can do that."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from newsroom.delivery.ledger import Claim, Hashes
from newsroom.delivery.outcomes import Handed
from newsroom.delivery.statements import (
    claim_of_one,
    claim_values,
    record_and_claim,
    record_values,
)
from newsroom.model.delivery import Recipient


@dataclass(frozen=True, slots=True)
class Stroke:
    """Records an accepted copy and claims the next in one statement, which is its own commit.

    PostgreSQL hears of both in one trip, instead of four for a transaction of two statements.
    """

    connection: Connection  # each statement commits by itself
    hashes: Hashes
    worker: str

    def __call__(
        self, accepted: Handed | None, recipient: Recipient, now: datetime
    ) -> Claim | None:
        """The claim, or None when it may not be had. The acceptance is written in either case."""
        token, known = secrets.token_hex(16), self.hashes(recipient.email)
        values = claim_values(recipient, token, known, self.worker, now)
        statement = claim_of_one(len(known))
        if accepted is not None:
            held = accepted.held
            values |= record_values(held.recipient, held.token, accepted.outcome, now)
            statement = record_and_claim(len(known))
        taken = self.connection.execute(statement, values)
        return Claim(recipient, token) if taken.rowcount == 1 else None


@contextmanager
def strokes(database: Engine, hashes: Hashes, worker: str) -> Iterator[Stroke | None]:
    """Strokes over a connection that is kept; None on SQLite, which has no trips to save."""
    if database.dialect.name == "sqlite":
        yield None
        return
    with database.connect() as connection:
        yield Stroke(connection.execution_options(isolation_level="AUTOCOMMIT"), hashes, worker)
