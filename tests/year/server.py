"""A database server whose own clock shows the year's time, as a real one shows the real time.

What newsroom asks the server for stays as it is: PostgreSQL looks for a function along a path, and
here it finds ours before its own.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, make_url, text

from newsroom.database import open_database, transaction

_NAME = "year"  # of the database, and of what lies in it beside the newsroom's tables
_CLOCK = (
    f"CREATE SCHEMA {_NAME}",
    f"CREATE TABLE {_NAME}.clock (shows timestamptz NOT NULL)",
    f"INSERT INTO {_NAME}.clock VALUES ('2025-12-31')",
    f"CREATE FUNCTION {_NAME}.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql "
    f"AS 'SELECT shows FROM {_NAME}.clock'",
    f"ALTER DATABASE {_NAME} SET search_path = public, {_NAME}, pg_catalog",
)
_OWN = ("public", "newsroom_engine")  # schemas in which newsroom has its tables


@dataclass(frozen=True, slots=True)
class Server:
    """The server, as the year knows it."""

    address: str  # as NEWSROOM_DATABASE wants it
    engine: Engine

    def show(self, time: datetime) -> None:
        """Have its clock show a time, later or earlier."""
        with transaction(self.engine) as connection:
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            connection.execute(text(f"UPDATE {_NAME}.clock SET shows = :time"), {"time": time})

    def loses_its_disk(self) -> None:
        """Nothing is left of what newsroom wrote."""
        with transaction(self.engine) as connection:
            for schema in _OWN:
                connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))


def server_of(environ: Mapping[str, str]) -> Server | None:
    """The server that the settings name; None where the database is a file."""
    address = environ.get("NEWSROOM_DATABASE")
    return Server(address, open_database(address)) if address else None


@contextmanager
def server(url: str) -> Iterator[Server]:
    """A new database on a running PostgreSQL, as long as the context lasts."""
    own = make_url(url).set(database=_NAME).render_as_string(hide_password=False)
    _tell(url, f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)", f"CREATE DATABASE {_NAME}")
    _tell(own, *_CLOCK)
    engine = open_database(own)
    try:
        yield Server(own, engine)
    finally:
        engine.dispose()
        _tell(url, f"DROP DATABASE {_NAME} WITH (FORCE)")


def _tell(url: str, *statements: str) -> None:
    """Run each statement by itself: databases are not made in transactions."""
    engine = open_database(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
