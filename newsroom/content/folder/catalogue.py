"""The catalogue of the content folder: what was read of each file, kept until the file changes."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from newsroom.content.folder.entry import Entry
from newsroom.content.folder.files import State
from newsroom.content.folder.seal import are_whole
from newsroom.content.folder.tables import (
    OF_A_PIECE,
    TABLES,
    connect,
    is_in_the_way,
    make_anew,
    own_file,
    take_away,
)

_ANY = 0  # no process: what is in memory only is as good in a child

Row = tuple[str, State, bytes]  # of a file: its path, its state, the front of its entry


class Catalogue:
    """Rows in SQLite. What cannot be written there is held in memory as long as the catalogue.

    The file lies in `var/`, which is the program's own: whoever can write there has its secret
    too. What is taken out of it is overwritten, so that an erased person is gone from it as well.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connections: dict[int, sqlite3.Connection] = {}  # by process: none is inherited
        self._loose: dict[str, Entry] = {}
        self._writable = True
        self.rows: list[Row] = []  # as they were when the catalogue was opened
        self.close = finalize(self, _close, self._connections)

    def begin(self, program: bytes) -> None:
        """Read the rows; if they are of another program, begin anew. Raises sqlite3.Error."""
        if self._program() != program:
            with self._writing() as database:
                if self._program() != program:  # another process may have been faster
                    make_anew(database, program)
        self.rows = self._database.execute("SELECT source, state, front FROM file").fetchall()
        if not are_whole(front for _, _, front in self.rows):
            raise sqlite3.DatabaseError("a row is not as it was written")

    def digest(self, source: str) -> bytes | None:
        """The digest of a file as it was last read."""
        return self._one("SELECT digest FROM file WHERE source = ?", source)

    def piece(self, source: str, digest: bytes) -> bytes | None:
        """The piece that was read from this text."""
        if loose := self._loose.get(source):
            return loose.piece if loose.digest == digest else None
        return self._one("SELECT piece FROM sheet WHERE (source, digest) = (?, ?)", source, digest)

    def lines(self, source: str, digest: bytes) -> bytes | None:
        """The lines of the fields of this text."""
        if loose := self._loose.get(source):
            return loose.lines if loose.digest == digest else None
        return self._one("SELECT lines FROM sheet WHERE (source, digest) = (?, ?)", source, digest)

    def rendering(self, text: bytes) -> bytes | None:
        """The rendering of the Markdown text with this digest."""
        loose = (kept for entry in self._loose.values() for kept in entry.renderings)
        return next((html for digest, html in loose if digest == text), None) or self._one(
            "SELECT html FROM rendering WHERE text = ?", text
        )

    def keep(self, entries: Iterable[Entry]) -> None:
        """Put these in place of what was known of their files."""
        entries = tuple(entries)
        kept = self._write(
            *_deletions(entry.source for entry in entries),
            (
                "INSERT INTO file VALUES (?, ?, ?, ?)",
                [(e.source, e.state, e.digest, e.front) for e in entries],
            ),
            (
                "INSERT INTO sheet VALUES (?, ?, ?, ?)",
                [(e.source, e.digest, e.piece, e.lines) for e in entries if e.piece],
            ),
            (
                "INSERT INTO rendering VALUES (?, ?, ?)",
                [(text, e.source, html) for e in entries for text, html in e.renderings],
            ),
        )
        if not kept:
            self._loose.update((entry.source, entry) for entry in entries)

    def keep_states(self, states: Mapping[str, State]) -> None:
        """Other states of files whose text is the same."""
        changes = [(state, source) for source, state in states.items()]
        self._write(("UPDATE file SET state = ? WHERE source = ?", changes))

    def forget(self, sources: Iterable[str]) -> None:
        """Take out all that is known of these files."""
        self._write(*_deletions(sources))

    def forget_all(self) -> None:
        """Take out all that is known of any piece."""
        self._write(*((f"DELETE FROM {table}", [()]) for table in OF_A_PIECE))  # noqa: S608
        self.rows = []

    def about(self, name: str) -> bytes | None:
        """Something kept by a name of its own, whole."""
        return self._one("SELECT value FROM about WHERE name = ?", name)

    def keep_about(self, name: str, value: bytes) -> None:
        """Keep something, sealed, by a name of its own."""
        self._write(("INSERT OR REPLACE INTO about VALUES (?, ?)", [(name, value)]))

    def assets(self) -> dict[str, tuple[State, bytes]]:
        """What is known of files that are no texts."""
        with suppress(sqlite3.Error):
            rows = self._database.execute("SELECT source, state, facts FROM asset").fetchall()
            if are_whole(facts for _, _, facts in rows):
                return {source: (state, facts) for source, state, facts in rows}
        return {}

    def keep_assets(self, known: Mapping[str, tuple[State, bytes]], gone: Iterable[str]) -> None:
        """What is known of some of them now, and which of them are not wanted any more."""
        rows = [(source, *facts) for source, facts in known.items()]
        self._write(
            ("DELETE FROM asset WHERE source = ?", [(source,) for source in gone]),
            ("INSERT OR REPLACE INTO asset VALUES (?, ?, ?)", rows),
        )

    @property
    def _database(self) -> sqlite3.Connection:
        process = os.getpid() if self._path else _ANY
        connection = self._connections.get(process)
        if connection is None:
            connection = self._connections[process] = connect(self._path)
        return connection

    def _program(self) -> bytes | None:
        known = self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if {name for (name,) in known} != TABLES.keys():
            return None
        return self.about("program")

    def _one(self, statement: str, *values: object) -> bytes | None:
        """The one value a statement finds; None when there is none, or it is not whole."""
        with suppress(sqlite3.Error):
            row = self._database.execute(statement, values).fetchone()
            return row[0] if row and isinstance(row[0], bytes) else None
        return None

    def _write(self, *statements: tuple[str, list[tuple[Any, ...]]]) -> bool:
        """Carry all of these out, or none; after the first trouble no more is tried."""
        if not any(values for _, values in statements):
            return True
        if self._writable:
            try:
                with self._writing() as database:
                    for statement, values in statements:
                        database.executemany(statement, values)
            except sqlite3.Error:
                self._writable = False
        return self._writable

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        database = self._database
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                database.execute("ROLLBACK")
            raise


def open_catalogue(folder: Path | None, program: bytes) -> Catalogue:
    """The catalogue in that folder, made anew when it is missing, damaged or of another program.

    Without a folder, and where the disk or another process is in the way, it is in memory.
    """
    path = None
    with suppress(OSError):
        path = folder and own_file(folder)
    for again in (path, path) if path else ():
        try:
            return _begun(again, program)
        except sqlite3.Error as error:
            if is_in_the_way(error):
                break
            take_away(again)
    return _begun(None, program)


def _begun(path: Path | None, program: bytes) -> Catalogue:
    catalogue = Catalogue(path)
    try:
        catalogue.begin(program)
    except sqlite3.Error:
        catalogue.close()
        raise
    return catalogue


def _deletions(sources: Iterable[str]) -> Iterator[tuple[str, list[tuple[str]]]]:
    named = [(source,) for source in sources]
    for table in OF_A_PIECE:
        yield f"DELETE FROM {table} WHERE source = ?", named  # noqa: S608 (our own names)


def _close(connections: dict[int, sqlite3.Connection]) -> None:
    """Close this process's own; of an inherited one SQLite says that it must not even be closed."""
    for process in (os.getpid(), _ANY):
        if connection := connections.get(process):
            connection.close()
