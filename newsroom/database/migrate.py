"""Bring the database to the shape this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from newsroom.database.connection import reading, transaction

_LOCK = 7_216_021  # any number, the same in every process: PostgreSQL's advisory lock


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction, one process at a time.

    SQLite's write lock is taken when the transaction begins (see `connection`); PostgreSQL is
    asked for an advisory lock that ends with the transaction. Where nothing is missing nobody is
    waited for.
    """
    if _is_up_to_date(engine):
        return
    with transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(_config(connection), "head")


def _is_up_to_date(engine: Engine) -> bool:
    with reading(engine) as connection:
        there = MigrationContext.configure(connection).get_current_heads()
        wanted = ScriptDirectory.from_config(_config(connection)).get_heads()
    return set(there) == set(wanted)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
