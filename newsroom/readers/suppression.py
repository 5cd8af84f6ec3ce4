"""Addresses that must stay out, kept as keyed hashes: a plain hash of an address can be guessed."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from newsroom.database.tables import suppression


class Reason(StrEnum):
    """Why an address must stay out."""

    ERASED = "erased"  # the person asked to be forgotten
    LEFT = "left"  # unsubscribed so long ago that the row is gone
    BOUNCED = "bounced"
    COMPLAINED = "complained"  # only an operator lifts this


@dataclass(frozen=True, slots=True)
class Entry:
    """That an address must stay out, why, and since when."""

    reason: Reason
    at: datetime  # aware


def address_hash(secret: bytes, email: str) -> str:
    """The HMAC-SHA256 of a canonical address, hexadecimal."""
    return hmac.digest(secret, b"address\0" + email.encode(), "sha256").hex()


def address_hashes(keys: Sequence[bytes], email: str) -> tuple[str, ...]:
    """The hashes an address may be kept under: one for each secret, newest first."""
    return tuple(address_hash(secret, email) for secret in keys)


def suppress(
    connection: Connection, keys: Sequence[bytes], email: str, reason: Reason, now: datetime
) -> None:
    """Keep an address out; a reason given earlier is replaced, but a complaint stays one."""
    earlier = why_suppressed(connection, keys, email)
    if earlier == Reason.COMPLAINED:
        return
    lift(connection, keys, email)
    row = {"address_hash": address_hash(keys[0], email), "reason": reason, "at": now}
    connection.execute(insert(suppression).values(row))


def lift(connection: Connection, keys: Sequence[bytes], email: str) -> None:
    """Let an address in again."""
    known = suppression.c.address_hash.in_(address_hashes(keys, email))
    connection.execute(delete(suppression).where(known))


def entry(connection: Connection, keys: Sequence[bytes], email: str) -> Entry | None:
    """What the list of hashes says of an address, None when it may get mail."""
    row = connection.execute(
        select(suppression.c.reason, suppression.c.at).where(
            suppression.c.address_hash.in_(address_hashes(keys, email))
        )
    ).first()
    return Entry(Reason(row.reason), row.at) if row else None


def why_suppressed(connection: Connection, keys: Sequence[bytes], email: str) -> Reason | None:
    """Why an address must stay out, or None."""
    return reasons(connection, keys, [email]).get(email)


def reasons(
    connection: Connection, keys: Sequence[bytes], emails: Iterable[str]
) -> dict[str, Reason]:
    """Those of the addresses (a few hundred at most) that must stay out, and why."""
    whose = {found: email for email in emails for found in address_hashes(keys, email)}
    rows = connection.execute(
        select(suppression.c.address_hash, suppression.c.reason).where(
            suppression.c.address_hash.in_(list(whose))
        )
    )
    return {whose[row.address_hash]: Reason(row.reason) for row in rows}
