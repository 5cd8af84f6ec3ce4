"""Take back what bounces and complaints did to one address: somebody knows better."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, update

from newsroom.database import transaction
from newsroom.database.tables import bounce
from newsroom.database.turn import take_turn
from newsroom.readers import standing


def undo_bounce(engine: Engine, keys: Sequence[bytes], email: str, now: datetime) -> bool:
    """Let an address in again, and count nothing against it any more; False if nothing was."""
    with transaction(engine) as connection:
        take_turn(connection)
        against = bounce.c.email == email
        counted = connection.execute(
            update(bounce).where(against, bounce.c.undone.is_(None)).values(undone=now)
        ).rowcount
        lifted = standing.let_in_again(connection, keys, email, now)
    return lifted or counted > 0
