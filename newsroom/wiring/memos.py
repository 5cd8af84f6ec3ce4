"""Memos to the coordinator, joined: for whoever has something to tell and no transaction open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.model.memo import Memo
    from newsroom.wiring.desk import Desk


def leave_memo(desk: Desk, memo: Memo) -> bool:
    """Have the coordinator told, once for each occasion; false when they were told before."""
    from newsroom.database import transaction
    from newsroom.jobs.outbox import memos

    with transaction(desk.database) as connection:
        return memos.leave_memo(connection, memo, desk.site.language, desk.clock())


def leave_all_clear(desk: Desk, memo: Memo, of: str) -> bool:
    """Have the coordinator told that what a memo of occasion `of` told is over, if it was told."""
    from newsroom.database import transaction
    from newsroom.jobs.outbox import memos

    with transaction(desk.database) as connection:
        return memos.leave_all_clear(connection, memo, of, desk.site.language, desk.clock())
