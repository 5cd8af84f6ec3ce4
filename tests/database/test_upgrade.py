"""A database of an earlier version, with rows in it, brought up to date."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

import newsroom.database
from newsroom.database import migrate, open_database, reading, transaction
from newsroom.database.backup.load import clear_tables
from newsroom.database.migrate import upgrade
from newsroom.database.tables import issue
from newsroom.errors import StateError
from tests.database.rows import every_row, fill_every_table

VERSIONS = sorted(
    path.name.partition("_")[0]
    for path in (Path(newsroom.database.__file__).parent / "versions").glob("0*.py")
)

MADE_ANEW = {  # what a migration makes something else of, and has a test of its own for
    "issue": {"asks_nobody", "go_at", "go_by"},
    "announcement": {"channel", "at", "note", "state"},
}


def only(fields: Collection[str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without their other fields, in an order of their own."""
    return sorted(({name: row[name] for name in sorted(fields)} for row in rows), key=str)


def back_to(engine: Engine, revision: str) -> None:
    """A database as an earlier version left it, with two rows in each of its tables."""
    with transaction(engine) as connection:
        clear_tables(connection)
        upgrade(connection, revision)
        fill_every_table(connection)


@pytest.mark.parametrize("revision", VERSIONS[:-1:9])
def test_no_row_is_lost_by_an_upgrade(either_database: Engine, revision: str) -> None:
    """From an earlier version: all that was there is there, and what is new is beside it."""
    back_to(either_database, revision)
    with reading(either_database) as connection:
        before = every_row(connection)

    migrate(either_database)

    with reading(either_database) as connection:
        after = every_row(connection)
    for name, rows in before.items():
        fields = rows[0].keys() - MADE_ANEW.get(name, set()) if rows else set()
        assert only(fields, after[name]) == only(fields, rows), name


def test_a_database_with_something_in_it_is_kept_before_it_is_changed(tmp_path: Path) -> None:
    """Before the first migration of a database that is there somebody is asked to keep it, once."""
    engine = open_database(f"sqlite:///{tmp_path}/newsroom.db")
    asked: list[str] = []
    migrate(engine, lambda: asked.append("new"))
    back_to(engine, VERSIONS[-3])

    def keep() -> None:
        with reading(engine) as connection:
            asked.append(str(connection.scalar(text("SELECT version_num FROM alembic_version"))))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: migrate(engine, keep), range(4)))
    engine.dispose()

    assert asked == [VERSIONS[-3]]


def test_what_cannot_be_kept_is_not_changed(either_database: Engine) -> None:
    """When keeping fails, the disk full say, the database stays what it was."""
    back_to(either_database, VERSIONS[-2])

    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        migrate(either_database, full)

    with reading(either_database) as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == VERSIONS[-2]


def test_a_database_of_a_newer_version_is_left_alone(either_database: Engine) -> None:
    """What this version does not know it neither reads nor changes, and says what to do."""
    with transaction(either_database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StateError, match=r"\(migration 9999\); install the newer version first"):
        migrate(either_database)


@pytest.mark.parametrize(
    ("note", "facts"),
    [
        (
            '{"say":"held since {at:%Y-%m-%d}: {reason}","with":'
            '{"at":{"at":"2026-12-01T09:00:00+01:00"},"reason":{"say":"{n} left","with":{"n":2}}}}',
            ("held", datetime(2026, 12, 1, 8, tzinfo=UTC), "2 left", None),
        ),
        (
            '{"say":"{name} took the yes back","with":{"name":"Åsa"}}',
            ("stopped", None, None, "Åsa"),
        ),
        ('{"say":"{name} set another day","with":{"name":"Bo"}}', ("postponed", None, None, "Bo")),
        ('{"say":"paused by hand","with":{}}', ("by hand", None, None, None)),
        ("paused by hand", ("by hand", None, None, None)),
        (
            '{"say":"the database is older than the mails that left, so who has this issue is not '
            'known; go on with: newsroom restore --confirm","with":{}}',
            ("behind", None, None, None),
        ),
        (
            "var/marks/2026-var cannot be read, so who has this issue is not known; "
            "go on with: newsroom restore --confirm",
            ("behind", None, None, None),
        ),
        ("the relay is full", (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)
def test_what_notes_said_is_known_still(
    either_database: Engine, note: str | None, facts: tuple[object, ...]
) -> None:
    """What newsroom read back from the words of a note stands beside it, and the words stay."""
    with transaction(either_database) as connection:
        clear_tables(connection)
        upgrade(connection, "0019")
        row = text("INSERT INTO issue (name, state, note, updated) VALUES (:name, 'x', :note, :at)")
        at = "2026-11-30 08:00:00.000000"
        connection.execute(row, {"name": "2026-var", "note": note, "at": at})

    migrate(either_database)

    with reading(either_database) as connection:
        after = connection.execute(select(issue)).one()
        kept = connection.scalar(text("SELECT note FROM issue"))
    assert (after.matter, after.held_at, after.held_for, after.decided_by) == facts
    assert (after.noted_at == after.updated) is (after.decided_by is not None)
    assert kept == note
