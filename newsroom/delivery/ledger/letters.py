"""The frozen words of an issue: one letter for each language."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from newsroom.database.tables import letter


def write_letters(connection: Connection, name: str, letters: Mapping[str, object]) -> None:
    """Keep an issue's letters, each a message template as JSON holds it."""
    rows = [{"issue": name, "lang": lang, "content": content} for lang, content in letters.items()]
    connection.execute(insert(letter), rows)


def read_letters(connection: Connection, name: str) -> dict[str, Any]:
    """An issue's letters by language, as they were frozen."""
    rows = connection.execute(select(letter.c.lang, letter.c.content).where(letter.c.issue == name))
    return {row.lang: row.content for row in rows}
