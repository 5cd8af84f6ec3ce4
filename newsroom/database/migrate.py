"""Bring the database to the shape this version needs."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from newsroom.database.connection import reading, transaction
from newsroom.errors import StateError
from newsroom.model.saying import say

_HERE = Path(__file__).parent
_LOCK = 7_216_021  # any number, the same in every process: PostgreSQL's advisory lock


def migrate(engine: Engine, before: Callable[[], None] | None = None) -> None:
    """Run the migrations that are missing, in one transaction, one process at a time.

    SQLite's write lock is taken when the transaction begins (see `connection`); PostgreSQL is
    asked for an advisory lock that ends with the transaction. Where nothing is missing nobody is
    waited for. `before` is called first, by the process that migrates, when there is a database to
    lose: what it raises leaves everything as it was. Raises StateError for a database that another
    version of newsroom has made.

    Alembic is taken in only where something is missing: nearly every command passes here.
    """
    with reading(engine) as connection:
        if _shape(connection) == _newest():
            return
    with transaction(engine) as connection:
        take_shape(connection)
        there = _shape(connection)
        if there == _newest():
            return  # another process was first
        if there and not knows(there):
            raise StateError(
                say(
                    "the database here is newer than this version of newsroom knows (migration "
                    "{migration}); install the newer version first",
                    migration=there,
                )
            )
        if there and before is not None:
            before()
        upgrade(connection, "head")


def take_shape(connection: Connection) -> None:
    """Be the only process that changes the tables' shape, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def upgrade(connection: Connection, revision: str) -> None:
    """Run the migrations up to this one, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def knows(revision: str) -> bool:
    """Whether this version has a migration of that name."""
    return revision in _revisions()


def _shape(connection: Connection) -> str | None:
    """The last migration that was run; None of a database in which nothing is."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    shape: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return shape


def _newest() -> str:
    return max(_revisions())


def _revisions() -> set[str]:
    """The migrations that there are: each is named by the number that its file begins with."""
    return {file.name.partition("_")[0] for file in (_HERE / "versions").glob("[0-9]*_*.py")}
