"""UPDATE statements compiled once, for what is run with every message."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, Update


class Prepared:
    """An UPDATE spelt out once in a database's own words.

    SQLAlchemy would look it up and go through every value again each time, which takes longer than
    the update itself.
    """

    def __init__(self, statement: Update, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._words = str(compiled)
        self._order = compiled.positiontup  # None where values go by name
        self._always: dict[str, Any] = {}
        self._wrapping = {}
        for bound, name in compiled.bind_names.items():
            wrap = bound.type.dialect_impl(dialect).bind_processor(dialect)
            if not bound.required:
                self._always[name] = _plain(wrap(bound.value) if wrap else bound.value)
            elif wrap is not None:
                self._wrapping[name] = wrap

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it changed."""
        bound = {**self._always, **values}
        for name, wrap in self._wrapping.items():
            bound[name] = wrap(bound[name])
        if self._order is None:
            return connection.exec_driver_sql(self._words, bound).rowcount
        ordered = tuple(bound[name] for name in self._order)
        return connection.exec_driver_sql(self._words, ordered).rowcount


def _plain(value: object) -> object:
    """The text of an enumeration: drivers look long at what is not quite a string."""
    return str(value) if isinstance(value, str) else value
