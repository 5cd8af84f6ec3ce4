"""How the database is opened: one policy for SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DataError, IntegrityError

from newsroom.database.in_use import name_for_server

_BUSY_MS = 30_000  # how long a writer waits for another process on SQLite
_MOST = {"pool_size": 5, "max_overflow": 59}  # connections kept, and more while they are used
# How long PostgreSQL is waited for before it is away: to connect to, and to say that it has heard.
_WAITS = {"connect_timeout": 10, "tcp_user_timeout": 30_000}  # seconds, milliseconds
# What goes wrong with a statement is logged, and its values may be addresses of readers.
_QUIET = {"hide_parameters": True}
_READING: dict[str, dict[str, Any]] = {  # what a connection is told that only looks
    "sqlite": {"only_reads": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def open_database(url: str) -> Engine:
    """An engine for `sqlite:////absolute/path` or `postgresql://…`; no connection is made yet.

    A server that does not answer is given up after some seconds, which the address may set itself.
    """
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        postgres = where.set(drivername="postgresql+psycopg")
        wanted = {**_WAITS, "application_name": name_for_server()}
        given = {name: value for name, value in wanted.items() if name not in where.query}
        engine = create_engine(postgres, pool_pre_ping=True, connect_args=given, **_QUIET, **_MOST)
        event.listen(engine, "handle_error", _leave_out_values)
        return engine
    if where.database:
        _make_closed(Path(where.database))
    engine = create_engine(where, **_QUIET, **(_MOST if where.database else {}))
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: committed at the end, rolled back on an exception."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One look: everything in it is of the same moment, and it neither waits for nor stops writers.

    PostgreSQL refuses to write in it; on SQLite a write could fail, since no lock was taken.
    """
    with engine.connect() as connection:
        yield connection.execution_options(**_READING[engine.dialect.name])


def overwrite_deleted(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which has pages as they were before something was erased.

    Somebody who is reading meanwhile keeps it for as long as that lasts; it is emptied later then.
    """
    if engine.dialect.name != "sqlite":
        return
    with closing(engine.raw_connection()) as connection:  # it may not be done in a transaction
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _make_closed(file: Path) -> None:
    """The database is readers' addresses: nobody else on the machine may read it.

    SQLite gives the log beside it the same mode. What cannot be made it tells itself.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):
        file.touch(mode=0o600, exist_ok=False)


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 (a driver's own object)
    """Write-ahead log, so readers never block the writer; fsync at each commit, so none is lost.

    What is deleted is overwritten with zeros, since it may be a person who asked to be forgotten.
    """
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        f"busy_timeout={_BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _leave_out_values(told: ExceptionContext) -> None:
    """Keep only the first line of what PostgreSQL says of a value: the next ones repeat it."""
    if isinstance(told.sqlalchemy_exception, (DataError, IntegrityError)):
        for error in (told.sqlalchemy_exception, told.original_exception):
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: it could not be had later without failing others.

    A reader takes none: the write-ahead log shows it the last commit.
    """
    only_reads = connection.get_execution_options().get("only_reads", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
