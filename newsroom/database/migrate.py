"""Bring the database to the shape this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

_LOCK = 7_216_021  # any number, the same in every process: PostgreSQL's advisory lock


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction, one process at a time.

    SQLite's write lock is taken when the transaction begins (see `connection`); PostgreSQL is
    asked for an advisory lock that ends with the transaction.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
