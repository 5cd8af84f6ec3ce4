"""How a worker writes claims and outcomes to the database: one commit for each message.

Any work can be one commit. What every message needs, the record of the last one's acceptance and
the next one's claim, is done at a stroke: spelt out once, and as few trips as the database lets it.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine

from newsroom.database import transaction
from newsroom.database.patience import insist
from newsroom.database.prepared import Prepared
from newsroom.database.shared_commit import SharedCommits, Work
from newsroom.delivery.ledger.claims import Claim, Hashes
from newsroom.delivery.ledger.statements import (
    RECORD,
    claim_of_one,
    claim_values,
    record_and_claim,
    record_values,
)
from newsroom.delivery.sending.outcomes import Handed
from newsroom.model.delivery import Recipient

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Writer:
    """In whose name a pen writes, and what an address may be suppressed under."""

    worker: str
    hashes: Hashes

    def claiming(self, recipient: Recipient, now: datetime) -> tuple[Claim, dict[str, Any]]:
        """A new claim, and what its statement binds."""
        token, known = secrets.token_hex(16), self.hashes(recipient.email)
        return Claim(recipient, token, now), claim_values(recipient, token, known, self.worker, now)


class Pen(Protocol):
    """Writes to the ledger for one worker."""

    def write(self, work: Work[T]) -> T:
        """What `work` gives, once it is committed."""
        ...

    def stroke(self, accepted: Handed | None, recipient: Recipient, now: datetime) -> Claim | None:
        """A claim, or None when it may not be had. The acceptance is written in either case."""
        ...


@contextmanager
def pen_for(
    writer: Writer, database: Engine, commits: SharedCommits, patience: float
) -> Iterator[Pen]:
    """A pen that suits the database; `commits` are those of all workers of this process.

    While the database refuses, it tries again for `patience` seconds: what was handed over is
    written down if that can be done at all. Raises OperationalError when it could not be.
    """
    with database.connect() as line:
        if database.dialect.name == "sqlite":
            yield _PatientPen(_SharedPen(writer, line, commits), patience)
        else:
            quick = _QuickPen(writer, line.execution_options(isolation_level="AUTOCOMMIT"))
            yield _PatientPen(quick, patience)


@dataclass(frozen=True, slots=True)
class _PatientPen:
    """Tries again; a second record of the same outcome changes nothing."""

    pen: Pen
    patience: float  # seconds

    def write(self, work: Work[T]) -> T:
        return insist(lambda: self.pen.write(work), self.patience)

    def stroke(self, accepted: Handed | None, recipient: Recipient, now: datetime) -> Claim | None:
        return insist(lambda: self.pen.stroke(accepted, recipient, now), self.patience)


class _SharedPen:
    """For SQLite, where one writes at a time: commits are shared with the other workers."""

    def __init__(self, writer: Writer, line: Connection, commits: SharedCommits) -> None:
        self._writer, self._line, self._commits = writer, line, commits
        self._claim = Prepared(claim_of_one(_names(writer)), line.dialect)
        self._record = Prepared(RECORD, line.dialect)

    def write(self, work: Work[T]) -> T:
        return self._commits(self._line, work)

    def stroke(self, accepted: Handed | None, recipient: Recipient, now: datetime) -> Claim | None:
        held, values = self._writer.claiming(recipient, now)

        def work(connection: Connection) -> int:
            if accepted is not None:
                self._record.run(connection, _recording(accepted, now))
            return self._claim.run(connection, values)

        return held if self._commits(self._line, work) == 1 else None


class _QuickPen:
    """For PostgreSQL: a stroke is one statement that commits by itself, and so one trip."""

    def __init__(self, writer: Writer, line: Connection) -> None:
        self._writer, self._line = writer, line
        self._claim = Prepared(claim_of_one(_names(writer)), line.dialect)
        self._both = Prepared(record_and_claim(_names(writer)), line.dialect)

    def write(self, work: Work[T]) -> T:
        with transaction(self._line.engine) as connection:
            return work(connection)

    def stroke(self, accepted: Handed | None, recipient: Recipient, now: datetime) -> Claim | None:
        held, values = self._writer.claiming(recipient, now)
        with self._line.begin():  # a line that broke is made anew, and does not commit by itself
            if accepted is None:
                taken = self._claim.run(self._line, values)
            else:
                taken = self._both.run(self._line, values | _recording(accepted, now))
        return held if taken == 1 else None


def _recording(accepted: Handed, now: datetime) -> dict[str, Any]:
    held = accepted.held
    return record_values(held.recipient, held.token, accepted.outcome, now)


def _names(writer: Writer) -> int:
    """How many hashes an address may be suppressed under: as many for each."""
    return len(writer.hashes(""))
