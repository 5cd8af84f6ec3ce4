"""Everything that is held about an address, for its owner (GDPR articles 15 and 20)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from newsroom.database.tables import bounce, delivery, incoming, notice, outbox, subscriber
from newsroom.model import Subscriber
from newsroom.readers import consent, subscribers, suppression
from newsroom.readers.suppression import address_hashes

# What is needed to hand a message out once; it says nothing about the reader.
_MACHINERY = {"token", "worker", "batch", "place", "lane", "next_at", "seed", "memo", "doubts"}


def export_person(connection: Connection, keys: Sequence[bytes], email: str) -> dict[str, Any]:
    """Everything we hold about an address, ready for JSON: times in UTC, texts as they are.

    Of a mail that came back the words are given, not the copy, which holds them twice.
    """
    person = subscribers.find(connection, email)
    hashes = address_hashes(keys, email)
    theirs = delivery.c.email == email
    if person is not None:
        theirs = or_(theirs, delivery.c.subscriber_id == person.id)
    return {
        "email": email,
        "subscriber": _facts(connection, person) if person else None,
        "consent": _consents(connection, person) if person else [],
        "deliveries": _rows(connection, delivery, theirs),
        "bounces": _rows(connection, bounce, bounce.c.email == email),
        "mails_from_forms": _rows(connection, notice, notice.c.address_hash.in_(hashes)),
        "mails_that_wait": _rows(connection, outbox, outbox.c.subscriber_id == person.id)
        if person
        else [],
        "mails_that_came_back": _rows(connection, incoming, incoming.c.email == email),
        "suppressed": [
            {"reason": str(kept.reason), "at": _utc(kept.at)}
            for kept in suppression.kept(connection, keys, email)
        ],
    }


def _facts(connection: Connection, person: Subscriber) -> dict[str, Any]:
    asked = select(subscriber.c.confirm_expires).where(subscriber.c.id == person.id)
    expires = connection.scalar(asked)
    return {
        "number": person.id,
        "name": person.name,
        "state": str(person.state),
        "lang": person.lang,
        "tags": list(person.tags),
        "since": _utc(person.since),
        "confirmation_link_until": _utc(expires) if expires else None,
    }


def _consents(connection: Connection, person: Subscriber) -> list[dict[str, Any]]:
    return [
        {
            "at": _utc(entry.consent.at),
            "event": str(entry.consent.act),
            "method": entry.consent.method,
            "source": entry.consent.source,
            "wording": entry.text,
            "wording_sha256": entry.consent.wording,
        }
        for entry in consent.history(connection, person.id)
    ]


def _rows(connection: Connection, table: Any, which: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Rows as JSON knows them, without what is only there for the machinery."""
    columns = [column for column in table.c if column.name not in _MACHINERY | {"raw"}]
    found = connection.execute(select(*columns).where(which).order_by(*table.primary_key))
    return [
        {name: _utc(value) if isinstance(value, datetime) else value for name, value in row.items()}
        for row in found.mappings()
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
