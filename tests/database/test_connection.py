"""How the database is looked at and written to, on both databases."""

import os
from contextlib import ExitStack
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import Engine, event, func, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from newsroom.database import migrate, open_database, reading, transaction
from newsroom.database.tables import issue
from newsroom.model import SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from tests.delivery.sample_ledger import NOW

ROW = {"name": "2026-var", "state": "drafted", "updated": NOW}


def test_look_waits_for_no_writer(either_database: Engine) -> None:
    """While somebody writes, a look shows the last commit at once."""
    with transaction(either_database) as writer:
        writer.execute(insert(issue).values(ROW))

        with reading(either_database) as connection:
            before = connection.scalar(select(func.count()).select_from(issue))
        migrate(either_database)

    with reading(either_database) as connection:
        after = connection.scalar(select(func.count()).select_from(issue))
    assert (before, after) == (0, 1)


@pytest.mark.parametrize(("query", "seconds"), [("", 10), ("?connect_timeout=3", "3")])
def test_a_server_that_does_not_answer_is_given_up(query: str, seconds: object) -> None:
    """Nobody waits for PostgreSQL for ever: some seconds, or as long as its address says."""
    engine, told = open_database(f"postgresql://localhost/x{query}"), dict[str, object]()

    class Seen(Exception):  # noqa: N818 (what is connected with is seen, and that is all)
        pass

    def see(_dialect: object, _entry: object, _args: object, given: dict[str, object]) -> None:
        told.update(given)
        raise Seen

    event.listen(engine, "do_connect", see)
    with pytest.raises(Seen):
        engine.connect()

    assert told["connect_timeout"] == seconds
    assert told["tcp_user_timeout"] == 30_000


def test_nobody_else_may_read_the_list(tmp_path: Path) -> None:
    """A new SQLite database, its log and its folder are closed to the machine's other accounts."""
    mask = os.umask(0o022)
    try:
        engine = open_database(f"sqlite:///{tmp_path}/var/newsroom.db")
        migrate(engine)
        files = list((tmp_path / "var").iterdir())
        modes = {path.name: path.stat().st_mode & 0o777 for path in files}
        engine.dispose()
    finally:
        os.umask(mask)

    assert modes == dict.fromkeys(("newsroom.db", "newsroom.db-wal", "newsroom.db-shm"), 0o600)
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_look_is_of_one_moment(either_database: Engine) -> None:
    """What is committed during a look does not show in it."""
    with reading(either_database) as connection:
        before = connection.scalar(select(func.count()).select_from(issue))
        with transaction(either_database) as writer:
            writer.execute(insert(issue).values(ROW))

        assert connection.scalar(select(func.count()).select_from(issue)) == before == 0


def test_look_writes_nothing(postgres_database: Engine) -> None:
    """A look cannot be used to write; the connection's next user can."""
    with reading(postgres_database) as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.execute(insert(issue).values(ROW))

    with transaction(postgres_database) as connection:
        connection.execute(insert(issue).values(ROW))


def test_transaction_is_all_or_nothing(either_database: Engine) -> None:
    """What breaks off in the middle leaves nothing behind."""
    with pytest.raises(DBAPIError), transaction(either_database) as connection:
        connection.execute(insert(issue), [ROW, ROW])

    with reading(either_database) as connection:
        assert connection.scalar(select(func.count()).select_from(issue)) == 0


def test_every_sender_has_a_connection(either_database: Engine) -> None:
    """Fifty connections can be held at the same time: a sender keeps one while it works."""
    with ExitStack() as senders:
        for _ in range(50):
            connection = senders.enter_context(reading(either_database))
            assert connection.scalar(select(func.count()).select_from(issue)) == 0


def test_what_goes_wrong_names_no_reader(either_database: Engine) -> None:
    """An error's words may stand in a log: neither the statement's values nor the server's."""
    person = NewSubscriber("anna@example.se", SubscriberState.ACTIVE, "sv")
    with transaction(either_database) as connection:
        subscribers.add(connection, [person], NOW)

    with pytest.raises(IntegrityError) as told, transaction(either_database) as connection:
        subscribers.add(connection, [person], NOW)

    assert "anna@example.se" not in "".join(format_exception(told.value))
