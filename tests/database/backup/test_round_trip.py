"""A database written down as lines, and another one filled from them."""

import json
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import Engine, insert, select

from newsroom.database import migrate, open_database, reading, transaction
from newsroom.database.backup.dump import lines, revision, sheets
from newsroom.database.backup.load import clear_tables, fill
from newsroom.database.migrate import upgrade
from newsroom.database.tables import metadata, notice, subscriber
from newsroom.model import SubscriberState
from newsroom.readers import subscribers
from newsroom.readers.subscribers import NewSubscriber
from tests.database.rows import every_row, fill_every_table
from tests.delivery.sample_ledger import NOW


@pytest.fixture
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A SQLite database that nothing has been done with."""
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('other')}/newsroom.db")
    yield engine
    engine.dispose()


def written_down(engine: Engine) -> dict[str, list[bytes]]:
    """All tables as lines."""
    with reading(engine) as connection:
        return {sheet.name: list(lines(connection, sheet)) for sheet in sheets(connection)}


def refill(engine: Engine, written: Mapping[str, list[bytes]], come_to: str) -> None:
    """Make a database of the lines, whatever it held."""
    with transaction(engine) as connection:
        clear_tables(connection)
        fill(connection, come_to, written.values())


def head(engine: Engine) -> str:
    """Which migration a database has come to."""
    with reading(engine) as connection:
        found = revision(connection)
    assert found is not None
    return found


def test_each_table_comes_back_on_the_other_database(
    either_database: Engine, other: Engine
) -> None:
    """Every value of every table survives the way to SQLite and back, letter for letter."""
    with transaction(either_database) as connection:
        fill_every_table(connection)
        before = every_row(connection)
    come_to = head(either_database)

    refill(other, written_down(either_database), come_to)
    refill(either_database, written_down(other), come_to)

    assert all(before.values())
    for engine in (other, either_database):
        with reading(engine) as connection:
            assert every_row(connection) == before
        assert head(engine) == come_to


def test_what_is_written_down_is_the_same_each_time(either_database: Engine) -> None:
    """The same rows give the same bytes, and no table is left out."""
    with transaction(either_database) as connection:
        fill_every_table(connection)

    first, second = written_down(either_database), written_down(either_database)

    assert first == second
    assert first.keys() == metadata.tables.keys()


def test_a_database_of_an_earlier_version_is_brought_up_to_date(
    either_database: Engine, other: Engine
) -> None:
    """What an earlier version wrote down fills its tables, which are then changed as any are."""
    with transaction(other) as connection:
        upgrade(connection, "0010")
        fill_every_table(connection)
    written = written_down(other)

    refill(either_database, written, "0010")

    with reading(either_database) as connection:
        rows = every_row(connection)
    assert "doctor_run" not in written
    assert [row["key"] for row in rows["suppression"]] == [None, None]
    assert len(rows["subscriber"]) == 2
    assert head(either_database) != "0010"


def test_nobody_gets_the_number_of_somebody_who_was_lost(
    either_database: Engine, other: Engine
) -> None:
    """Who signs up afterwards gets a number that the lost database cannot have given to anybody.

    Else a link in a mail to somebody who signed up after the backup would end their subscription.
    """
    with transaction(either_database) as connection:
        people = [NewSubscriber(f"r{n}@example.se", SubscriberState.ACTIVE, "sv") for n in (1, 2)]
        first, last = subscribers.add(connection, people, NOW)
        subscribers.remove(connection, last)
        connection.execute(insert(notice).values(address_hash="x", kind="link", at=NOW))
    refill(other, written_down(either_database), head(either_database))
    refill(either_database, written_down(other), head(other))

    for engine in (other, either_database):
        with transaction(engine) as connection:
            new = NewSubscriber("ny@example.se", SubscriberState.ACTIVE, "sv")
            (number,) = subscribers.add(connection, [new], NOW)
            connection.execute(insert(notice).values(address_hash="y", kind="link", at=NOW))
            kept = connection.scalars(select(subscriber.c.id).order_by(subscriber.c.id)).all()
        assert kept == [first, number]
        assert number > last + 10_000


def test_a_text_that_postgresql_has_no_sign_for_still_comes_in(
    other: Engine, postgres_database: Engine
) -> None:
    """SQLite keeps a NUL that a server wrote; PostgreSQL gets the sign for one it cannot show."""
    migrate(other)
    with transaction(other) as connection:
        connection.execute(insert(notice).values(address_hash="a\0b", kind="link", at=NOW))

    refill(postgres_database, written_down(other), head(other))

    with reading(postgres_database) as connection:
        assert connection.scalar(select(notice.c.address_hash)) == "a\ufffdb"


def test_lines_of_a_strange_table_fill_nothing(other: Engine) -> None:
    """A table that this version does not know is refused, and the database stays as it was."""
    migrate(other)
    with transaction(other) as connection:
        fill_every_table(connection)
    before = written_down(other)
    strange = json.dumps({"table": "sqlite_master", "columns": [["a", "text"]], "last": None})

    with pytest.raises(ValueError, match="no table"):
        refill(other, {**before, "strange": [strange.encode()]}, head(other))

    assert written_down(other) == before
