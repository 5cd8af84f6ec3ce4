"""The single mails that wait in the outbox, handed over when one is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsroom.wiring.desk import Desk


def hand_over_waiting(desk: Desk) -> None:
    """Hand over the mails that are due now: those of the public forms, and the coordinator's."""
    from newsroom.database import reading
    from newsroom.database.outbox import is_due

    with reading(desk.database) as connection:
        if not is_due(connection, desk.shared_clock()):
            return  # and nothing that mails are made with need be loaded
    from newsroom.jobs.outbox.hand_over import hand_over_due

    hand_over_due(desk.front_desk, desk.shared_clock)
