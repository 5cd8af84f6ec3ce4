"""What speaks against sending an issue now, beside a missing approval."""

from sqlalchemy import Engine

from newsroom.database import reading
from newsroom.model import Audience, SubscriberState
from newsroom.model.saying import say
from newsroom.readers.subscribers import everyone


def objections(database: Engine, audience: Audience) -> tuple[str, ...]:
    """Each reason in a line: an issue is frozen once, so it must not be frozen for nobody."""
    wanted = set(audience.tags)
    with reading(database) as connection:
        active = everyone(connection, state=SubscriberState.ACTIVE, lang=audience.lang)
        if any(not wanted or wanted & set(reader.tags) for reader in active):
            return ()
    command = "newsroom subscribers list"
    return (
        say(
            "no active subscriber would get it; see who is on the list: {command}", command=command
        ),
    )
