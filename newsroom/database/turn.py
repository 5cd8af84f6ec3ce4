"""A lock: one process at a time changes the readers' tables and the outbox."""

from sqlalchemy import Connection, text

_LOCK = 7_216_022  # any number that nothing else in the database uses


def take_turn(connection: Connection) -> None:
    """Wait for every other process that changes the list; the turn ends with the transaction.

    SQLite's write lock was taken when the transaction began.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
