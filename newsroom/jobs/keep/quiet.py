"""Whether anything is being sent: a database is not taken from under a sender's hands."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, inspect, select

from newsroom.database.tables import batch
from newsroom.delivery.sending.batches import BATCH_LEASE
from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.workers.lock import lock


def require_no_sender_here(seats: Path) -> None:
    """Raises StateError while a process of this machine sits at sending."""
    for path in sorted(seats.glob("*.lock")):
        with path.open("a+") as file:
            if not lock(file):
                raise StateError(
                    say(
                        "newsroom is running here and may be sending; stop it first "
                        "({file} is in use)",
                        file=path,
                    )
                )


def require_no_sender(connection: Connection, now: datetime) -> None:
    """Raises StateError while some machine has copies of an issue in hand."""
    if not inspect(connection).has_table(batch.name):
        return
    is_held = ~BATCH_LEASE.is_free(batch.c.lease_until, now)
    held = select(batch.c.worker, batch.c.lease_until).where(is_held)
    row = connection.execute(held.order_by(batch.c.lease_until.desc()).limit(1)).first()
    if row is not None:
        raise StateError(
            say(
                "{worker} has copies of an issue in hand; stop newsroom there, wait {minutes} "
                "min at most, and try again",
                worker=row.worker or "?",
                minutes=-((now - row.lease_until) // timedelta(minutes=1)),
            )
        )
