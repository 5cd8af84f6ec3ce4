"""Whether this database was restored and nobody has confirmed it: then nothing goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from newsroom.jobs.running.rota import Held, Idle, Verb
    from newsroom.model import Slot
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


class UnconfirmedError(StateError):
    """What was asked for reaches out of a newsroom that nobody has said to go on with."""


def require_confirmed(desk: Desk) -> None:
    """Pass when what this newsroom does outside its folder is its own to do.

    A backup may be brought back for a look while the newsroom it was made of is alive: the site,
    the backups and the inbox that the settings name are that one's. Raises UnconfirmedError.
    """
    require_word(desk.database)


def require_word(engine: Engine) -> None:
    """The same of a database, which may be of a version that knew of no restorations."""
    from newsroom.database import reading
    from newsroom.database.restorations import keeps_restorations, unconfirmed

    with reading(engine) as connection:
        is_waiting = keeps_restorations(connection) and unconfirmed(connection) is not None
    if is_waiting:
        raise UnconfirmedError(
            say(
                "a backup was brought back here; until somebody says that it is the newsroom to go "
                "on with, nothing outside this folder is touched: {command}",
                command="newsroom restore --confirm",
            )
        )


def once_confirmed(verb: Verb, slot: Slot) -> str | Idle | Held:
    """Do a job, or hold it for as long as nobody has said to go on with the newsroom."""
    from newsroom.jobs.running.rota import Held

    try:
        return verb(slot)
    except UnconfirmedError as reason:
        return Held(reason.sentence)
