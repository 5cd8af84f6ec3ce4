"""Who left, kept in files beside the database: a restored backup would forget them.

A file for each month, a line for each word: when, what, under which secret, and the keyed hash of
the address (as in `suppression`). Lines are only added. They are on the disk before the database
commits what they are about, so nothing that it knows is missing here; what it then fails to commit
was asked for all the same.

Who opens the database attaches the register once (`attach`). From then on everything that ends or
takes up a subscription is noted by whoever writes it, and nobody can forget to have it kept.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from newsroom.model.refusal import why
from newsroom.model.saying import say
from newsroom.model.seal import mark_of
from newsroom.readers.suppression import Reason, address_hash

log = logging.getLogger(__name__)

KEPT = timedelta(days=760)  # longer than anybody who left is known by address
_NOTED = "newsroom.departed"  # where a connection keeps what its transaction has to say
_FIELDS = 4
_HASH = 64  # characters


class DepartedWord(StrEnum):
    """What is said of an address."""

    LEFT = "left"
    ERASED = "erased"
    COMPLAINED = "complained"
    BOUNCED = "bounced"
    RETURNED = "returned"  # by their own wish: nothing holds but a complaint
    ACQUITTED = "acquitted"  # a bounce or a complaint was taken back


@dataclass(frozen=True, slots=True)
class DepartedLine:
    """One word of one address."""

    at: datetime  # aware
    word: DepartedWord
    key: str  # the mark of the secret, in hexadecimal
    address_hash: str


@dataclass(frozen=True, slots=True)
class DepartedRegister:
    """The lines in one folder."""

    folder: Path

    def add(self, lines: Sequence[DepartedLine]) -> None:
        """Write lines down; when this returns they are on the disk."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for month in sorted({_month(line.at) for line in lines}):
            _append(self.folder / month, [line for line in lines if _month(line.at) == month])

    def since(self, moment: datetime) -> tuple[DepartedLine, ...]:
        """What was said since a time, in the order in which it was."""
        files = [path for path in self._files() if path.name >= _month(moment)]
        lines = (line for path in files for line in _read(path))
        return tuple(sorted((one for one in lines if one.at >= moment), key=lambda one: one.at))

    def begins(self) -> str | None:
        """The first month that anything is known of, as 2026-06; None when nothing is."""
        return next((path.name for path in self._files()), None)

    def past(self, now: datetime) -> tuple[Path, ...]:
        """The files of the months that are long past: nothing that they know has to be known."""
        return tuple(path for path in self._files() if path.name < _month(now - KEPT))

    def take_over(self, lines: Iterable[DepartedLine]) -> None:
        """Write down those of these lines that are not here yet."""
        known = {line for path in self._files() for line in _read(path)}
        missing = tuple(dict.fromkeys(line for line in lines if line not in known))
        if missing:
            self.add(missing)

    def copy_to(self, folder: Path) -> None:
        """Have every line of this register in another folder too.

        Other machines may write there, and what they wrote stays: lines are only added.
        """
        DepartedRegister(folder).take_over(line for path in self._files() for line in _read(path))

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]"))


def attach(engine: Engine, register: DepartedRegister, secret: bytes) -> None:
    """Have each later transaction of this engine write its words (`note`) down when it commits.

    It must be done before the first connection is made.
    """

    def begin(_driver: object, entry: ConnectionPoolEntry) -> None:
        entry.info[_NOTED] = []

    def keep(connection: Connection) -> None:
        noted = connection.info.get(_NOTED)
        if noted:
            _keep(register, secret, noted)
            noted.clear()

    def drop(connection: Connection) -> None:
        connection.info.get(_NOTED, []).clear()

    listeners: dict[str, Callable[..., None]] = {"connect": begin, "commit": keep, "rollback": drop}
    for name, listener in listeners.items():
        event.listen(engine, name, listener)


def note(connection: Connection, email: str, word: DepartedWord, at: datetime) -> None:
    """Say a word of an address; it is written down when the transaction is committed."""
    noted = connection.info.get(_NOTED)
    if noted is not None:
        noted.append((at, word, email))


def note_reason(connection: Connection, email: str, reason: Reason, at: datetime) -> None:
    """Say why an address must stay out."""
    note(connection, email, DepartedWord(reason.value), at)


def _keep(
    register: DepartedRegister, secret: bytes, noted: Iterable[tuple[datetime, DepartedWord, str]]
) -> None:
    """A full disk keeps nobody from leaving: it is told, and the database knows of it."""
    mark = mark_of(secret).hex()
    try:
        register.add(
            [DepartedLine(at, word, mark, address_hash(secret, who)) for at, word, who in noted]
        )
    except OSError as error:
        log.error(  # noqa: TRY400 (the trace says no more)
            say(
                "{folder}: who left is not written down beside the database ({error}); an older "
                "backup would bring them back",
                folder=register.folder,
                error=why(error),
            )
        )


def _append(path: Path, lines: Iterable[DepartedLine]) -> None:
    """One write, which other processes' lines come before or after; a torn end stays alone."""
    text = "".join(
        f"\n{line.at.astimezone(UTC).isoformat()} {line.word} {line.key} {line.address_hash}"
        for line in lines
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        rest = text.encode()
        while rest:  # a disk that is nearly full takes a part, and refuses the next
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Iterator[DepartedLine]:
    """The lines of a file; one that a power cut tore says nothing."""
    for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = text.split(" ")
        if len(fields) != _FIELDS:
            continue
        at, word, key, hashed = fields
        if len(hashed) != _HASH:
            continue
        try:
            yield DepartedLine(datetime.fromisoformat(at), DepartedWord(word), key, hashed)
        except ValueError:
            continue


def _month(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m}"
