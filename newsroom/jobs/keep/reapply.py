"""Who left, complained or was erased after the backup: they do not come back with it.

What is known of that stands in the registers beside the database (`readers.departed`), and in the
database that is to be replaced, where it can still be read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, inspect, select

from newsroom.database.tables import consent_event, subscriber, suppression
from newsroom.model import Subscriber, SubscriberState
from newsroom.model.seal import mark_of
from newsroom.readers import standing
from newsroom.readers.departed import DepartedLine, DepartedWord
from newsroom.readers.erasure import erase_all
from newsroom.readers.subscribers import everyone
from newsroom.readers.suppression import (
    KeptHash,
    Reason,
    address_hash,
    address_hashes,
    suppress_hashes,
    why_suppressed,
)

_LIFTED = {  # what a word takes back; who was erased and came back is another row than before
    DepartedWord.RETURNED: (DepartedWord.LEFT, DepartedWord.BOUNCED),
    DepartedWord.ACQUITTED: (DepartedWord.BOUNCED, DepartedWord.COMPLAINED),
}

Holds = dict[
    DepartedWord, DepartedLine
]  # what holds of an address, and the line that said so first


@dataclass(frozen=True, slots=True)
class Reapplied:
    """How many of the backup's readers are out again."""

    erased: int
    left: int
    kept_out: int  # bounced or complained


def knows_readers(connection: Connection) -> bool:
    """Whether a database that is about to be replaced has ever had a reader."""
    if not inspect(connection).has_table(consent_event.name):
        return False
    return connection.execute(select(consent_event.c.id).limit(1)).first() is not None


def known_here(
    connection: Connection, keys: Sequence[bytes], since: datetime
) -> tuple[DepartedLine, ...]:
    """What a database that is about to be replaced knows of those who went since a time."""
    there = set(inspect(connection).get_table_names())
    if not {suppression.name, subscriber.name} <= there:
        return ()
    return tuple(sorted(_lines(connection, keys, since), key=lambda line: line.at))


def still_hold(lines: Iterable[DepartedLine]) -> dict[str, Holds]:
    """What holds of each address at the end of the lines, by its hash."""
    found: dict[str, Holds] = {}
    for line in lines:
        holds = found.setdefault(line.address_hash, {})
        for lifted in _LIFTED.get(line.word, ()):
            holds.pop(lifted, None)
        if line.word not in _LIFTED:
            holds.setdefault(line.word, line)
    return {hashed: holds for hashed, holds in found.items() if holds}


def reapply(
    connection: Connection, keys: Sequence[bytes], lines: Iterable[DepartedLine], now: datetime
) -> Reapplied:
    """Take out again whoever went after the backup, and keep out who is not in it at all."""
    holding = still_hold(lines)
    concerned = _concerned(connection, keys, holding)
    erased = {p.email: Reason.ERASED for p, holds in concerned if DepartedWord.ERASED in holds}
    rest = [(person, holds) for person, holds in concerned if person.email not in erased]
    left = [_leave(connection, person, holds, now) for person, holds in rest]
    out = [_keep_out(connection, keys, person, holds) for person, holds in rest]
    if erased:
        erase_all(connection, keys, erased, now, method="restore")
    for person, holds in concerned:
        if person.email in erased and DepartedWord.COMPLAINED in holds:
            at = holds[DepartedWord.COMPLAINED].at
            standing.keep_out(connection, keys, person.email, Reason.COMPLAINED, at)
    suppress_hashes(connection, _unlisted(holding))
    return Reapplied(len(erased), sum(left), sum(out))


def _concerned(
    connection: Connection, keys: Sequence[bytes], holding: dict[str, Holds]
) -> list[tuple[Subscriber, Holds]]:
    """Those of the list whom something holds of, and what; they are taken out of `holding`.

    A person may be known by several hashes, when the secret was changed meanwhile.
    """
    concerned = []
    for person in tuple(everyone(connection)):
        theirs = [holding.pop(each, {}) for each in address_hashes(keys, person.email)]
        holds = {word: line for each in reversed(theirs) for word, line in each.items()}
        if holds:
            concerned.append((person, holds))
    return concerned


def _lines(
    connection: Connection, keys: Sequence[bytes], since: datetime
) -> Iterator[DepartedLine]:
    columns = suppression.c.address_hash, suppression.c.reason, suppression.c.at
    for hashed, reason, at in connection.execute(select(*columns).where(suppression.c.at >= since)):
        yield DepartedLine(at, DepartedWord(reason), "", hashed)
    gone = select(subscriber.c.email, subscriber.c.since).where(
        subscriber.c.state == SubscriberState.UNSUBSCRIBED, subscriber.c.since >= since
    )
    mark = mark_of(keys[0]).hex()
    for email, at in connection.execute(gone):
        yield DepartedLine(at, DepartedWord.LEFT, mark, address_hash(keys[0], email))


def _unlisted(holding: Mapping[str, Holds]) -> Iterator[KeptHash]:
    """Whose row came after the backup and went again: a hash keeps the address out."""
    for hashed, holds in holding.items():
        for word, line in holds.items():
            yield KeptHash(hashed, Reason(word.value), line.at, line.key or None)


def _leave(connection: Connection, person: Subscriber, holds: Holds, now: datetime) -> bool:
    if DepartedWord.LEFT not in holds or standing.has_left(connection, person):
        return False
    at = min(holds[DepartedWord.LEFT].at, now)
    standing.leave(connection, person, "restore", "departed", at)
    return True


def _keep_out(
    connection: Connection, keys: Sequence[bytes], person: Subscriber, holds: Holds
) -> bool:
    """Whether a bounce or a complaint puts somebody out who was in, or for a graver reason."""
    verdicts = (DepartedWord.COMPLAINED, DepartedWord.BOUNCED)
    word = next((word for word in verdicts if word in holds), None)
    if word is None:
        return False
    before = person.state, why_suppressed(connection, keys, person.email)
    standing.keep_out(connection, keys, person.email, Reason(word.value), holds[word].at)
    after = SubscriberState.SUPPRESSED, why_suppressed(connection, keys, person.email)
    return before != after
