"""Whether anybody is at work: a database is not taken from under a living process's hands."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from newsroom.database import transaction
from newsroom.database.in_use import cut_off, others_at_work
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


def require_nobody_at_work(connection: Connection) -> None:
    """Raises StateError while other processes, on whichever machine, work with the database."""
    others = others_at_work(connection)
    if others:
        raise StateError(
            say(
                "newsroom is at work with this database: {processes} (as host:process). Stop "
                "newsroom there, and try again; if that machine is gone: {command}",
                processes=", ".join(others),
                command="newsroom restore FILE --others-are-gone",
            )
        )


def cut_off_others(engine: Engine) -> None:
    """End what the database holds open for others, by the word of a person that they are gone."""
    with transaction(engine) as connection:
        cut_off(connection, others_at_work(connection))


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
