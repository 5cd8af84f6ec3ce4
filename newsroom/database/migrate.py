"""Bring the database to the shape this version needs."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from newsroom.database.connection import reading, transaction

_LOCK = 7_216_021  # any number, the same in every process: PostgreSQL's advisory lock


def migrate(engine: Engine, before: Callable[[], None] | None = None) -> None:
    """Run the migrations that are missing, in one transaction, one process at a time.

    SQLite's write lock is taken when the transaction begins (see `connection`); PostgreSQL is
    asked for an advisory lock that ends with the transaction. Where nothing is missing nobody is
    waited for. `before` is called first, by the process that migrates, when there is a database to
    lose: what it raises leaves everything as it was.
    """
    if _is_up_to_date(engine):
        return
    with transaction(engine) as connection:
        take_shape(connection)
        there = _heads(connection)
        if there == _wanted():
            return  # another process was first
        if there and before is not None:
            before()
        upgrade(connection, "head")


def take_shape(connection: Connection) -> None:
    """Be the only process that changes the tables' shape, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def upgrade(connection: Connection, revision: str) -> None:
    """Run the migrations up to this one, in the caller's transaction."""
    command.upgrade(_config(connection), revision)


def knows(revision: str) -> bool:
    """Whether this version has a migration of that name."""
    return any(script.revision == revision for script in _scripts().walk_revisions())


def _is_up_to_date(engine: Engine) -> bool:
    with reading(engine) as connection:
        return _heads(connection) == _wanted()


def _heads(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _wanted() -> set[str]:
    return set(_scripts().get_heads())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
