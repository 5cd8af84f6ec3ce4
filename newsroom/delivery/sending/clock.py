"""One clock for every machine that sends: that of the database."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from newsroom.database import reading

Clock = Callable[[], datetime]

_GOOD_FOR = 60.0  # seconds until the difference is measured again


def shared_clock(database: Engine, local: Clock) -> Clock:
    """The time by which all machines pace their sending.

    On SQLite everybody is on one machine, so it is that machine's own clock. On PostgreSQL it is
    the server's: the difference is measured once a minute, not asked for with every message.
    """
    if database.dialect.name == "sqlite":
        return local
    ahead, measured = _ahead(database, local), time.monotonic()

    def now() -> datetime:
        nonlocal ahead, measured
        if time.monotonic() - measured > _GOOD_FOR:
            ahead, measured = _ahead(database, local), time.monotonic()
        return local() + ahead

    return now


def _ahead(database: Engine, local: Clock) -> timedelta:
    """How far the server's clock is ahead of ours."""
    with reading(database) as connection:
        server: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return server - local()
