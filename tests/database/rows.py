"""Two rows for every table of a database, whatever its version, with every column filled."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, column, inspect, select, table
from sqlalchemy.engine.reflection import Inspector

from newsroom.database.backup.kinds import kind_of, type_of
from newsroom.database.tables import metadata
from tests.delivery.sample_ledger import NOW

_WORDS = {"issue": "2026-var", "state": "done", "email": "asa@example.se"}


def tables_there(look: Inspector) -> list[str]:
    """Our tables that a database has, those that are referred to first."""
    there = set(look.get_table_names())
    return [known.name for known in metadata.sorted_tables if known.name in there]


def fill_every_table(connection: Connection) -> None:
    """Two rows in each table. The log of consents keeps what the migrations put there."""
    look = inspect(connection)
    for name in tables_there(look):
        if name == "consent_head":
            continue
        columns = [(c["name"], kind_of(c["type"])) for c in look.get_columns(name)]
        target = table(name, *(column(each, type_of(kind)) for each, kind in columns))
        rows = [{each: _value(name, each, kind, n) for each, kind in columns} for n in (1, 2)]
        connection.execute(target.insert(), rows)


def every_row(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """All that our tables hold."""
    look = inspect(connection)
    return {name: sorted(_rows(connection, look, name), key=str) for name in tables_there(look)}


def _rows(connection: Connection, look: Inspector, name: str) -> Iterator[dict[str, Any]]:
    columns = [column(c["name"], type_of(kind_of(c["type"]))) for c in look.get_columns(name)]
    for row in connection.execute(select(*columns).select_from(table(name))).mappings():
        yield dict(row)


def _value(name: str, each: str, kind: str, number: int) -> Any:  # noqa: ANN401 (of any column)
    match kind:
        case "integer":
            return number
        case "number":
            return number + 0.1 + 1 / 3
        case "boolean":
            return number == 1
        case "moment":
            return NOW + timedelta(microseconds=number)
        case "bytes":
            return b"\0\xff" * number
        case "json":
            return {"å": [number, None, "\N{SNOWMAN}"]}
    if each in {"told", "memo"}:
        return json.dumps({"note": {"say": "{n} left", "with": {"n": number}}})
    if each == "issue" or (name, each) == ("issue", "name"):
        return f"2026-{number}"
    if each in {"key", "known_by"}:
        return f"k{number}"
    return f"{each[:9]}-å{number}"
