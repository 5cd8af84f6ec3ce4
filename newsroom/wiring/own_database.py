"""A newsroom's own database, opened in the shape that this version needs."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from newsroom.errors import OutsideError, StateError
from newsroom.model.saying import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Engine

    from newsroom.settings import Settings

log = logging.getLogger(__name__)


def open_own_database(
    settings: Settings, clock: Callable[[], datetime], *, only_looks: bool = False
) -> Engine:
    """The database that the settings name; who leaves is written down beside it.

    One of an older shape is backed up and migrated, or with `only_looks` refused.
    Raises OutsideError when it refuses, StateError when another version has made it.
    """
    from sqlalchemy.exc import DatabaseError

    from newsroom.database import migrate, open_database
    from newsroom.readers.departed import DepartedRegister, attach

    def back_up() -> None:
        from newsroom.wiring.keeping import before_upgrade

        path = before_upgrade(settings, engine, clock())
        log.info(say("the database is brought up to date; as it was, it is in {path}", path=path))

    def leave_it() -> None:
        raise StateError(
            say(
                "the database is of an earlier version of newsroom; {command} brings it up to date",
                command="newsroom run",
            )
        )

    engine = open_database(settings.database)
    attach(engine, DepartedRegister(settings.departed), settings.secret)
    try:
        migrate(engine, leave_it if only_looks else back_up)
    except DatabaseError as error:
        said = str(error.orig).partition("\n")[0]
        raise OutsideError(say("the database of NEWSROOM_DATABASE: {said}", said=said)) from error
    return engine
