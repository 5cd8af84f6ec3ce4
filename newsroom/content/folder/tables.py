"""The file that the catalogue stands in: its tables, and how it is opened."""

import sqlite3
from pathlib import Path

TABLES = {
    "about": "(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "file": "(source TEXT PRIMARY KEY, state BLOB, digest BLOB, front BLOB) WITHOUT ROWID",
    "sheet": "(source TEXT PRIMARY KEY, digest BLOB, piece BLOB, lines BLOB)",
    "rendering": "(text BLOB, source TEXT, html BLOB)",
    "asset": "(source TEXT PRIMARY KEY, state BLOB, facts BLOB) WITHOUT ROWID",
}
OF_A_PIECE = ("file", "sheet", "rendering")
_INDEXES = (
    "CREATE INDEX rendering_text ON rendering (text)",
    "CREATE INDEX rendering_source ON rendering (source)",
)
_NAME = "catalogue.db"
_OWN = 0o600  # for nobody but the program: drafts are in it
_PATIENCE = 2.0  # seconds that another process may take to write
_IN_THE_WAY = {  # what may be the matter while the file is whole
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM),
}


def own_file(folder: Path) -> Path:
    """The file of the catalogue in a folder, there from now on. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _NAME
    if not path.exists():
        path.touch(_OWN)
    return path


def take_away(path: Path) -> None:
    """Begin without the file, and without what SQLite would undo in it."""
    for name in (path, path.with_name(f"{path.name}-journal")):
        name.unlink(missing_ok=True)


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection to that file, or to a database in memory. What is taken out is overwritten."""
    # Autocommit: transactions are begun by hand. Any thread may ask; SQLite takes turns.
    database = sqlite3.connect(
        path or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    database.execute("PRAGMA secure_delete = ON")
    database.execute("PRAGMA synchronous = NORMAL")
    return database


def make_anew(database: sqlite3.Connection, program: bytes) -> None:
    """Take out whatever there is, and begin with the tables empty."""
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in found:
        quoted = name.replace('"', '""')
        database.execute(f'DROP TABLE "{quoted}"')
    for name, columns in TABLES.items():
        database.execute(f"CREATE TABLE {name} {columns}")
    for index in _INDEXES:
        database.execute(index)
    database.execute("INSERT INTO about VALUES ('program', ?)", (program,))


def is_in_the_way(error: sqlite3.Error) -> bool:
    """Whether the disk, or another process, is the matter, and not the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_THE_WAY
