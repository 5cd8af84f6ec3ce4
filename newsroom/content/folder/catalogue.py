"""The cache of the content folder: what was read of each file, until the file changes."""

import marshal
import os
import sqlite3
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from newsroom.content.folder.rows import (
    Content,
    clear,
    connect,
    fill,
    fill_front,
    fronts,
    is_in_the_way,
    make_anew,
    own_file,
    program_of,
    sheet,
    take_away,
    writing,
)

_ANY = 0  # no process: what is in memory only is as good in a child

Row = tuple[Any, ...]  # a front or a sheet, unfolded; a front begins with its name


class Catalogue:
    """Fronts and sheets by name, in SQLite. What cannot be written there is held in memory.

    The file lies in `var/`, which is the program's own: whoever can write there has its secret
    too. What is taken out of it is overwritten, so that an erased person is gone from it as well.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connections: dict[int, sqlite3.Connection] = {}  # by process: none is inherited
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._version = 0  # what SQLite calls the data as others have left it
        self._loose: dict[str, bytes] = {}  # sheets
        self._writable = True
        self.rows: dict[str, Row] = {}
        self.close = finalize(self, _close, self._connections)

    def begin(self, program: bytes) -> None:
        """Read the rows; if they are of another program, begin anew. Raises sqlite3.Error."""
        if program_of(self._database) != program:
            with writing(self._database):
                if program_of(self._database) != program:  # another process may have been faster
                    make_anew(self._database, program)
        self.rows = self._read()

    def sheet(self, name: str) -> Row | None:
        """The sheet kept by a name; None when there is none, or it is not whole."""
        kept = self._loose.get(name)
        if kept is None and name in self._slots:
            with suppress(sqlite3.Error):
                kept = sheet(self._database, self._slots[name])
        return marshal.loads(kept) if kept else None  # noqa: S302 (whole, so ours)

    def keep(self, contents: Mapping[str, Content]) -> None:
        """Keep these by their names, in place of what was there."""

        def put(database: sqlite3.Connection) -> None:
            for name, content in contents.items():
                self._slots[name] = fill(database, self._slots.get(name), content, self._free)

        if contents and not self._write(put):
            self._loose.update((name, sheet) for name, (_, sheet) in contents.items())
        self.rows.update((name, marshal.loads(front)) for name, (front, _) in contents.items())  # noqa: S302

    def keep_fronts(self, fronts: Mapping[str, bytes]) -> None:
        """Other fronts, of the same length, with the same sheets."""

        def put(database: sqlite3.Connection) -> None:
            for name in fronts.keys() & self._slots.keys():
                fill_front(database, self._slots[name], fronts[name])

        if fronts:
            self._write(put)

    def forget(self, names: Collection[str]) -> None:
        """Take out all that is kept by these names."""

        def take(database: sqlite3.Connection) -> None:
            for name in self._slots.keys() & names:
                number = self._slots.pop(name)
                clear(database, number)
                self._free.append(number)

        if names:
            self._write(take)
        for name in names:
            self.rows.pop(name, None)

    @property
    def _database(self) -> sqlite3.Connection:
        process = os.getpid() if self._path else _ANY
        connection = self._connections.get(process)
        if connection is None:
            connection = self._connections[process] = connect(self._path)
        return connection

    def _read(self) -> dict[str, Row]:
        """The rows as they are now; and where they are, and which of them are free."""
        (self._version,) = self._database.execute("PRAGMA data_version").fetchone()
        used, self._free = fronts(self._database)
        rows = [marshal.loads(front) for _, front in used]  # noqa: S302 (whole, so ours)
        names = [row[0] for row in rows]
        self._slots = dict(zip(names, (number for number, _ in used), strict=True))
        return dict(zip(names, rows, strict=True))

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> bool:
        """Carry a change out, whole or not at all; after the first trouble no more is tried."""
        if self._writable:
            try:
                with writing(self._database):
                    (version,) = self._database.execute("PRAGMA data_version").fetchone()
                    if version != self._version:  # another process has moved things
                        self._read()
                    change(self._database)
            except sqlite3.Error:
                self._writable = False
        return self._writable


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


def _close(connections: dict[int, sqlite3.Connection]) -> None:
    """Close this process's own; of an inherited one SQLite says that it must not even be closed."""
    for process in (os.getpid(), _ANY):
        if connection := connections.get(process):
            connection.close()
