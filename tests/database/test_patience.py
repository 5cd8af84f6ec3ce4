"""Waiting for a database that refuses."""

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from newsroom.database import transaction
from newsroom.database.patience import insist


def refusing(times: int) -> Callable[[], str]:
    """Work that the database refuses so many times."""
    left = iter([True] * times)

    def work() -> str:
        if next(left, False):
            raise OperationalError("INSERT", {}, sqlite3.OperationalError("database is locked"))
        return "written"

    return work


def test_refused_work_is_done_in_the_end(caplog: pytest.LogCaptureFixture) -> None:
    """What is refused a few times is tried again until it is done, and told of once."""
    assert insist(refusing(3), patience=60) == "written"
    assert [record.getMessage() for record in caplog.records] == [
        "the database refuses (database is locked); trying again"
    ]


def test_patience_has_an_end() -> None:
    """When the time is up the refusal is the caller's."""
    with pytest.raises(OperationalError, match="locked"):
        insist(refusing(1), patience=0)


def test_full_database_is_a_refusal(database: Engine) -> None:
    """A disk without room is met like a lock."""

    def fill_up() -> None:
        with transaction(database) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")
            connection.execute(text("CREATE TABLE more AS SELECT randomblob(100000) AS bytes"))

    with pytest.raises(OperationalError, match="full"):
        insist(fill_up, patience=0)


def test_a_mistake_is_no_refusal(database: Engine) -> None:
    """Work that could never be done is not tried twice."""
    tries = []

    def wrong() -> None:
        tries.append(1)
        with transaction(database) as connection:
            connection.execute(text("INSERT INTO subscriber (id) VALUES (1)"))

    with pytest.raises(Exception, match="NOT NULL"):
        insist(wrong, patience=60)
    assert len(tries) == 1
