"""What a restoring would replace: for the question that is asked first."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import DatabaseError

from newsroom.database import reading
from newsroom.database.tables import subscriber


@dataclass(frozen=True, slots=True)
class WhatsThere:
    """What is there, and would make way."""

    readers: int | None  # of the database; None when there is none that can be read
    tops: tuple[str, ...]  # posts, templates, schedule.yaml: those that are there and differ

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is lost by it."""
        return self.readers is None and not self.tops


def whats_there(engine: Engine, changed: tuple[str, ...], root: Path) -> WhatsThere:
    """What a newsroom has of that which the backup would put in its place."""
    return WhatsThere(_readers(engine), tuple(top for top in changed if (root / top).exists()))


def _readers(engine: Engine) -> int | None:
    try:
        with reading(engine) as connection:
            if not inspect(connection).has_table(subscriber.name):
                return None
            return connection.scalar(select(func.count()).select_from(subscriber))
    except DatabaseError:
        return None
