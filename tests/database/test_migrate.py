"""Migrations, on both databases."""

import importlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, MetaData, String, Table, insert, inspect, select, text

import newsroom.database
from newsroom.database import migrate, reading, transaction
from newsroom.database.tables import Moment, metadata, suppression
from tests.delivery.sample_ledger import NOW

VERSIONS = Path(newsroom.database.__file__).parent / "versions"


def test_migrations_give_the_tables(either_database: Engine) -> None:
    """The migrations lead to exactly the tables that the program reads and writes."""
    with either_database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_migrations_are_named_by_their_files() -> None:
    """The number that a file begins with is its migration's, and each follows the one before."""
    script = ScriptDirectory(str(VERSIONS.parent))

    found = [(each.revision, each.down_revision) for each in script.walk_revisions()]

    numbers = sorted(path.name.partition("_")[0] for path in VERSIONS.glob("0*.py"))
    assert found[::-1] == list(zip(numbers, [None, *numbers], strict=False))


def test_a_database_in_its_shape_is_opened_without_alembic(database: Engine) -> None:
    """Nearly every command finds nothing to migrate, and takes in nothing to migrate with."""
    code = (
        "import sys\n"
        "from newsroom.database import migrate, open_database\n"
        f"migrate(open_database({str(database.url)!r}))\n"
        "print('alembic' in sys.modules)\n"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"


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


def test_who_was_kept_out_before_is_kept_out_still(either_database: Engine) -> None:
    """Addresses that must stay out are carried over when they may have several reasons."""
    before = Table(
        "suppression",
        MetaData(),
        Column("address_hash", String(64), primary_key=True),
        Column("reason", String(32), nullable=False),
        Column("at", Moment(), nullable=False),
    )
    row = {"address_hash": "a" * 64, "reason": "erased", "at": NOW}
    with transaction(either_database) as connection:
        connection.execute(text("DROP TABLE suppression"))
        before.create(connection)
        connection.execute(insert(before).values(row))
        migration = importlib.import_module("newsroom.database.versions.0010_each_reason_stands")
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()

        connection.execute(insert(suppression).values(row | {"reason": "complained"}))
        columns = suppression.c.address_hash, suppression.c.reason, suppression.c.at
        kept = connection.execute(select(*columns).order_by(suppression.c.reason)).all()

    assert [(each.address_hash[0], each.reason, each.at) for each in kept] == [
        ("a", "complained", NOW),
        ("a", "erased", NOW),
    ]
