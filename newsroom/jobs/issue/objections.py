"""What speaks against sending an issue now, beside a missing approval."""

from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.delivery.ledger.audience import readers_of
from newsroom.model import Audience
from newsroom.model.saying import say


def objections(database: Engine, audience: Audience) -> tuple[str, ...]:
    """Each reason in a line: an issue is frozen once, so it must not be frozen for nobody."""
    with reading(database) as connection:
        if any(True for _ in readers_of(connection, audience)):
            return ()
    command = "newsroom subscribers list"
    return (
        say(
            "no active subscriber would get it; see who is on the list: {command}", command=command
        ),
    )
