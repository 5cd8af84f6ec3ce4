"""One clock for every machine."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from newsroom.database import open_database
from newsroom.delivery.sending.clock import shared_clock

ADJUSTED = timedelta(minutes=1)  # by as much the machine's own clock may be set meanwhile


def test_on_sqlite_it_is_the_machines_own(database: Engine) -> None:
    """On SQLite there is one machine, so its clock is everybody's."""

    def local() -> datetime:
        return datetime(2026, 6, 2, tzinfo=UTC)

    assert shared_clock(database, local) is local


@pytest.mark.parametrize("wrong", [timedelta(hours=-3), timedelta(0), timedelta(minutes=7)])
def test_on_postgresql_it_is_the_servers(postgres_url: str, wrong: timedelta) -> None:
    """A machine whose clock is wrong still sends by the server's."""
    database = open_database(postgres_url)
    before = datetime.now(UTC)

    now = shared_clock(database, lambda: datetime.now(UTC) + wrong)()

    database.dispose()
    assert before - ADJUSTED <= now <= datetime.now(UTC) + ADJUSTED
