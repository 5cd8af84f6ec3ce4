"""A person's rights over what we hold: a copy of it, its erasure, and an end to keeping it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, literal, or_, select, update
from sqlalchemy import String as Text

from newsroom.database.tables import bounce, delivery, incoming, subscriber
from newsroom.model import Subscriber, SubscriberState
from newsroom.readers import consent, notices, subscribers, suppression
from newsroom.readers.suppression import Reason
from newsroom.readers.turn import take_turn

PENDING_KEPT = timedelta(days=6)  # after the link has run out: gone within 14 days of signing up
LEFT_KEPT = timedelta(days=730)  # 24 months of proof, then only the hash


def forget(
    connection: Connection,
    keys: Sequence[bytes],
    email: str,
    now: datetime,
    reason: Reason = Reason.ERASED,
) -> bool:
    """Erase an address everywhere and keep only its keyed hash; False when nothing held it.

    Deliveries keep their place in the ledger, so its sum still holds, under a name that means
    nobody. The hash stays because an objection must be remembered (GDPR article 21(3)).
    """
    take_turn(connection)
    person = subscribers.find(connection, email)
    held = _erase_traces(connection, email, person)
    if person is not None:
        _erase_person(connection, person, now)
    suppression.suppress(connection, keys, email, reason, now)
    return held or person is not None


def export_person(connection: Connection, keys: Sequence[bytes], email: str) -> dict[str, Any]:
    """Everything we hold about an address, ready for JSON (GDPR articles 15 and 20)."""
    person = subscribers.find(connection, email)
    return {
        "email": email,
        "subscriber": _facts(person) if person else None,
        "consent": _consents(connection, person) if person else [],
        "deliveries": _rows(connection, delivery, delivery.c.email == email),
        "bounces": _rows(connection, bounce, bounce.c.email == email),
        "suppressed": suppression.why_suppressed(connection, keys, email),
    }


def expire(connection: Connection, keys: Sequence[bytes], now: datetime) -> int:
    """Erase those who never confirmed, and those who left long ago; how many people that was.

    Of somebody who never confirmed no hash is kept: they neither asked for mail nor objected.
    """
    take_turn(connection)
    waited = connection.execute(
        delete(subscriber).where(
            subscriber.c.state == SubscriberState.PENDING,
            subscriber.c.confirm_expires < now - PENDING_KEPT,
        )
    ).rowcount
    left = connection.scalars(
        select(subscriber.c.email).where(
            subscriber.c.state == SubscriberState.UNSUBSCRIBED,
            subscriber.c.since < now - LEFT_KEPT,
        )
    ).all()
    for email in left:
        forget(connection, keys, email, now, Reason.LEFT)
    notices.forget_old(connection, now)
    return waited + len(left)


def _erase_person(connection: Connection, person: Subscriber, now: datetime) -> None:
    subscribers.remove(connection, person.id)
    erased = consent.Consent(person.id, consent.Act.ERASED, now, method="command")
    consent.record(connection, erased)


def _erase_traces(connection: Connection, email: str, person: Subscriber | None) -> bool:
    """Whether deliveries or bounces held the address; they no longer do."""
    theirs = delivery.c.email == email
    if person is not None:
        theirs = or_(theirs, delivery.c.subscriber_id == person.id)
    nobody = literal("erased-").concat(delivery.c.subscriber_id.cast(Text)).concat("@invalid")
    sent = connection.execute(update(delivery).where(theirs).values(email=nobody, name=None))
    returned = connection.execute(
        update(bounce).where(bounce.c.email == email).values(email=None, diagnostic=None)
    )
    copies = connection.execute(
        update(incoming).where(incoming.c.email == email).values(email=None, raw=None)
    )
    return sent.rowcount + returned.rowcount + copies.rowcount > 0


def _facts(person: Subscriber) -> dict[str, Any]:
    return {
        "name": person.name,
        "state": str(person.state),
        "lang": person.lang,
        "tags": list(person.tags),
        "since": person.since.isoformat(),
    }


def _consents(connection: Connection, person: Subscriber) -> list[dict[str, Any]]:
    return [
        {
            "at": entry.consent.at.isoformat(),
            "event": str(entry.consent.act),
            "method": entry.consent.method,
            "source": entry.consent.source,
            "wording": entry.text,
        }
        for entry in consent.history(connection, person.id)
    ]


def _rows(connection: Connection, table: Any, which: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Whole rows as JSON knows them."""
    found = connection.execute(select(table).where(which).order_by(*table.primary_key)).mappings()
    return [
        {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in row.items()
        }
        for row in found
    ]
