"""A database filled from the lines of a backup: all of it in the caller's transaction, or nothing.

The tables are made as they were when the lines were written, filled, and then brought to the shape
that this version needs, by the same migrations as any database.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, column, delete, func, inspect, select, table, text

from newsroom.database.backup.dump import last_number
from newsroom.database.backup.kinds import from_json, type_of
from newsroom.database.migrate import upgrade
from newsroom.database.tables import metadata

# Numbers that the lost database may have given to people after the backup are given to nobody: a
# link in a mail to one of them would act for whoever came later.
_GAP = 100_000
_AT_ONCE = 1_000  # rows in one statement


def clear_tables(connection: Connection) -> None:
    """Take all our tables away; others that stand beside them stay."""
    there = set(inspect(connection).get_table_names())
    for known in reversed(metadata.sorted_tables):
        if known.name in there:
            known.drop(connection)
    if "alembic_version" in there:
        connection.execute(text("DROP TABLE alembic_version"))


def fill(connection: Connection, revision: str, sheets: Iterable[Iterable[bytes]]) -> None:
    """Make the tables of a migration, fill them sheet by sheet, and bring them up to date.

    The database must have none of ours. Raises ValueError for lines that are no sheet of it.
    """
    upgrade(connection, revision)
    _empty(connection)
    given = dict(_fill_table(connection, iter(sheet)) for sheet in sheets)
    upgrade(connection, "head")
    for known in metadata.sorted_tables:
        _go_on_counting(connection, known, given.get(known.name))


def _empty(connection: Connection) -> None:
    """Migrations put first rows into some tables; the backup has its own."""
    there = set(inspect(connection).get_table_names())
    for known in reversed(metadata.sorted_tables):
        if known.name in there:
            connection.execute(delete(table(known.name)))


def _fill_table(connection: Connection, lines: Iterator[bytes]) -> tuple[str, int | None]:
    first = json.loads(next(lines))
    name, columns, last = first["table"], first["columns"], first["last"]
    if name not in metadata.tables:
        raise ValueError(f"no table {name}")
    target = table(name, *(column(field, type_of(kind)) for field, kind in columns))
    for some in _in_portions(lines):
        rows = [_row(columns, json.loads(line), connection.dialect.name) for line in some]
        connection.execute(target.insert(), rows)
    return name, last


def _row(columns: Sequence[Sequence[str]], values: Sequence[Any], dialect: str) -> dict[str, Any]:
    row = {
        name: from_json(kind, value) for (name, kind), value in zip(columns, values, strict=True)
    }
    if (
        dialect == "postgresql"
    ):  # which has no NUL in a text; SQLite takes one from a server's words
        row = {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for name, value in row.items()
        }
    return row


def _in_portions(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while some := list(islice(lines, _AT_ONCE)):
        yield some


def _go_on_counting(connection: Connection, known: Table, given: int | None) -> None:
    """Let a table that numbers its rows go on behind the last number that it ever gave."""
    if last_number(connection, known.name) is None and not _counts(known):
        return
    (key,) = known.primary_key
    highest = connection.scalar(select(func.max(key))) or 0
    last = max(highest, given or 0) + (_GAP if _counts(known) else 0)
    if connection.dialect.name == "sqlite":
        counted = table("sqlite_sequence", column("name"), column("seq"))
        connection.execute(delete(counted).where(counted.c.name == known.name))
        connection.execute(counted.insert().values(name=known.name, seq=last))
    elif last:
        goes_on = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
        connection.execute(goes_on, {"name": known.name, "last": last})


def _counts(known: Table) -> bool:
    """Whether no number of this table is ever given twice."""
    return bool(known.dialect_options["sqlite"]["autoincrement"])
