"""Reads the inbox that bounces come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsroom.errors import StateError
from newsroom.model.saying import say
from newsroom.wiring.restored import require_confirmed

if TYPE_CHECKING:
    import ssl

    from newsroom.jobs.returned.poll import Poll
    from newsroom.wiring.desk import Desk


def fetch(desk: Desk, tls: ssl.SSLContext | None = None) -> Poll:
    """Read what has come to the inbox since the last time.

    Raises StateError where no inbox is set, or this newsroom was brought back and nobody has said
    to go on with it; OutsideError when the inbox cannot be read.
    """
    from newsroom.jobs.returned.poll import poll
    from newsroom.outside.mail.inbox import open_inbox

    if desk.settings.inbox is None:
        raise StateError(
            say("no inbox is set; write NEWSROOM_INBOX=imaps://user:password@host into .env")
        )
    require_confirmed(desk)
    with open_inbox(desk.settings.inbox, tls) as inbox:
        return poll(inbox, desk.database, desk.keys, desk.clock())
