"""Who left, complained or was erased after the backup: they do not come back with it.

What is known of that stands in the registers beside the database (`readers.departed`), and in the
database that is to be replaced, where it can still be read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select

from newsroom.database.tables import subscriber, suppression
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.seal import mark_of
from newsroom.readers import standing
from newsroom.readers.departed import Line, Word
from newsroom.readers.erasure import erase_all
from newsroom.readers.subscribers import everyone
from newsroom.readers.suppression import Reason, address_hash, address_hashes

_OUT = (SubscriberState.UNSUBSCRIBED, SubscriberState.SUPPRESSED)
_LIFTED = {  # what a word takes back
    Word.RETURNED: (Word.LEFT, Word.ERASED, Word.BOUNCED),
    Word.ACQUITTED: (Word.BOUNCED, Word.COMPLAINED),
}

Standing = Mapping[Word, datetime]  # what holds of an address, and since when


@dataclass(frozen=True, slots=True)
class Reapplied:
    """How many of the backup's readers are out again."""

    erased: int
    left: int
    kept_out: int  # bounced or complained


def known_here(connection: Connection, keys: Sequence[bytes], since: datetime) -> tuple[Line, ...]:
    """What a database that is about to be replaced knows of those who went since a time."""
    there = set(inspect(connection).get_table_names())
    if not {suppression.name, subscriber.name} <= there:
        return ()
    return tuple(sorted(_lines(connection, keys, since), key=lambda line: line.at))


def still_hold(lines: Iterable[Line]) -> dict[str, dict[Word, tuple[datetime, str]]]:
    """What holds of each address at the end of the lines: since when, and under which secret."""
    found: dict[str, dict[Word, tuple[datetime, str]]] = {}
    for line in lines:
        holds = found.setdefault(line.address_hash, {})
        for lifted in _LIFTED.get(line.word, ()):
            holds.pop(lifted, None)
        if line.word not in _LIFTED:
            holds.setdefault(line.word, (line.at, line.key))
    return {hashed: holds for hashed, holds in found.items() if holds}


def reapply(
    connection: Connection, keys: Sequence[bytes], lines: Iterable[Line], now: datetime
) -> Reapplied:
    """Take out again whoever went after the backup, and keep out who is not in it at all."""
    holding = still_hold(lines)
    people = {
        hashed: person
        for person in tuple(everyone(connection))
        for hashed in address_hashes(keys, person.email)
        if hashed in holding
    }
    _keep_out_strangers(connection, holding, people)
    erased = {p.email: Reason.ERASED for h, p in people.items() if Word.ERASED in holding[h]}
    rest = {h: p for h, p in people.items() if p.email not in erased}
    left = [_leave(connection, p, holding[h], now) for h, p in rest.items()]
    out = [_keep_out(connection, keys, p, holding[h]) for h, p in rest.items()]
    if erased:
        erase_all(connection, keys, erased, now, method="restore")
    return Reapplied(len(erased), sum(left), sum(out))


def _lines(connection: Connection, keys: Sequence[bytes], since: datetime) -> Iterator[Line]:
    columns = suppression.c.address_hash, suppression.c.reason, suppression.c.at
    for hashed, reason, at in connection.execute(select(*columns).where(suppression.c.at >= since)):
        yield Line(at, Word(reason), "", hashed)
    facts = subscriber.c.email, subscriber.c.since
    gone = select(*facts).where(subscriber.c.state.in_(_OUT), subscriber.c.since >= since)
    mark = mark_of(keys[0]).hex()
    for email, at in connection.execute(gone.where(subscriber.c.state == _OUT[0])):
        yield Line(at, Word.LEFT, mark, address_hash(keys[0], email))


def _keep_out_strangers(
    connection: Connection,
    holding: Mapping[str, Mapping[Word, tuple[datetime, str]]],
    people: Mapping[str, Subscriber],
) -> None:
    """Whose row came after the backup and went again: a hash keeps the address out."""
    known = set(connection.scalars(select(suppression.c.address_hash)))
    rows = [
        {"address_hash": hashed, "reason": word.value, "at": at, "key": key or None}
        for hashed, holds in holding.items()
        if hashed not in people and hashed not in known
        for word, (at, key) in holds.items()
    ]
    if rows:
        connection.execute(insert(suppression), rows)


def _leave(
    connection: Connection,
    person: Subscriber,
    holds: Mapping[Word, tuple[datetime, str]],
    now: datetime,
) -> bool:
    if Word.LEFT not in holds or standing.has_left(connection, person):
        return False
    at = min(holds[Word.LEFT][0], now)
    standing.leave(connection, person, "restore", "departed", at)
    return True


def _keep_out(
    connection: Connection,
    keys: Sequence[bytes],
    person: Subscriber,
    holds: Mapping[Word, tuple[datetime, str]],
) -> bool:
    verdicts = (Word.COMPLAINED, Word.BOUNCED)
    word = next((word for word in verdicts if word in holds), None)
    if word is None or person.state == SubscriberState.SUPPRESSED:
        return False
    standing.keep_out(connection, keys, person.email, Reason(word.value), holds[word][0])
    return True
