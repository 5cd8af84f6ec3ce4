"""Finds the copy that a bounce is about, by the ids we sent and never by what it claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from newsroom.bounces.traces import Traces
from newsroom.database.nameless import is_nameless
from newsroom.database.tables import delivery
from newsroom.readers.return_address import claimed_reader, is_return_token, token_of


@dataclass(frozen=True, slots=True)
class Copy:
    """One reader's copy of an issue, and what it was known by."""

    issue: str
    subscriber_id: int
    email: str
    known_by: str  # token, envelope-id, message-id

    @property
    def is_erased(self) -> bool:
        """Whether the ledger knows the reader only under a name that is nobody's."""
        return is_nameless(self.email)


def find_copy(connection: Connection, keys: Sequence[bytes], traces: Traces) -> Copy | None:
    """The copy that came back, or None when nothing in the mail is ours."""
    return next(_copies(connection, keys, traces), None)


def _copies(connection: Connection, keys: Sequence[bytes], traces: Traces) -> Iterator[Copy]:
    for address in traces.return_addresses:
        yield from _by_token(connection, keys, token_of(address), "token")
    for envelope in traces.envelope_ids:
        yield from _by_token(connection, keys, envelope.lower(), "envelope-id")
    for message_id in traces.message_ids:
        rows = connection.execute(
            select(delivery.c.issue, delivery.c.subscriber_id, delivery.c.email).where(
                delivery.c.message_id == message_id
            )
        )
        yield from (Copy(*row, "message-id") for row in rows)


def _by_token(
    connection: Connection, keys: Sequence[bytes], token: str, known_by: str
) -> Iterator[Copy]:
    """The copy that a token was made for, if we made it."""
    reader = claimed_reader(token)
    if reader is None:
        return
    rows = connection.execute(
        select(delivery.c.issue, delivery.c.email).where(delivery.c.subscriber_id == reader)
    )
    for issue, email in rows:
        if is_return_token(keys, token, issue, reader):
            yield Copy(issue, reader, email, known_by)
