"""Addresses that must get no mail, kept as keyed hashes, since plain ones can be guessed."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from newsroom.database.tables import suppression
from newsroom.model.seal import mark_of


class Reason(StrEnum):
    """Why an address must stay out, the weightiest first."""

    COMPLAINED = "complained"  # it gets not even a mail to confirm; only an operator lifts this
    ERASED = "erased"  # the person asked to be forgotten
    LEFT = "left"  # unsubscribed so long ago that the row is gone
    BOUNCED = "bounced"


_VERDICTS = (Reason.BOUNCED, Reason.COMPLAINED)  # what mail that came back says, not the person


@dataclass(frozen=True, slots=True)
class Kept:
    """That an address must stay out, why, and since when."""

    reason: Reason
    at: datetime  # aware


@dataclass(frozen=True, slots=True)
class KeptHash:
    """The same of an address of which only the hash is known."""

    address_hash: str
    reason: Reason
    at: datetime  # aware
    key: str | None  # the mark of the secret, where that is known


def address_hash(secret: bytes, email: str) -> str:
    """The HMAC-SHA256 of a canonical address, hexadecimal."""
    return hmac.digest(secret, b"address\0" + email.encode(), "sha256").hex()


def address_hashes(keys: Sequence[bytes], email: str) -> tuple[str, ...]:
    """The hashes an address may be kept under: one for each secret, newest first."""
    return tuple(address_hash(secret, email) for secret in keys)


def suppress(
    connection: Connection, keys: Sequence[bytes], email: str, reason: Reason, now: datetime
) -> None:
    """Keep an address out for one more reason, beside those that it has.

    BOUNCED is kept only while it is the sole reason.
    """
    standing = {reason: now} | {one.reason: one.at for one in kept(connection, keys, email)}
    if len(standing) > 1:
        standing.pop(Reason.BOUNCED, None)
    connection.execute(delete(suppression).where(_is(keys, email)))
    written = address_hash(keys[0], email)
    mark = mark_of(keys[0]).hex()
    rows = [
        {"address_hash": written, "reason": why, "at": at, "key": mark}
        for why, at in standing.items()
    ]
    connection.execute(insert(suppression), rows)


def suppress_hashes(connection: Connection, new: Iterable[KeptHash]) -> None:
    """Keep out, for one more reason each, addresses of which only the hash is known.

    None that stands already is lost by it, and a bounce is only kept where it is the whole reason.
    """
    rows = connection.execute(select(suppression.c.address_hash, suppression.c.reason))
    known = {(row.address_hash, Reason(row.reason)) for row in rows}
    missing = [one for one in new if (one.address_hash, one.reason) not in known]
    if missing:
        connection.execute(insert(suppression), [asdict(one) for one in missing])
    both = known | {(one.address_hash, one.reason) for one in missing}
    graver = {hashed for hashed, reason in both if reason is not Reason.BOUNCED}
    for one in missing:
        if one.address_hash in graver:
            mine = suppression.c.address_hash == one.address_hash
            bounced = suppression.c.reason == Reason.BOUNCED
            connection.execute(delete(suppression).where(mine, bounced))


def lift(connection: Connection, keys: Sequence[bytes], email: str) -> None:
    """Let an address in again by its owner's wish, unless they complained about our mail."""
    by_wish = suppression.c.reason != Reason.COMPLAINED
    connection.execute(delete(suppression).where(_is(keys, email), by_wish))


def acquit(connection: Connection, keys: Sequence[bytes], email: str) -> bool:
    """Take back what mail that came back says against an address; false when it says nothing.

    What its owner asked for stays.
    """
    verdict = suppression.c.reason.in_(_VERDICTS)
    return connection.execute(delete(suppression).where(_is(keys, email), verdict)).rowcount > 0


def kept(connection: Connection, keys: Sequence[bytes], email: str) -> tuple[Kept, ...]:
    """What the list of hashes says of an address, the weightiest first."""
    rows = connection.execute(
        select(suppression.c.reason, suppression.c.at).where(_is(keys, email))
    )
    found = (Kept(Reason(row.reason), row.at) for row in rows)
    return tuple(sorted(found, key=lambda one: _weight(one.reason)))


def why_suppressed(connection: Connection, keys: Sequence[bytes], email: str) -> Reason | None:
    """The weightiest reason why an address must stay out, or None."""
    return reasons(connection, keys, [email]).get(email)


def reasons(
    connection: Connection, keys: Sequence[bytes], emails: Iterable[str]
) -> dict[str, Reason]:
    """Those of the addresses (a few hundred at most) that must stay out, and the weightiest why."""
    whose = {found: email for email in emails for found in address_hashes(keys, email)}
    rows = connection.execute(
        select(suppression.c.address_hash, suppression.c.reason).where(
            suppression.c.address_hash.in_(list(whose))
        )
    )
    told = [(whose[row.address_hash], Reason(row.reason)) for row in rows]
    return dict(sorted(told, key=lambda one: -_weight(one[1])))  # the weightiest comes last


def _weight(reason: Reason) -> int:
    return tuple(Reason).index(reason)


def _is(keys: Sequence[bytes], email: str) -> ColumnElement[bool]:
    return suppression.c.address_hash.in_(address_hashes(keys, email))
