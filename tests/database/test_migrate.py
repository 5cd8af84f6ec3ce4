"""Migrations, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

import newsroom.database
from newsroom.database import migrate, reading, transaction
from newsroom.database.tables import metadata

VERSIONS = Path(newsroom.database.__file__).parent / "versions"


def test_migrations_give_the_tables(either_database: Engine) -> None:
    """The migrations lead to exactly the tables that the program reads and writes."""
    with either_database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_migrating_at_once_and_again(either_database: Engine) -> None:
    """Processes that start together migrate one after the other, and a second time does nothing."""
    with transaction(either_database) as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: migrate(either_database), range(4)))
    migrate(either_database)

    with reading(either_database) as connection:
        versions = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
        there = set(inspect(connection).get_table_names())
    newest = max(path.name for path in VERSIONS.glob("0*.py"))
    assert versions == [newest.partition("_")[0]]
    assert there == {*metadata.tables, "alembic_version"}
