"""Look through the log of consents: that it is whole, and goes on from where it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from newsroom.database import reading
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.readers import consent
from newsroom.readers.anchor import Anchor, read_anchor, write_anchor
from newsroom.readers.consent import Head


@dataclass(frozen=True, slots=True)
class Verified:
    """A log that is whole."""

    entries: int
    since: datetime | None  # when it was last looked through; None for the first time


def verify_consents(
    engine: Engine, keys: Sequence[bytes], anchor: Path, now: datetime, *, accept: bool = False
) -> Verified:
    """Look through the whole log, and write down in the file `anchor` how far it goes.

    Raises StateError where an entry was changed, or where the log does not have what was written
    down before; that second one `accept` passes over, as after a restored backup.
    """
    written = None if accept else read_anchor(anchor, keys)
    with reading(engine) as connection:
        head = _whole(connection)
        if written is not None:
            _goes_on(connection, head, written)
    write_anchor(anchor, keys, head, now)
    return Verified(head.number, written.at if written else None)


def _whole(connection: Connection) -> Head:
    broken = consent.first_broken(connection)
    if broken is not None:
        raise StateError(
            say(
                "the log of consents was changed at entry {broken}; compare it with a backup",
                broken=broken,
            )
        )
    return consent.head(connection)


def _goes_on(connection: Connection, head: Head, written: Anchor) -> None:
    if consent.hash_at(connection, written.number) == written.hash:
        return
    raise StateError(
        say(
            "the log of consents has {entries} entries, which are not those of {day:%Y-%m-%d}, "
            "when there were {before}; after a restored backup, say: {command}",
            entries=head.number,
            day=written.at,
            before=written.number,
            command="newsroom subscribers verify --accept",
        )
    )
