"""The database: how it is opened, what it holds, how it changes shape."""

from newsroom.database.connection import (
    open_database,
    overwrite_deleted,
    reading,
    transaction,
)
from newsroom.database.migrate import migrate

__all__ = ["migrate", "open_database", "overwrite_deleted", "reading", "transaction"]
