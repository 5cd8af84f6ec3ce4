"""Rows written over: by two at once, too."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Engine, select

from newsroom.database import transaction
from newsroom.database.incoming import InboxMark, read_mark, write_mark
from newsroom.database.tables import mail_host
from newsroom.delivery.pace.lane_groups import keep_hosts

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
Write = Callable[[Connection, int], None]


def hosts(connection: Connection, number: int) -> None:
    """What the DNS said, in one order or the other."""
    names = ["a.example", "b.example"][:: 1 if number else -1]
    keep_hosts(connection, dict.fromkeys(names, f"mx{number}.example"), NOW)


def mark(connection: Connection, number: int) -> None:
    """How far the inbox was read."""
    write_mark(connection, "inbox", InboxMark(1, number))


def all_hosts(connection: Connection) -> list[str | None]:
    """What is known of the two domains."""
    return list(connection.scalars(select(mail_host.c.host).order_by(mail_host.c.domain)))


@pytest.mark.parametrize("write", [hosts, mark])
def test_two_at_once(either_database: Engine, write: Write) -> None:
    """Two processes write the same rows: neither fails, and the later word stands."""
    written, second = threading.Event(), threading.Event()

    def first() -> None:
        with transaction(either_database) as connection:
            write(connection, 0)
            written.set()
            second.wait(0.3)  # the other one waits for us by now

    def other() -> None:
        written.wait()
        with transaction(either_database) as connection:
            write(connection, 1)
            second.set()

    with ThreadPoolExecutor() as people:
        for done in [people.submit(first), people.submit(other)]:
            done.result()

    with transaction(either_database) as connection:
        found = read_mark(connection, "inbox") if write is mark else all_hosts(connection)
    assert found == (InboxMark(1, 1) if write is mark else ["mx1.example"] * 2)
