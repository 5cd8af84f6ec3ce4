"""SQLite rows that are overwritten in place, so that removed content leaves no copy behind.

When rows grow, shrink or go, SQLite copies their neighbours from page to page, and its
`secure_delete` does not reach what is left of the copies. So no row here ever changes its length:
what outgrows its row gets another, and the old one is filled with zeros and used again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsroom.content.folder.seal import are_whole, fits, sealed

_SHAPE = {
    "about": "(program BLOB)",
    "front": "(id INTEGER PRIMARY KEY, content BLOB NOT NULL)",  # what every reading asks for
    "sheet": "(id INTEGER PRIMARY KEY, content BLOB NOT NULL)",  # what is opened now and then
}
_NAME = "catalogue.db"
_OWN = 0o600  # for nobody but the program: drafts are in it
_PATIENCE = 2.0  # seconds that another process may take to write
_STEPS = (128, 1024)  # bytes: rows of fronts and sheets are multiples of these
_TRIED = 20  # free rows that are looked at before a new one is made
_IN_THE_WAY = {  # what may be the matter while the file is whole
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM),
    *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM),
}

Content = tuple[bytes, bytes]  # a front and a sheet


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


def is_in_the_way(error: sqlite3.Error) -> bool:
    """Whether the disk, or another process, is the matter, and not the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_THE_WAY


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection to that file, or to a database in memory."""
    # Autocommit: transactions are begun by hand. Any thread may ask; SQLite takes turns.
    database = sqlite3.connect(
        path or ":memory:", timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    database.execute("PRAGMA secure_delete = ON")
    database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is there together, or none of it."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


def program_of(database: sqlite3.Connection) -> bytes | None:
    """The stamp of the program that wrote it; None when it is not, or not whole, our own."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    if {name for (name,) in tables} != _SHAPE.keys():
        return None
    row = database.execute("SELECT program FROM about").fetchone()
    return row[0] if row and isinstance(row[0], bytes) else None


def make_anew(database: sqlite3.Connection, program: bytes) -> None:
    """Take out whatever there is, and begin with the tables empty."""
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in found:
        quoted = name.replace('"', '""')
        database.execute(f'DROP TABLE "{quoted}"')
    for name, columns in _SHAPE.items():
        database.execute(f"CREATE TABLE {name} {columns}")
    database.execute("INSERT INTO about VALUES (?)", (program,))


def fill(
    database: sqlite3.Connection, number: int | None, content: Content, free: list[int]
) -> int:
    """Write this over what is in its row, if it fits there, else into another; gives the number.

    A free row that is taken is free no more, and one that is left is free then.
    """
    own = [number] if number else []
    fitting = (row for row in own + free[:_TRIED] if _fill(database, row, content))
    row = next(fitting, None) or _make(database, content)
    if number and row != number:
        clear(database, number)
        free.append(number)
    if row in free:
        free.remove(row)
    return row


def fronts(database: sqlite3.Connection) -> tuple[list[tuple[int, bytes]], list[int]]:
    """Every row in use with its front, and the free ones. Raises sqlite3.Error if damaged."""
    found = database.execute("SELECT id, CAST(content AS BLOB) FROM front").fetchall()
    used = [(number, front) for number, front in found if _is_used(front)]
    if not are_whole(front for _, front in used):
        raise sqlite3.DatabaseError("a row is not as it was written")
    return used, [number for number, front in found if not _is_used(front)]


def sheet(database: sqlite3.Connection, number: int) -> bytes | None:
    """The sheet in a row; None when there is none, or it is not whole."""
    statement = "SELECT CAST(content AS BLOB) FROM sheet WHERE id = ?"
    row = database.execute(statement, (number,)).fetchone()
    return row[0] if row and _is_used(row[0]) and are_whole(row) else None


def fill_front(database: sqlite3.Connection, number: int, front: bytes) -> None:
    """Write another front into a row, if it fits there."""
    length = "SELECT length(content) FROM front WHERE id = ?"
    (room,) = database.execute(length, (number,)).fetchone()
    if fits(front, room):
        update = "UPDATE front SET content = ? WHERE id = ?"
        database.execute(update, (sealed(front, room), number))


def clear(database: sqlite3.Connection, number: int) -> None:
    """Fill a row with zeros."""
    for table in ("front", "sheet"):
        update = f"UPDATE {table} SET content = zeroblob(length(content)) WHERE id = ?"  # noqa: S608
        database.execute(update, (number,))


def _is_used(content: bytes) -> bool:
    return content[:1] > b"\0"  # with which nothing begins that marshal writes


def _fill(database: sqlite3.Connection, number: int, content: Content) -> bool:
    """Write over what is in a row, if the row is large enough."""
    lengths = database.execute(
        "SELECT length(front.content), length(sheet.content) FROM front JOIN sheet USING (id)"
        " WHERE id = ?",
        (number,),
    ).fetchone()
    if lengths is None or not all(map(fits, content, lengths)):
        return False
    for table, part, length in zip(("front", "sheet"), content, lengths, strict=True):
        update = f"UPDATE {table} SET content = ? WHERE id = ?"  # noqa: S608 (our own names)
        database.execute(update, (sealed(part, length), number))
    return True


def _make(database: sqlite3.Connection, content: Content) -> int:
    """A new row, with a little more room than is needed now, since texts grow."""
    front, sheet = (
        sealed(part, (len(part) * 9 // 8 // step + 1) * step)
        for part, step in zip(content, _STEPS, strict=True)
    )
    database.execute("INSERT INTO front (content) VALUES (?)", (front,))
    database.execute("INSERT INTO sheet VALUES (last_insert_rowid(), ?)", (sheet,))
    (made,) = database.execute("SELECT last_insert_rowid()").fetchone()
    return int(made)
