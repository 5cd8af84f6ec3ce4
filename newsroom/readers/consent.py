"""What readers agreed to: an append-only log in which each entry's hash covers the one before.

Each entry's hash covers the one before it, its number and all its fields. Where the chain ends is
kept beside it, so entries that are cut off at the end are missed too. An entry names a subscriber
by number only, so it outlives the person's row without holding personal data.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from newsroom.database.tables import consent_event, consent_head, wording
from newsroom.database.turn import take_turn

_FIRST = "0" * 64  # what the first entry names as the one before it
_CHUNK = 5_000  # entries in memory at a time


class Act(StrEnum):
    """What happened to a consent."""

    REQUESTED = "requested"  # filled in the form
    CONFIRMED = "confirmed"  # pressed the button that the mail led to
    DECLINED = "declined"  # pressed "It was not me"
    ADDED = "added"  # by the coordinator
    IMPORTED = "imported"
    LEFT = "left"
    RETURNED = "returned"  # pressed "Undo" after leaving
    SUPPRESSED = "suppressed"
    CHANGED = "changed"  # their own language, name or topics
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Consent:
    """One thing that happened to one person's consent."""

    subscriber_id: int
    act: Act
    at: datetime  # aware
    method: str  # web, one-click, mail, import, command
    source: str | None = None  # the page, the file
    wording: str | None = None  # digest of the words shown; `keep_wording` gives it


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many entries there are, and the hash of the last."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A consent as it stands in the chain, with the words it was given to."""

    consent: Consent
    text: str | None


def keep_wording(connection: Connection, text: str) -> str:
    """Keep a text word for word and give its digest; a text known already is kept once."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    take_turn(connection)
    if connection.scalar(select(wording.c.digest).where(wording.c.digest == digest)) is None:
        connection.execute(insert(wording).values(digest=digest, text=text))
    return digest


def record(connection: Connection, *consents: Consent) -> None:
    """Add to the chain, in this order."""
    if not consents:
        return
    take_turn(connection)
    last = head(connection)
    rows = []
    for consent in consents:
        row = _row(last.number + 1, last.hash, consent)
        rows.append(row)
        last = Head(last.number + 1, str(row["hash"]))
    connection.execute(insert(consent_event), rows)
    connection.execute(update(consent_head).values(number=last.number, hash=last.hash))


def head(connection: Connection) -> Head:
    """Where the chain ended when it was last added to."""
    row = connection.execute(select(consent_head.c.number, consent_head.c.hash)).one()
    return Head(row.number, row.hash)


def hash_at(connection: Connection, number: int) -> str | None:
    """The hash of one entry, that of the beginning for none; None where there is no such entry."""
    if number == 0:
        return _FIRST
    return connection.scalar(select(consent_event.c.hash).where(consent_event.c.id == number))


def history(connection: Connection, subscriber_id: int) -> tuple[Entry, ...]:
    """Everything that happened to one person's consent, oldest first."""
    rows = connection.execute(
        select(consent_event, wording.c.text)
        .outerjoin(wording, wording.c.digest == consent_event.c.wording)
        .where(consent_event.c.subscriber_id == subscriber_id)
        .order_by(consent_event.c.id)
    )
    return tuple(Entry(_consent(row), row.text) for row in rows)


def acts(connection: Connection) -> Iterator[tuple[int, Act, datetime]]:
    """The whole log in short, oldest first: whose entry it is, what happened, and when."""
    columns = (consent_event.c.subscriber_id, consent_event.c.event, consent_event.c.at)
    entries = select(*columns).order_by(consent_event.c.id)
    with connection.execute(entries.execution_options(yield_per=_CHUNK)) as rows:
        for who, event, at in rows:
            yield who, Act(event), at


def first_broken(connection: Connection) -> int | None:
    """The number of the first entry that was changed, taken out or put in; None if all is well."""
    last = Head(0, _FIRST)
    entries = select(consent_event).order_by(consent_event.c.id)
    with connection.execute(entries.execution_options(yield_per=_CHUNK)) as rows:
        for row in rows.mappings():
            intact = row["hash"] == _hash({**row})
            if not intact or (row["id"], row["previous"]) != (last.number + 1, last.hash):
                return last.number + 1
            last = Head(row["id"], row["hash"])
    written = head(connection)
    return None if last == written else min(last.number, written.number) + 1


def drop_words_of(connection: Connection, subscriber_id: int) -> None:
    """Forget the words that stood for this person's consent alone: they may tell who it was."""
    theirs = select(consent_event.c.wording).where(consent_event.c.subscriber_id == subscriber_id)
    others = select(consent_event.c.wording).where(
        consent_event.c.subscriber_id != subscriber_id, consent_event.c.wording.is_not(None)
    )
    connection.execute(
        delete(wording).where(wording.c.digest.in_(theirs), wording.c.digest.not_in(others))
    )


def _row(number: int, previous: str, consent: Consent) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": number,
        "previous": previous,
        "subscriber_id": consent.subscriber_id,
        "at": consent.at.astimezone(UTC),
        "event": str(consent.act),
        "wording": consent.wording,
        "source": consent.source,
        "method": consent.method,
    }
    return {**fields, "hash": _hash(fields)}


def _hash(fields: Mapping[str, object]) -> str:
    """The hash of everything an entry says but the hash itself."""
    said = {name: value for name, value in fields.items() if name != "hash"}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _consent(row: Row[Any]) -> Consent:
    return Consent(
        subscriber_id=row.subscriber_id,
        act=Act(row.event),
        at=row.at,
        method=row.method,
        source=row.source,
        wording=row.wording,
    )
