"""Whether the database is one that was brought back, and nobody has said to go on with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.wiring.desk import Desk


def is_restored(desk: Desk) -> bool:
    """Whether the database may not know what was sent and announced since it was saved.

    Until a person has confirmed it, no reader and no approver is mailed, and nothing is announced.
    A test of an issue goes: it is in no ledger, and goes to whoever was named for it just now.
    """
    from newsroom.database import reading
    from newsroom.database.restorations import unconfirmed

    with reading(desk.database) as connection:
        return unconfirmed(connection) is not None
