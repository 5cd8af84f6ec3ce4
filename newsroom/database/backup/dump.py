"""Every table of ours as lines of JSON: first what its columns are, then a line for each row.

What the columns are is asked of the database and not of this program, so that a database of an
earlier version is written down as it is. The engine's own tables are left out: what it had in its
queue is handed out again from `batch` (see `delivery.sending.dispatch`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Boolean, Connection, Integer, column, inspect, select, table, text

from newsroom.database.backup.kinds import kind_of, to_json, type_of
from newsroom.database.tables import metadata

_AT_ONCE = 1_000  # rows in memory


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table as it is written down."""

    name: str
    columns: tuple[tuple[str, str], ...]  # name and kind
    key: tuple[str, ...]  # the rows stand in its order
    last: int | None  # the highest number it ever gave to a row, where it gives them


def sheets(connection: Connection) -> tuple[TableSheet, ...]:
    """The tables that are there, each behind those that it refers to."""
    look = inspect(connection)
    there = set(look.get_table_names())
    return tuple(
        TableSheet(
            name=known.name,
            columns=tuple((c["name"], kind_of(c["type"])) for c in look.get_columns(known.name)),
            key=tuple(look.get_pk_constraint(known.name)["constrained_columns"]),
            last=last_number(connection, known.name),
        )
        for known in metadata.sorted_tables
        if known.name in there
    )


def lines(connection: Connection, sheet: TableSheet) -> Iterator[bytes]:
    """The table line by line; the same rows give the same lines."""
    first = {"table": sheet.name, "columns": sheet.columns, "last": sheet.last}
    yield _line(first)
    columns = [column(name, type_of(kind)) for name, kind in sheet.columns]
    rows = select(*columns).select_from(table(sheet.name, *columns))
    for name in sheet.key:
        rows = rows.order_by(column(name))
    kinds = [kind for _, kind in sheet.columns]
    with connection.execute(rows.execution_options(yield_per=_AT_ONCE)) as found:
        for row in found:
            yield _line([to_json(kind, value) for kind, value in zip(kinds, row, strict=True)])


def revision(connection: Connection) -> str | None:
    """Which migration the database has come to; None for one that has no tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def last_number(connection: Connection, name: str) -> int | None:
    """The highest number that a table ever gave to a row of its own accord.

    None where rows bring their numbers with them.
    """
    if connection.dialect.name == "sqlite":
        return _last_of_sqlite(connection, name)
    columns = {c["name"] for c in inspect(connection).get_columns(name)}
    if "id" not in columns:
        return None
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": name})
    if sequence is None:
        return None
    given = select(column("last_value", Integer), column("is_called", Boolean))
    last, has_begun = connection.execute(given.select_from(text(sequence))).one()
    return int(last) if has_begun else 0


def _last_of_sqlite(connection: Connection, name: str) -> int | None:
    if not inspect(connection).has_table("sqlite_sequence"):
        return None
    found: int | None = connection.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name}
    )
    return found


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
