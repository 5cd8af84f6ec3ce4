"""What is noted of an issue: words for its status, and beside them the facts.

newsroom goes by the facts alone, so that words may be written anew. Whoever notes something writes
all of it: no fact outlives the words that it came with.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Row

from newsroom.model.matter import Held, Matter


def noted(
    words: str | None,
    at: datetime | None = None,
    matter: Matter | None = None,
    *,
    held: Held | None = None,
    by: str | None = None,
) -> dict[str, object]:
    """What a note puts into the row of its issue, in place of the one before; None: no note."""
    return {
        "note": words,
        "noted_at": at,
        "matter": matter,
        "held_at": held.at if held else None,
        "held_for": held.reason if held else None,
        "decided_by": by,
    }


def matter_of(row: Row[Any]) -> Matter | None:
    """What the note of an issue's row is about; None when nothing hangs on it."""
    return None if row.matter is None else Matter(row.matter)


def why_held(row: Row[Any]) -> Held | None:
    """When an issue should have left and why it has not, as its row has it."""
    if matter_of(row) is not Matter.HELD:
        return None
    return Held(row.held_at, row.held_for or "")
