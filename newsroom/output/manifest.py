"""What the last build made: by this a file is known to be ours, and to be as we left it."""

import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

_TABLES = """
CREATE TABLE IF NOT EXISTS file (path PRIMARY KEY, inputs, size, modified) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS maker (version);
CREATE TABLE IF NOT EXISTS build (name);
"""
_OLD = "SELECT count(*) = 0 FROM sqlite_master WHERE name = 'build'"  # of an earlier release
_DAMAGE = {  # what SQLite says of a file that is not, or no longer, a manifest
    *(sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT),
    None,  # what Python says: text that is none
}


class Made(NamedTuple):
    """One file of the site, as it was left."""

    path: str  # below the site's root
    inputs: str = ""  # digest of what it was made from; "" when it is not known to be made
    size: int = -1
    modified: int = -1  # nanoseconds

    def is_untouched(self, root: str) -> bool:
        """Whether the file is there as we left it: cheap to ask, and enough to see an edit."""
        try:
            found = os.stat(root + self.path)  # noqa: PTH116 (thousands: a Path costs as much again)
        except OSError:
            return False
        return found.st_size == self.size and found.st_mtime_ns == self.modified


class Manifest:
    """The files of the last build, in a small database of its own.

    Each change is one transaction, synced to the disk: what was remembered before a process was
    killed, or the power went, is remembered after. One that is damaged or foreign is as good as
    none, and is replaced by the first change: files that the next build does not make again are
    then no longer known as ours. To look at it changes nothing; to change it is for who holds the
    lock of the build.
    """

    def __init__(self, state: Path) -> None:
        """What is remembered at `state`. Raises sqlite3.Error when it cannot be looked at."""
        self.version = ""  # of the program and the templates that made the files
        self.build = ""  # the name of the last build that went through to its end
        self.files: Mapping[str, Made] = {}
        self._state = state
        self._is_damaged = False
        if not state.is_file():
            return
        try:
            with closing(sqlite3.connect(state)) as database:
                rows = database.execute("SELECT path, inputs, size, modified FROM file")
                self.files = {row[0]: Made._make(row) for row in rows}
                self.version = "".join(*database.execute("SELECT version FROM maker"))
                if database.execute(_OLD).fetchone() == (0,):
                    self.build = "".join(*database.execute("SELECT name FROM build"))
        except (sqlite3.DatabaseError, TypeError) as fault:
            if getattr(fault, "sqlite_errorcode", None) not in _DAMAGE:
                raise
            self.version, self.build, self.files = "", "", {}
            self._is_damaged = True

    def stands(self, out: Path) -> bool:
        """Whether every file is in the folder as it was left."""
        root = f"{out}/"
        return all(made.is_untouched(root) for made in self.files.values())

    def announce(self, paths: Iterable[str]) -> None:
        """Remember new paths before they exist, so that a killed build leaves nothing unowned."""
        new = {path: Made(path) for path in paths if path not in self.files}
        if new:
            self._change(self.version, self.build, new.values(), ())
            self.files = {**self.files, **new}

    def keep(self, version: str, files: Mapping[str, Made], build: str = "") -> None:
        """Remember exactly these, writing what differs."""
        new = [made for path, made in files.items() if self.files.get(path) != made]
        gone = self.files.keys() - files.keys()
        if new or gone or (version, build) != (self.version, self.build):
            self._change(version, build, new, gone)
        self.version, self.build, self.files = version, build, dict(files)

    def _change(self, version: str, build: str, new: Iterable[Made], gone: Iterable[str]) -> None:
        if self._is_damaged:
            self._discard()
        with closing(sqlite3.connect(self._state)) as database:
            database.executescript(_TABLES)
            with database:
                database.execute("DELETE FROM maker")
                database.execute("INSERT INTO maker VALUES (?)", (version,))
                database.execute("DELETE FROM build")
                database.execute("INSERT INTO build VALUES (?)", (build,))
                database.executemany("REPLACE INTO file VALUES (?, ?, ?, ?)", new)
                database.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))

    def _discard(self) -> None:
        self._is_damaged = False
        for name in (self._state.name, f"{self._state.name}-journal"):
            self._state.with_name(name).unlink(missing_ok=True)
