"""Upserts: rows that are written whole, over the row of the same key if there is one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def write_over(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows into a table, each over the one of its primary key if there is one.

    Two processes may do so at once. Rows of one key order are locked in the order that they are
    given in: sort them, or two who write several at a time may wait for each other.
    """
    if not rows:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(table)
    keys = [column.name for column in table.primary_key]
    others = {name: new.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(new.on_conflict_do_update(index_elements=keys, set_=others), rows)
